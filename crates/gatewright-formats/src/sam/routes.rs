//! Routes that events add, and how they call what they are events of.

use gatewright_ir::{ApiKind, Duration, Located};
use gatewright_ir::{
    Backend, Callee, Credentials, Integration, IntegrationId, IntegrationResponse, MappingTemplate, Name,
    Qualifier, Route, RouteTarget, Span, Spanned, Text, Transformation, Validation, known,
};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use super::auth::{self, Auth};
use super::events::Event;
use super::{functions, made};
use crate::draft::{Draft, Reading, flag, is_there};

/// A function as events call it without saying more: its logical id.
pub(super) type Caller = Text;

/// Fills in the route of an event: who may call, what is called, and what requests are checked for.
pub(super) fn of_event(
    cx: &Reading<'_>,
    draft: &mut Draft,
    api: &Auth,
    callers: &mut FxHashMap<Caller, IntegrationId>,
    event: &Event<'_>,
    route: &mut Route,
) {
    auth::by_default(draft, api, event.properties, false, route);
    let role = auth::invoke_role(draft, api, event.properties, route);
    if draft.ir.api.kind == ApiKind::Rest {
        validation(draft, event, route);
    }
    route.target = if event.starts_machine {
        let integration = machine(event, route);
        RouteTarget::Integration(draft.ir.integrations.push(integration), event.name.span)
    } else {
        function(cx, draft, callers, event, route, role)
    };
}

/// What an event of a function calls: the function, through its alias if it has one.
fn function(
    cx: &Reading<'_>,
    draft: &mut Draft,
    callers: &mut FxHashMap<Caller, IntegrationId>,
    event: &Event<'_>,
    route: &Route,
    role: Option<Located<Text>>,
) -> RouteTarget {
    let span = event.name.span;
    let timeout = event.properties.and_then(|it| draft.milliseconds_of(it, "TimeoutInMillis"));
    let payload = event.properties.and_then(|it| draft.name_of(it, "PayloadFormatVersion"));
    let stream = event.get("ResponseTransferMode").filter(|it| it.as_str() == Some("RESPONSE_STREAM"));
    let bare = timeout.is_none() && payload.is_none() && stream.is_none() && role.is_none();
    if let (true, Some(known)) = (bare, callers.get(&event.resource.value)) {
        return RouteTarget::Integration(*known, span);
    }
    let Some(id) = draft.function(cx, &event.resource.value) else { return RouteTarget::Unknown };
    let alias = functions::alias(&draft.ir.functions[id]);
    let name = match (bare, &alias) {
        (false, _) => Spanned::new(route.key.value.as_str().into(), route.key.span),
        (true, Some(alias)) => Spanned::new(format!("{}:{alias}", event.resource.value).into(), span),
        (true, None) => Spanned::new(event.resource.value.clone(), span),
    };
    let callee = Callee::Function { function: id, qualifier: alias.map(Qualifier::Alias), span };
    let http = draft.ir.api.kind == ApiKind::Http;
    let default = if http { "2.0" } else { "1.0" };
    let payload = payload.unwrap_or_else(|| Spanned::new(default.into(), span));
    let transformation =
        Transformation { proxy: true, stream: stream.map(|it| it.span), ..Default::default() };
    let credentials = role.map_or(Credentials::None, Credentials::Role);
    let integration = Integration {
        transformation: (!http).then(|| Box::new(transformation)),
        timeout,
        credentials,
        ..plain(name, !bare, Backend::Lambda { callee, payload })
    };
    let id = draft.ir.integrations.push(integration);
    if bare {
        callers.insert(event.resource.value.clone(), id);
    }
    RouteTarget::Integration(id, span)
}

fn plain(name: Name, brought: bool, backend: Backend) -> Integration {
    Integration {
        name,
        declared: false,
        brought,
        backend,
        timeout: None::<Located<Duration>>,
        credentials: Credentials::None,
        request_parameters: Vec::new(),
        response_parameters: Vec::new(),
        description: None,
        transformation: None,
    }
}

/// What an event of a state machine calls: the service, which starts an execution of it.
///
/// Source: `samtranslator/swagger/swagger.py`, `add_state_machine_integration`: a generated role, the body as the input,
/// and answers for the statuses 200 and 400.
fn machine(event: &Event<'_>, route: &Route) -> Integration {
    let span = event.name.span;
    let arn = made::reference(&event.resource.value, span);
    let response = |status: u64| IntegrationResponse {
        pattern: Spanned::new(status.to_string().into(), span),
        status: Spanned::new(status, span),
        templates: Vec::new(),
        headers: Vec::new(),
        content_handling: None,
        model: None,
    };
    // It names the ARN of the state machine, which only CloudFormation knows.
    let template = MappingTemplate { span, text: None, file: None };
    let transformation = Transformation {
        request: vec![(Spanned::new("application/json".into(), span), template)],
        responses: vec![response(200), response(400)],
        responses_stated: true,
        ..Default::default()
    };
    let backend = Backend::Action {
        action: known("states:StartExecution".into(), span),
        method: Spanned::new("POST".into(), span),
        resources: vec![Spanned::new(gatewright_ir::Value::Deferred(arn.into()), span)],
    };
    let name = Spanned::new(route.key.value.as_str().into(), route.key.span);
    Integration {
        credentials: Credentials::Generated,
        transformation: Some(Box::new(transformation)),
        ..plain(name, true, backend)
    }
}

/// What requests are checked for, and what tells answers in the cache apart.
///
/// Source: AWS SAM Developer Guide, `RequestModel`: nothing is checked unless `ValidateBody` or `ValidateParameters` say
/// so.
fn validation(draft: &mut Draft, event: &Event<'_>, route: &mut Route) {
    let mut out = Validation::default();
    let model = event.get("RequestModel");
    let says = |key: &str| model.and_then(|it| it.get(key)).is_some_and(is_true);
    if says("ValidateBody")
        && let Some(name) = model.and_then(|it| draft.name_of(it, "Model"))
    {
        match draft.models.get(&name.value) {
            Some(id) => out.body.push((None, *id, name.span)),
            None => draft.ir.api.unknown_model = true,
        }
    }
    let Some(Data::List(parameters)) = event.get("RequestParameters").map(|it| &it.data) else {
        route.validation = (!out.body.is_empty()).then(|| Box::new(out));
        return;
    };
    for it in parameters {
        let (name, span, settings) = match &it.data {
            Data::String(name) => (name, it.span, None),
            Data::Map(entries) => match &entries[..] {
                [(name, settings)] if it.function().is_none() => (&name.value, name.span, Some(settings)),
                _ => continue,
            },
            _ => continue,
        };
        let is = |key: &str| settings.and_then(|it| it.get(key)).is_some_and(is_true);
        if is("Caching") {
            route.cache_key.push(Spanned::new(name.clone(), span));
        }
        if !is("Required") || !says("ValidateParameters") {
            continue;
        }
        if let Some(header) = name.strip_prefix("method.request.header.") {
            out.headers.push(part(header, span));
        } else if let Some(query) = name.strip_prefix("method.request.querystring.") {
            out.query.push(part(query, span));
        }
    }
    let checks = !out.body.is_empty() || out.checks_parameters();
    route.validation = checks.then(|| Box::new(out));
}

fn part(name: &str, span: Span) -> Name {
    Spanned::new(name.into(), span)
}

fn is_true(it: &Raw) -> bool {
    is_there(it)
        && match &it.data {
            Data::Bool(it) => *it,
            Data::String(it) => flag(it) == Some(true),
            _ => false,
        }
}
