//! What a method of a REST API is for API Gateway: what it wants of a request, what it calls, and what it answers.

use gatewright_ir::{
    Authorization, Backend, ContentHandling, Generated, Integration as IrIntegration, IntegrationId,
    IntegrationResponse, Ir, MappingTemplate, Method as Verb, ModelId, Name, PassthroughBehavior, Route,
    RouteId,
};
use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxHashSet;
use serde_json::Value;

use super::Bindings;
use super::cors::{Cors, all_binary};
use super::expression;
use crate::intrinsic::function;
use crate::list::list;
use crate::object::{Object, text};

/// The media type of a body of which nothing is said.
const JSON: &str = "application/json";

/// A method with its values.
#[derive(Clone, Debug)]
pub(crate) struct Method {
    /// Its logical id.
    pub(crate) id: String,
    /// Its route; of a method that answers preflights, one with the same path.
    pub(crate) route: RouteId,
    /// Whether it answers preflights, and nobody wrote it.
    pub(crate) preflight: bool,
    /// The method of the requests.
    pub(crate) verb: Verb,
    /// Who may call.
    pub(crate) authorization: Authorization,
    /// The scopes of which a token needs one: a list, or a function that yields one.
    pub(crate) scopes: Value,
    /// Whether callers must show an API key.
    pub(crate) api_key: bool,
    /// What requests are checked for.
    pub(crate) validator: Option<Validator>,
    /// What requests may have, and whether they must: `method.request.header.x`.
    pub(crate) parameters: IndexMap<String, bool>,
    /// What bodies look like, by media type.
    pub(crate) models: Vec<(String, ModelId)>,
    /// What is answered. No status comes twice.
    pub(crate) responses: Vec<MethodResponse>,
    /// What is called.
    pub(crate) integration: MethodIntegration,
}

/// What a validator checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Validator {
    /// Whether it checks bodies.
    pub(crate) body: bool,
    /// Whether it checks parameters.
    pub(crate) parameters: bool,
}

impl Validator {
    /// All that can be asked for.
    pub(crate) const ALL: [Self; 3] = [
        Self { body: true, parameters: false },
        Self { body: false, parameters: true },
        Self { body: true, parameters: true },
    ];

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match (self.body, self.parameters) {
            (true, true) => "body-and-parameters",
            (true, false) => "body",
            (false, _) => "parameters",
        }
    }
}

/// An answer of a method.
#[derive(Clone, Debug)]
pub(crate) struct MethodResponse {
    /// The status.
    pub(crate) status: u64,
    /// The names of its headers.
    pub(crate) headers: Vec<String>,
    /// What its bodies look like, by media type.
    pub(crate) models: Vec<(String, ModelId)>,
}

/// What a method calls.
#[derive(Clone, Debug)]
pub(crate) struct MethodIntegration {
    /// API Gateway's word for its type, such as `AWS_PROXY`.
    pub(crate) kind: &'static str,
    /// The method that the backend is called with; a mock has none.
    pub(crate) method: Option<String>,
    /// What is called; a mock has none.
    pub(crate) uri: Option<Value>,
    /// The id of the VPC link.
    pub(crate) connection: Option<Value>,
    /// The load balancer or listener behind a VPC link with subnets.
    pub(crate) target: Option<Value>,
    /// The role.
    pub(crate) credentials: Option<Value>,
    /// The timeout in milliseconds.
    pub(crate) timeout: Option<Value>,
    /// Whether the answer is streamed.
    pub(crate) stream: bool,
    /// What happens to a request for which there is no template.
    pub(crate) passthrough: Option<&'static str>,
    /// Whether the body of the request is converted.
    pub(crate) content_handling: Option<&'static str>,
    /// What is sent: `integration.request.header.x` and what is put there.
    pub(crate) parameters: Object,
    /// Bodies that are sent, by media type.
    pub(crate) templates: Object,
    /// What tells answers in the cache apart.
    pub(crate) cache_key: Vec<String>,
    /// What becomes of the backend's answers.
    pub(crate) responses: Vec<Response>,
}

/// What becomes of some of the backend's answers.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    /// Which answers; none: all others.
    pub(crate) pattern: Option<String>,
    /// The status that the caller gets.
    pub(crate) status: u64,
    /// Its headers, by name.
    pub(crate) headers: Vec<(String, Value)>,
    /// Its bodies, by media type.
    pub(crate) templates: Object,
    /// Whether the body is converted.
    pub(crate) content_handling: Option<&'static str>,
    /// What the body looks like.
    pub(crate) model: Option<ModelId>,
}

impl Method {
    /// The method of a route.
    pub(super) fn of_route(cx: &Bindings<'_>, cors: Option<&Cors>, id: RouteId, to: IntegrationId) -> Self {
        let ir = cx.ir;
        let route = &ir.routes[id];
        let key = &route.key.value;
        let verb = key.method().unwrap_or(Verb::Any);
        let integration = integration(cx, cors, id, to, verb);
        let validation = route.validation.as_deref();
        let models =
            validation.map(|it| it.body.iter().map(|it| (media_type(it.0.as_ref()), it.1)).collect());
        let models: Vec<(String, ModelId)> = models.unwrap_or_default();
        let validator = Validator {
            body: !models.is_empty(),
            parameters: validation.is_some_and(|it| it.checks_parameters()),
        };
        Self {
            id: cx.id(Generated::Route(id)),
            route: id,
            preflight: false,
            verb,
            authorization: route.authorization,
            scopes: list(ir, &route.scopes),
            api_key: route.api_key.is_some(),
            validator: (validator.body || validator.parameters).then_some(validator),
            parameters: parameters(route, &integration),
            models,
            responses: method_responses(&integration),
            integration,
        }
    }
}

fn media_type(it: Option<&Name>) -> String {
    it.map_or_else(|| JSON.to_owned(), |it| it.value.to_string())
}

/// What a route's requests may have: the variables of its path, what is checked, what is sent on and what tells cached
/// answers apart. API Gateway knows of nothing else.
fn parameters(route: &Route, integration: &MethodIntegration) -> IndexMap<String, bool> {
    let mut out: IndexMap<String, bool> =
        route.key.value.variables().map(|it| (format!("method.request.path.{it}"), true)).collect();
    if let Some(it) = &route.validation {
        out.extend(it.headers.iter().map(|it| (format!("method.request.header.{}", it.value), true)));
        out.extend(it.query.iter().map(|it| (format!("method.request.querystring.{}", it.value), true)));
    }
    let mapped = integration.parameters.values().filter_map(Value::as_str);
    for source in mapped.chain(integration.cache_key.iter().map(String::as_str)) {
        let Some((place, name)) = source.strip_prefix("method.request.").and_then(|it| it.split_once('.'))
        else {
            continue;
        };
        let place = match place {
            "header" | "multivalueheader" => "header",
            "querystring" | "multivaluequerystring" => "querystring",
            // The variables of the path are there already.
            _ => continue,
        };
        out.entry(format!("method.request.{place}.{name}")).or_insert(false);
    }
    out
}

/// What a method answers: each status that a response of its integration has. A proxy says 200 for all, as an API
/// without any answer cannot be written in OpenAPI.
fn method_responses(integration: &MethodIntegration) -> Vec<MethodResponse> {
    let mut out: IndexMap<u64, MethodResponse> = IndexMap::new();
    let mut headers: FxHashSet<(u64, String)> = FxHashSet::default();
    let mut bodies: FxHashSet<(u64, &str)> = FxHashSet::default();
    for it in &integration.responses {
        let response = out.entry(it.status).or_insert_with(|| MethodResponse::plain(it.status));
        for (name, _) in &it.headers {
            if headers.insert((it.status, name.to_ascii_lowercase())) {
                response.headers.push(name.clone());
            }
        }
        let Some(model) = it.model else { continue };
        let mut media_types: Vec<&str> = it.templates.keys().collect();
        if media_types.is_empty() {
            media_types.push(JSON);
        }
        for name in media_types {
            if bodies.insert((it.status, name)) {
                response.models.push((name.to_owned(), model));
            }
        }
    }
    if out.is_empty() {
        out.insert(200, MethodResponse::plain(200));
    }
    out.into_values().collect()
}

impl MethodResponse {
    fn plain(status: u64) -> Self {
        Self { status, headers: Vec::new(), models: Vec::new() }
    }
}

fn integration(
    cx: &Bindings<'_>,
    cors: Option<&Cors>,
    route: RouteId,
    id: IntegrationId,
    verb: Verb,
) -> MethodIntegration {
    let (of, shared) = (&cx.ir.integrations[id], cx.integration(id));
    let proxy = of.is_proxy();
    let changes = of.transformation.as_deref().filter(|_| !proxy);
    // A mock is nothing but a template.
    let is_mock = matches!(of.backend, Backend::Mock { .. }) && all_binary(cx.ir);
    let mut parameters = shared.request_parameters.clone();
    if matches!(of.backend, Backend::Http { .. } | Backend::Action { .. }) {
        parameters = with_path_variables(parameters, &cx.ir.routes[route], shared.uri.as_ref());
    }
    let responses = changes.map(|it| it.responses.iter()).into_iter().flatten();
    // Who answers preflights of their own says what is in the answer.
    let cors = cors.filter(|_| verb != Verb::Options);
    let responses = responses.map(|it| response(cx.ir, it, cors, whole(cx.ir, &of.backend))).collect();
    MethodIntegration {
        kind: shared.kind,
        // Where nothing else was said, the backend is called as the API was.
        method: shared.method.clone().map(|it| if it == "ANY" { verb.as_str().to_owned() } else { it }),
        uri: shared.uri.clone(),
        connection: shared.connection.clone(),
        target: target(of),
        credentials: shared.credentials.clone(),
        timeout: shared.timeout.clone(),
        stream: of.transformation.as_ref().is_some_and(|it| it.stream.is_some()),
        passthrough: changes.and_then(|it| it.passthrough_behavior).map(|it| passthrough(it.value)),
        content_handling: of
            .transformation
            .as_ref()
            .and_then(|it| it.content_handling)
            .map(|it| conversion(it.value))
            .or_else(|| is_mock.then_some("CONVERT_TO_TEXT")),
        parameters,
        templates: changes.map(|it| templates(&it.request)).unwrap_or_default(),
        cache_key: cache_key(cx.ir, route),
        responses,
    }
}

fn target(of: &IrIntegration) -> Option<Value> {
    match &of.backend {
        Backend::Http { target, .. } => target.as_ref().map(text),
        _ => None,
    }
}

/// Fills in the variables of a URL that are variables of the path, too: API Gateway does not do so by itself.
fn with_path_variables(mut parameters: Object, route: &Route, uri: Option<&Value>) -> Object {
    let mut named = FxHashSet::default();
    if let Some(it) = uri {
        url_variables(it, &mut |name| {
            named.insert(name.to_owned());
        });
    }
    for name in route.key.value.variables().filter(|it| named.contains(*it)) {
        let place = format!("integration.request.path.{name}");
        if !parameters.has(&place) {
            parameters = parameters.set(place, format!("method.request.path.{name}"));
        }
    }
    parameters
}

/// Calls `found` with the names in the `{…}` of a URL; what stands in `${…}` is no variable of it.
fn url_variables(uri: &Value, found: &mut impl FnMut(&str)) {
    match uri {
        Value::String(text) => {
            for (at, _) in text.match_indices('{') {
                if !text[..at].ends_with('$')
                    && let Some((name, _)) = text[at + 1..].split_once('}')
                {
                    found(name);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|it| url_variables(it, found)),
        Value::Object(_) => {
            if let Some((_, it)) = function(uri) {
                url_variables(it, found);
            }
        }
        _ => {}
    }
}

/// What tells answers in the cache apart. The variables of the path do in any case: API Gateway leaves them out where
/// they are not named, and would answer `/orders/2` with what it remembers of `/orders/1`.
fn cache_key(ir: &Ir, id: RouteId) -> Vec<String> {
    let route = &ir.routes[id];
    let is_cached = |it: &gatewright_ir::RouteSettings| it.cache.as_ref().is_some_and(|it| it.enabled);
    let in_stage = ir.stages.values().any(|stage| {
        let at = stage.routes.binary_search_by_key(&id, |it| it.0);
        at.is_ok_and(|at| is_cached(&stage.routes[at].1))
    });
    if !in_stage && !route.settings.as_deref().is_some_and(is_cached) {
        return Vec::new();
    }
    let variables = route.key.value.variables().map(|it| format!("method.request.path.{it}"));
    let all = variables.chain(route.cache_key.iter().map(|it| it.value.to_string()));
    all.collect::<IndexSet<String>>().into_iter().collect()
}

/// The template that changes nothing of an answer: a mock's is empty, and a function's is JSON. What other backends answer
/// may be anything.
fn whole(ir: &Ir, backend: &Backend) -> Option<&'static str> {
    match backend {
        Backend::Mock { .. } => Some(""),
        Backend::Lambda { .. } if ir.api.binary_media_types.is_empty() => Some("$input.body"),
        _ => None,
    }
}

fn response(ir: &Ir, of: &IntegrationResponse, cors: Option<&Cors>, whole: Option<&str>) -> Response {
    let mut out = Response {
        pattern: (!of.is_default()).then(|| of.pattern.value.to_string()),
        status: of.status.value,
        headers: of.headers.iter().map(|(name, it)| (name.value.to_string(), expression(ir, it))).collect(),
        templates: templates(&of.templates),
        content_handling: of.content_handling.map(|it| conversion(it.value)),
        model: of.model.map(|it| it.0),
    };
    if let Some(cors) = cors {
        cors.allow_response(&mut out, whole.filter(|_| of.content_handling.is_none()));
    }
    out
}

/// Mapping templates by media type or key. One whose file could not be read was reported.
pub(crate) fn templates(all: &[(Name, MappingTemplate)]) -> Object {
    let known =
        all.iter().filter_map(|(name, it)| Some((name.value.to_string(), Value::from(&**it.text.as_ref()?))));
    known.collect()
}

/// API Gateway's word for how a body is converted.
pub(crate) fn conversion(it: ContentHandling) -> &'static str {
    match it {
        ContentHandling::Text => "CONVERT_TO_TEXT",
        ContentHandling::Binary => "CONVERT_TO_BINARY",
    }
}

/// API Gateway's word for what happens to a request for which there is no template.
pub(crate) fn passthrough(it: PassthroughBehavior) -> &'static str {
    match it {
        PassthroughBehavior::WhenNoMatch => "WHEN_NO_MATCH",
        PassthroughBehavior::WhenNoTemplates => "WHEN_NO_TEMPLATES",
        PassthroughBehavior::Never => "NEVER",
    }
}
