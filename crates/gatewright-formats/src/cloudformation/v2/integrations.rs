//! `AWS::ApiGatewayV2::Integration`.

use gatewright_ir::{
    ApiKind, Backend, Callee, ContentHandling, Credentials, Generated, Integration, Located, MappingTemplate,
    Name, ParameterMapping, PassthroughBehavior, Spanned, Text, Transformation, Value,
};
use gatewright_spec::Raw;

use super::super::{Resource, vpc_links};
use super::Parts;
use crate::draft::{Draft, Reading, is_there};
use crate::target::{Target, target};

/// Reads an integration.
pub(super) fn integration(cx: &Reading<'_>, draft: &mut Draft, parts: &mut Parts, it: Resource<'_>) {
    let of = it.properties;
    let sort = draft.name_of(of, "IntegrationType");
    let backend = match &sort {
        Some(sort) => backend(cx, draft, of, sort),
        None => Backend::Unknown,
    };
    let request_parameters = match backend {
        Backend::Service { .. } => Vec::new(),
        _ => {
            let pairs = draft.pairs_of(of, "RequestParameters");
            pairs.into_iter().map(|(destination, source)| ParameterMapping { destination, source }).collect()
        }
    };
    let is_websocket = draft.ir.api.kind == ApiKind::WebSocket;
    let credentials = draft.text_of(of, "CredentialsArn").map_or(Credentials::None, Credentials::Role);
    let integration = Integration {
        timeout: draft.milliseconds_of(of, "TimeoutInMillis"),
        request_parameters,
        response_parameters: response_parameters(draft, of),
        description: draft.name_of(of, "Description"),
        transformation: is_websocket.then(|| Box::new(transformation(draft, of, sort.as_ref()))),
        ..plain(it.id.clone(), backend, credentials)
    };
    let id = draft.ir.integrations.push(integration);
    parts.integrations.insert(it.id.value.clone(), id);
    draft.called(Generated::Integration(id), &it.id.value);
}

/// An integration of which only that is known.
pub(super) fn plain(name: Name, backend: Backend, credentials: Credentials) -> Integration {
    Integration {
        name,
        declared: true,
        brought: false,
        backend,
        timeout: None,
        credentials,
        request_parameters: Vec::new(),
        response_parameters: Vec::new(),
        description: None,
        transformation: None,
    }
}

fn backend(cx: &Reading<'_>, draft: &mut Draft, of: &Raw, sort: &Name) -> Backend {
    let uri = of.get("IntegrationUri").filter(|it| is_there(it));
    match &*sort.value {
        "MOCK" => Backend::Mock { span: sort.span },
        "AWS_PROXY" if of.get("IntegrationSubtype").is_some_and(is_there) => {
            match draft.name_of(of, "IntegrationSubtype") {
                Some(subtype) => {
                    Backend::Service { subtype, parameters: draft.pairs_of(of, "RequestParameters") }
                }
                None => Backend::Unknown,
            }
        }
        "AWS_PROXY" | "AWS" => match uri.map(|uri| target(cx, draft, uri)) {
            None => Backend::Unknown,
            Some(Target::Function { callee, .. }) => function(draft, of, callee, sort),
            Some(Target::Action(action)) => {
                Backend::Action { action, method: method(draft, of, "POST", sort), resources: Vec::new() }
            }
            // The ARN of a function, which may be a parameter.
            Some(Target::Server(it)) if &*sort.value == "AWS_PROXY" => {
                function(draft, of, Callee::Arn(it), sort)
            }
            Some(Target::Server(_)) => Backend::Unknown,
        },
        "HTTP_PROXY" | "HTTP" => {
            let Some(uri) = uri else { return Backend::Unknown };
            let default = if draft.ir.api.kind == ApiKind::WebSocket { "POST" } else { "ANY" };
            Backend::Http {
                uri: draft.text(uri),
                method: method(draft, of, default, sort),
                link: link(cx, draft, of),
                tls: draft.inner(of, "TlsConfig").and_then(|it| draft.text_of(&it, "ServerNameToVerify")),
                payload: draft.name_of(of, "PayloadFormatVersion"),
                target: None,
            }
        }
        _ => Backend::Unknown,
    }
}

fn function(draft: &mut Draft, of: &Raw, callee: Callee, sort: &Name) -> Backend {
    let format = if draft.ir.api.kind == ApiKind::Http { "2.0" } else { "1.0" };
    let payload = match draft.name_of(of, "PayloadFormatVersion") {
        Some(it) => it,
        None => Name::new(format.into(), sort.span),
    };
    Backend::Lambda { callee, payload }
}

fn method(draft: &mut Draft, of: &Raw, default: &str, sort: &Name) -> Name {
    draft.name_of(of, "IntegrationMethod").unwrap_or_else(|| Name::new(default.into(), sort.span))
}

fn link(cx: &Reading<'_>, draft: &mut Draft, of: &Raw) -> Option<gatewright_ir::Link> {
    let connection = draft.text_of(of, "ConnectionType");
    if connection.as_ref().and_then(|it| it.value.as_str()) == Some("INTERNET") {
        return None;
    }
    let id = of.get("ConnectionId").filter(|it| is_there(it));
    match id {
        Some(id) => Some(vpc_links::link(cx, draft, id)),
        // Whether there is one depends on what is not known.
        None => connection.map(|_| gatewright_ir::Link::Unknown),
    }
}

/// Changes to answers by status. Those of WebSocket APIs stand at their integration responses.
fn response_parameters(draft: &mut Draft, of: &Raw) -> Vec<(Name, Vec<ParameterMapping>)> {
    let Some(by_status) = draft.inner(of, "ResponseParameters") else { return Vec::new() };
    let mut out = Vec::new();
    for (status, it) in draft.entries(&by_status) {
        let changes = draft.inner(&it, "ResponseParameters");
        let changes = match changes.map(|it| it.data) {
            Some(gatewright_spec::Data::List(changes)) => changes,
            _ => Vec::new(),
        };
        let change = |it: &Raw| {
            let destination = draft.name_of(it, "Destination")?;
            Some(ParameterMapping { destination, source: draft.text_of(it, "Source")? })
        };
        out.push((status, changes.iter().filter_map(change).collect()));
    }
    out
}

fn transformation(draft: &mut Draft, of: &Raw, sort: Option<&Name>) -> Transformation {
    Transformation {
        proxy: sort.is_some_and(|it| it.value.ends_with("_PROXY")),
        request: templates(draft, of, "RequestTemplates"),
        passthrough_behavior: known(draft.parsed_of(of, "PassthroughBehavior", passthrough)),
        content_handling: content_handling(draft, of, "ContentHandlingStrategy"),
        ..Transformation::default()
    }
}

/// Mapping templates by key.
pub(in super::super) fn templates(draft: &mut Draft, of: &Raw, key: &str) -> Vec<(Name, MappingTemplate)> {
    let template = |it: Located<Text>| {
        let text = match it.value {
            Value::Known(text) => Some(text),
            Value::Deferred(_) => None,
        };
        MappingTemplate { span: it.span, text, file: None }
    };
    draft.pairs_of(of, key).into_iter().map(|(name, it)| (name, template(it))).collect()
}

/// Whether a body is converted.
pub(in super::super) fn content_handling(
    draft: &mut Draft,
    of: &Raw,
    key: &str,
) -> Option<Spanned<ContentHandling>> {
    let read = |it: &str| match it {
        "CONVERT_TO_TEXT" => Some(ContentHandling::Text),
        "CONVERT_TO_BINARY" => Some(ContentHandling::Binary),
        _ => None,
    };
    known(draft.parsed_of(of, key, read))
}

/// What happens to a request without a mapping template, by the word for it.
pub(in super::super) fn passthrough(text: &str) -> Option<PassthroughBehavior> {
    match text {
        "WHEN_NO_MATCH" => Some(PassthroughBehavior::WhenNoMatch),
        "WHEN_NO_TEMPLATES" => Some(PassthroughBehavior::WhenNoTemplates),
        "NEVER" => Some(PassthroughBehavior::Never),
        _ => None,
    }
}

fn known<T>(it: Option<Located<T>>) -> Option<Spanned<T>> {
    match it? {
        Spanned { value: Value::Known(value), span } => Some(Spanned::new(value, span)),
        _ => None,
    }
}
