//! What a method calls, and how requests and answers are changed on the way.

use gatewright_ir::{
    Backend, Callee, ContentHandling, Credentials, Integration, IntegrationResponse, Link, Located, Name,
    ParameterMapping, PassthroughBehavior, Spanned, Text, Transformation, Value,
};
use gatewright_spec::{Data, Raw};

use super::super::v2::{content_handling, passthrough, templates};
use super::super::vpc_links;
use super::methods::model_id;
use super::settings::stated;
use crate::draft::{Draft, Reading, is_there};
use crate::target::{Target, target};

/// What the parameters of responses begin with.
const HEADER: &str = "method.response.header.";

/// Reads the integration of a method.
pub(super) fn integration(
    cx: &Reading<'_>,
    draft: &mut Draft,
    name: Name,
    it: &Raw,
    method: &Raw,
) -> Integration {
    let sort = draft.name_of(it, "Type");
    let backend = match &sort {
        Some(sort) => backend(cx, draft, it, sort),
        None => Backend::Unknown,
    };
    let parameters = draft.pairs_of(it, "RequestParameters");
    let parameters = parameters.into_iter();
    let request_parameters =
        parameters.map(|(destination, source)| ParameterMapping { destination, source }).collect();
    Integration {
        name,
        declared: false,
        brought: true,
        backend,
        timeout: draft.milliseconds_of(it, "TimeoutInMillis"),
        credentials: draft.text_of(it, "Credentials").map_or(Credentials::None, Credentials::Role),
        request_parameters,
        response_parameters: Vec::new(),
        description: None,
        transformation: Some(Box::new(transformation(cx, draft, it, sort.as_ref(), method))),
    }
}

fn backend(cx: &Reading<'_>, draft: &mut Draft, it: &Raw, sort: &Name) -> Backend {
    let uri = it.get("Uri").filter(|it| is_there(it));
    let method = |draft: &mut Draft, default: &str| {
        let given = draft.name_of(it, "IntegrationHttpMethod");
        given.unwrap_or_else(|| Name::new(default.into(), sort.span))
    };
    match (&*sort.value, uri) {
        ("MOCK", _) => Backend::Mock { span: it.span },
        ("AWS_PROXY" | "AWS", Some(uri)) => match target(cx, draft, uri) {
            Target::Function { callee, .. } => function(callee, sort),
            Target::Action(action) => {
                Backend::Action { action, method: method(draft, "POST"), resources: Vec::new() }
            }
            Target::Server(it) if &*sort.value == "AWS_PROXY" => function(Callee::Arn(it), sort),
            Target::Server(_) => Backend::Unknown,
        },
        ("HTTP_PROXY" | "HTTP", Some(uri)) => Backend::Http {
            uri: draft.text(uri),
            method: method(draft, "ANY"),
            link: link(cx, draft, it),
            tls: None,
            payload: None,
            target: draft.text_of(it, "IntegrationTarget"),
        },
        _ => Backend::Unknown,
    }
}

fn function(callee: Callee, sort: &Name) -> Backend {
    Backend::Lambda { callee, payload: Name::new("1.0".into(), sort.span) }
}

fn link(cx: &Reading<'_>, draft: &mut Draft, it: &Raw) -> Option<Link> {
    let connection = draft.text_of(it, "ConnectionType")?;
    if connection.value.as_str() == Some("INTERNET") {
        return None;
    }
    let id = it.get("ConnectionId").filter(|it| is_there(it));
    Some(id.map_or(Link::Unknown, |id| vpc_links::link(cx, draft, id)))
}

/// How requests and answers are changed.
fn transformation(
    cx: &Reading<'_>,
    draft: &mut Draft,
    it: &Raw,
    sort: Option<&Name>,
    method: &Raw,
) -> Transformation {
    let proxy = sort.is_some_and(|it| it.value.ends_with("_PROXY"));
    let responses = draft.inner(it, "IntegrationResponses");
    let streams = draft.text_of(it, "ResponseTransferMode");
    Transformation {
        proxy,
        proxy_stated: sort.map(|it| it.span),
        request: templates(draft, it, "RequestTemplates"),
        responses_stated: responses.is_some(),
        responses_unknown: responses.as_ref().is_some_and(|it| !matches!(it.data, Data::List(_))),
        responses: responses.map(|it| self::responses(cx, draft, &it, method)).unwrap_or_default(),
        passthrough_behavior: draft
            .parsed_of::<PassthroughBehavior>(it, "PassthroughBehavior", passthrough)
            .and_then(stated),
        content_handling: content_handling(draft, it, "ContentHandling"),
        stream: streams.filter(|it| it.value.as_str() == Some("STREAM")).map(|it| it.span),
    }
}

fn responses(cx: &Reading<'_>, draft: &mut Draft, it: &Raw, method: &Raw) -> Vec<IntegrationResponse> {
    let Data::List(items) = &it.data else { return Vec::new() };
    let models = method_responses(cx, draft, method);
    let mut out = Vec::new();
    for it in items {
        let Some(it) = draft.scope.structure(it).map(std::borrow::Cow::into_owned) else { continue };
        let Some(status) = draft.integer_of(&it, "StatusCode").and_then(stated) else { continue };
        let pattern = match draft.text_of(&it, "SelectionPattern") {
            None => Name::new("default".into(), it.span),
            Some(Spanned { value: Value::Known(text), span }) if text.is_empty() => {
                Name::new("default".into(), span)
            }
            Some(Spanned { value: Value::Known(text), span }) => Name::new(text, span),
            Some(_) => continue,
        };
        let headers = draft.pairs_of(&it, "ResponseParameters").into_iter().filter_map(header).collect();
        let handling: Option<Spanned<ContentHandling>> = content_handling(draft, &it, "ContentHandling");
        let model = models.iter().find(|it| it.0 == status.value).map(|it| it.1);
        out.push(IntegrationResponse {
            pattern,
            status,
            templates: templates(draft, &it, "ResponseTemplates"),
            headers,
            content_handling: handling,
            model,
        });
    }
    out
}

fn header((name, value): (Name, Located<Text>)) -> Option<(Name, Located<Text>)> {
    let header = name.value.strip_prefix(HEADER)?;
    Some((Name::new(header.into(), name.span), value))
}

/// The models of bodies by status, as the method declares them.
fn method_responses(
    cx: &Reading<'_>,
    draft: &mut Draft,
    method: &Raw,
) -> Vec<(u64, (gatewright_ir::ModelId, gatewright_ir::Span))> {
    let Some(Data::List(items)) = draft.inner(method, "MethodResponses").map(|it| it.data) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for it in items {
        let Some(status) = draft.integer_of(&it, "StatusCode").and_then(stated) else { continue };
        let model = draft
            .pairs_of(&it, "ResponseModels")
            .into_iter()
            .find_map(|(_, model)| Some((model_id(cx, draft, &model.value)?, model.span)));
        out.extend(model.map(|it| (status.value, it)));
    }
    out
}
