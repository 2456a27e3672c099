//! The integration of a method.

use gatewright_ir::{
    Backend, Callee, Credentials, Integration, IntegrationResponse, Link, Name, ParameterMapping, Span,
    Spanned, Transformation,
};
use gatewright_spec::{Data, Raw};

use super::super::v2::{content_handling, passthrough, templates};
use super::super::vpc_links;
use super::validators::model;
use crate::draft::{Draft, Reading, is_there};
use crate::target::{Target, target};

/// What headers of answers begin with.
const HEADER: &str = "method.response.header.";

/// Reads an integration of a method.
pub(super) fn integration(
    cx: &Reading<'_>,
    draft: &mut Draft,
    method: &Raw,
    of: &Raw,
    name: Name,
) -> Integration {
    let sort = draft.name_of(of, "Type");
    let sort = sort.map(|it| it.map(|it| it.to_ascii_uppercase()));
    let (backend, streams) = match &sort {
        Some(sort) => backend(cx, draft, of, &sort.value, sort.span),
        None => (Backend::Unknown, None),
    };
    let proxy = sort.filter(|it| it.value.ends_with("_PROXY")).map(|it| it.span);
    let mappings = draft.pairs_of(of, "RequestParameters");
    let mappings = mappings.into_iter().map(|(destination, source)| ParameterMapping { destination, source });
    let request_parameters = mappings.collect();
    let mut transformation = transformation(draft, method, of, proxy);
    transformation.stream = transformation.stream.or(streams);
    Integration {
        name,
        declared: false,
        brought: true,
        backend,
        timeout: draft.milliseconds_of(of, "TimeoutInMillis"),
        credentials: draft.text_of(of, "Credentials").map_or(Credentials::None, Credentials::Role),
        request_parameters,
        response_parameters: Vec::new(),
        description: None,
        transformation: Some(Box::new(transformation)),
    }
}

/// What is called, and where it is said that its answer is streamed.
fn backend(cx: &Reading<'_>, draft: &mut Draft, of: &Raw, sort: &str, span: Span) -> (Backend, Option<Span>) {
    let uri = of.get("Uri").filter(|it| is_there(it));
    let function = |callee| Backend::Lambda { callee, payload: Name::new("1.0".into(), span) };
    let backend = match sort {
        "MOCK" => Backend::Mock { span },
        "AWS_PROXY" | "AWS" => match uri.map(|uri| (target(cx, draft, uri), uri)) {
            None => Backend::Unknown,
            Some((Target::Function { callee, stream }, uri)) => {
                return (function(callee), stream.then_some(uri.span));
            }
            Some((Target::Action(action), uri)) => {
                let method = method(draft, of, "POST", uri.span);
                Backend::Action { action, method, resources: Vec::new() }
            }
            // The whole URI is a parameter or comes from another stack: that of a function, if it is a proxy.
            Some((Target::Server(it), _)) if it.value.known().is_none() => match sort {
                "AWS_PROXY" => function(Callee::Unknown),
                _ => Backend::Unknown,
            },
            Some((Target::Server(action), uri)) => {
                let method = method(draft, of, "POST", uri.span);
                Backend::Action { action, method, resources: Vec::new() }
            }
        },
        "HTTP_PROXY" | "HTTP" => match uri {
            None => Backend::Unknown,
            Some(uri) => Backend::Http {
                uri: draft.text(uri),
                method: method(draft, of, "ANY", uri.span),
                link: link(cx, draft, of),
                tls: None,
                payload: None,
                target: draft.text_of(of, "IntegrationTarget"),
            },
        },
        _ => Backend::Unknown,
    };
    (backend, None)
}

/// The method that the backend is called with.
fn method(draft: &mut Draft, of: &Raw, default: &str, span: Span) -> Name {
    let written = draft.name_of(of, "IntegrationHttpMethod");
    written.map_or_else(|| Name::new(default.into(), span), |it| it.map(|it| it.to_ascii_uppercase().into()))
}

fn link(cx: &Reading<'_>, draft: &mut Draft, of: &Raw) -> Option<Link> {
    let connection = draft.text_of(of, "ConnectionType")?;
    if connection.value.as_str() == Some("INTERNET") {
        return None;
    }
    let id = of.get("ConnectionId").filter(|it| is_there(it));
    match id {
        Some(id) => Some(vpc_links::link(cx, draft, id)),
        // Whether there is one depends on what is not known.
        None => Some(Link::Unknown),
    }
}

/// What an integration says about bodies and answers. A proxy's answers pass as they are: what is written about them all
/// the same says nothing.
fn transformation(draft: &mut Draft, method: &Raw, of: &Raw, proxy: Option<Span>) -> Transformation {
    let mut out = Transformation {
        proxy: proxy.is_some(),
        proxy_stated: proxy,
        request: templates(draft, of, "RequestTemplates"),
        content_handling: content_handling(draft, of, "ContentHandling"),
        stream: draft
            .word_of(of, "ResponseTransferMode", |it| (it == "STREAM").then_some(()))
            .map(|it| it.span),
        ..Transformation::default()
    };
    if out.proxy {
        return out;
    }
    out.passthrough_behavior = draft.word_of(of, "PassthroughBehavior", passthrough);
    out.responses_stated = of.get("IntegrationResponses").is_some_and(is_there);
    let Some(responses) = draft.inner(of, "IntegrationResponses") else { return out };
    let Data::List(items) = &responses.data else {
        out.responses_unknown = true;
        return out;
    };
    let declared = draft.inner(method, "MethodResponses");
    for it in items {
        let Some(it) = draft.scope.clone().structure(it).map(std::borrow::Cow::into_owned) else { continue };
        match response(draft, &it, declared.as_ref()) {
            Some(it) => out.responses.push(it),
            None => out.responses_unknown = true,
        }
    }
    out
}

fn response(draft: &mut Draft, it: &Raw, declared: Option<&Raw>) -> Option<IntegrationResponse> {
    let status: Spanned<u64> = draft.word_of(it, "StatusCode", |it| it.trim().parse().ok())?;
    let written = it.get("SelectionPattern").filter(|it| is_there(it));
    let pattern = match written.map(|it| draft.text(it)) {
        None => Name::new("default".into(), it.span),
        Some(it) => Name::new(it.value.as_str()?.into(), it.span),
    };
    // Nothing is the same as none.
    let pattern = pattern.map(|it| if it.is_empty() { "default".into() } else { it });
    let headers = draft.pairs_of(it, "ResponseParameters").into_iter().filter_map(|(name, value)| {
        let header = name.value.strip_prefix(HEADER)?;
        Some((Name::new(header.into(), name.span), value))
    });
    Some(IntegrationResponse {
        pattern,
        status,
        headers: headers.collect(),
        templates: templates(draft, it, "ResponseTemplates"),
        content_handling: content_handling(draft, it, "ContentHandling"),
        model: declared.and_then(|all| response_model(draft, all, status.value)),
    })
}

/// The model of a status, which the method declares.
fn response_model(draft: &mut Draft, declared: &Raw, status: u64) -> Option<(gatewright_ir::ModelId, Span)> {
    let Data::List(items) = &declared.data else { return None };
    for it in items {
        let of = draft.word_of(it, "StatusCode", |it| it.trim().parse::<u64>().ok());
        if of.is_none_or(|it| it.value != status) {
            continue;
        }
        let models = draft.pairs_of(it, "ResponseModels");
        let json = models.iter().position(|it| &*it.0.value == "application/json").unwrap_or_default();
        return model(draft, &models.get(json)?.1).flatten();
    }
    None
}
