//! What only REST APIs have, with values worked out: methods, those for preflights among them, gateway responses and
//! the resource policy.

use gatewright_ir::{EndpointType, Generated, ModelId, RouteKey, Segment};
use indexmap::IndexMap;
use serde_json::Value;

use super::cors::Cors;
use super::method::{Method, Validator};
use super::model::schema;
use super::{Bindings, policy};
use crate::object::{Object, pairs};

/// What only REST APIs have. Of another kind of API it is empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rest {
    /// The methods: those of the routes in their order, then those for preflights.
    pub(crate) methods: Vec<Method>,
    /// What API Gateway itself answers.
    pub(crate) gateway_responses: Vec<GatewayResponse>,
    /// Who may call before anything else is asked.
    pub(crate) policy: Option<Value>,
    /// Whether pages of several origins may call, of which only a mapping template can choose one.
    pub(crate) several_origins: bool,
}

/// What API Gateway itself answers.
#[derive(Clone, Debug)]
pub(crate) struct GatewayResponse {
    /// Its logical id.
    pub(crate) id: String,
    /// Its type.
    pub(crate) kind: String,
    /// The status, if another than the usual one.
    pub(crate) status: Option<u64>,
    /// Headers: `gatewayresponse.header.x` and what is put there.
    pub(crate) parameters: Object,
    /// Bodies by media type.
    pub(crate) templates: Object,
}

impl Rest {
    pub(super) fn new(cx: &Bindings<'_>) -> Self {
        let ir = cx.ir;
        let cors = Cors::new(ir);
        let mut methods: Vec<Method> =
            cx.routes.iter().map(|it| Method::of_route(cx, cors.as_ref(), it.0, it.1)).collect();
        if let Some(cors) = &cors {
            let mut preflights = preflights(cx, cors, &methods);
            methods.append(&mut preflights);
        }
        let private = ir.api.endpoint.kind == EndpointType::Private;
        Self {
            methods,
            gateway_responses: gateway_responses(cx, cors.as_ref()),
            policy: ir.api.policy.as_ref().and_then(|it| policy(ir, it, private)),
            several_origins: cors.as_ref().is_some_and(Cors::varies),
        }
    }

    /// The validators that methods use.
    pub(crate) fn validators(&self) -> impl Iterator<Item = Validator> {
        let used = |it: &Validator| self.methods.iter().any(|method| method.validator == Some(*it));
        Validator::ALL.into_iter().filter(used)
    }
}

/// A method for the preflights of each path that has no OPTIONS of its own.
fn preflights(cx: &Bindings<'_>, cors: &Cors<'_>, methods: &[Method]) -> Vec<Method> {
    let mut paths: IndexMap<String, Vec<&Method>> = IndexMap::new();
    for it in methods {
        paths.entry(shape(&cx.ir.routes[it.route].key.value)).or_default().push(it);
    }
    let without = paths.values().filter(|it| !it.iter().any(|it| it.verb == gatewright_ir::Method::Options));
    without.filter_map(|it| cors.preflight(cx, it)).collect()
}

/// A path without the names of its variables.
fn shape(key: &RouteKey) -> String {
    let mut out = String::new();
    for it in key.segments() {
        out.push('/');
        out.push_str(match it {
            Segment::Literal(it) => it,
            Segment::Variable(_) => "{}",
            Segment::Greedy(_) => "{+}",
        });
    }
    out
}

/// The user's gateway responses with the headers of CORS, and those that CORS needs besides: a page could not read why
/// it is refused.
fn gateway_responses(cx: &Bindings<'_>, cors: Option<&Cors<'_>>) -> Vec<GatewayResponse> {
    let headers = cors.map(Cors::of_gateway_response).unwrap_or_default();
    let mut out: Vec<GatewayResponse> = Vec::new();
    for (id, it) in cx.ir.gateway_responses.iter() {
        let own = pairs(&it.headers).into_map().into_iter();
        let own: Vec<(String, Value)> = own.map(|(name, it)| (parameter(&name), it)).collect();
        let added = headers.clone().into_map().into_iter();
        let added = added.filter(|it| !own.iter().any(|own| own.0.eq_ignore_ascii_case(&it.0)));
        out.push(GatewayResponse {
            id: cx.id(Generated::GatewayResponse(id)),
            kind: it.name.value.to_string(),
            status: it.status.map(|it| it.value),
            parameters: own.iter().cloned().chain(added).collect(),
            templates: it.templates.iter().map(|(name, it)| (name.to_string(), (*it.value).into())).collect(),
        });
    }
    for server in [false, true] {
        let kind = if server { "DEFAULT_5XX" } else { "DEFAULT_4XX" };
        if cors.is_some() && !out.iter().any(|it| it.kind == kind) {
            out.push(GatewayResponse {
                id: cx.id(Generated::CorsGatewayResponse { server }),
                kind: kind.to_owned(),
                status: None,
                parameters: headers.clone(),
                templates: Object::new(),
            });
        }
    }
    out
}

/// The name of a header as API Gateway has it.
fn parameter(name: &str) -> String {
    if name.starts_with("gatewayresponse.header.") {
        name.to_owned()
    } else {
        format!("gatewayresponse.header.{name}")
    }
}

impl Bindings<'_> {
    /// The models that can be read, with their schemas; `reference` says how one names another.
    pub(crate) fn models(&self, reference: impl Fn(ModelId) -> Value) -> Vec<(ModelId, Value)> {
        let models = &self.ir.models;
        let names = models.iter().map(|(id, it)| (&*it.name.value, id)).collect();
        models
            .iter()
            .filter_map(|(id, it)| Some((id, schema(&names, it.schema.as_ref()?, &reference))))
            .collect()
    }
}
