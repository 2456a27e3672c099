//! The document without extensions: what a documentation or client generator understands.

use gatewright_ir::{Authorization, Method, Route, RouteId, RouteKey, Segment};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::{info, method, path_parameter, responses, rest, security};
use crate::artifact::Note;
use crate::binding::{Authorizer, Bindings, Decision, Method as RestMethod};
use crate::object::{Object, texts};

/// What `ANY` stands for. HEAD and OPTIONS are answered too, but no client is generated for them.
const METHODS: [Method; 5] = [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete];

/// The plain document.
pub(super) fn document(cx: &Bindings<'_>, notes: &mut Vec<Note>) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    // Two paths that differ in the names of variables only are one path to OpenAPI.
    let mut shapes: FxHashMap<String, String> = FxHashMap::default();
    let mut left_out: Vec<&str> = Vec::new();
    // A greedy variable is an ordinary one here, so ordinary paths come first.
    let (greedy, exact): (Vec<_>, Vec<_>) =
        cx.routes.iter().map(|it| it.0).partition(|it| is_greedy(&cx.ir.routes[*it]));
    let methods = cx.rest.methods.iter().filter(|it| !it.preflight);
    let methods: FxHashMap<RouteId, &RestMethod> = methods.map(|it| (it.route, it)).collect();
    for id in exact.into_iter().chain(greedy) {
        let route = &cx.ir.routes[id];
        let of_rest = methods.get(&id).copied();
        let key = &route.key.value;
        let (Some(method), Some(path)) = (key.method(), key.path()) else {
            left_out.push(key.as_str());
            continue;
        };
        let path = path.replace("+}", "}");
        let shape = shape(key);
        let known = shapes.entry(shape).or_insert_with(|| path.clone());
        if *known != path {
            left_out.push(key.as_str());
            continue;
        }
        let item = paths.entry(path).or_insert_with(|| Value::Object(Map::new()));
        let Some(item) = item.as_object_mut() else { continue };
        if method == Method::Any {
            for method in METHODS {
                let name = method.as_str().to_ascii_lowercase();
                if !item.contains_key(&name) {
                    item.insert(name, operation(cx, route, of_rest, Some(method)));
                }
            }
        } else {
            // What `ANY` of the same path has put there is less specific.
            item.insert(method.as_str().to_ascii_lowercase(), operation(cx, route, of_rest, None));
        }
    }
    for (path, item) in &mut paths {
        let names = path.split('/').filter_map(|it| match Segment::parse(it) {
            Segment::Variable(name) => Some(path_parameter(name)),
            _ => None,
        });
        let mut names: Vec<Value> = names.collect();
        names.dedup();
        if let (false, Some(item)) = (names.is_empty(), item.as_object_mut()) {
            item.insert("parameters".to_owned(), names.into());
        }
    }
    if !left_out.is_empty() {
        notes.push(Note::new(format!(
            "openapi: plain OpenAPI cannot describe `{}`: left out",
            left_out.join("`, `")
        )));
    }
    let mut schemes = Object::new();
    for (_, it) in cx.authorizers() {
        schemes = schemes.set(&it.name, scheme(it));
    }
    if security::uses_iam(cx) {
        let description = "Requests are signed with AWS Signature Version 4.";
        schemes = schemes.set(security::IAM, security::signed().set("description", description));
    }
    if cx.rest.methods.iter().any(|it| it.api_key) {
        schemes = schemes.set(security::API_KEY, security::key());
    }
    let components = Object::new().object("securitySchemes", schemes).object("schemas", rest::models(cx));
    Object::new()
        .set("openapi", "3.0.1")
        .set("info", info(cx))
        .list("servers", servers(cx))
        .set("paths", paths)
        .object("components", components)
        .into()
}

fn is_greedy(route: &Route) -> bool {
    route.key.value.segments().any(|it| matches!(it, Segment::Greedy(_)))
}

fn shape(key: &RouteKey) -> String {
    let mut out = String::new();
    for it in key.segments() {
        out.push('/');
        out.push_str(if let Segment::Literal(it) = it { it } else { "{}" });
    }
    out
}

fn operation(
    cx: &Bindings<'_>,
    route: &Route,
    of_rest: Option<&RestMethod>,
    expanded: Option<Method>,
) -> Value {
    let id = route.operation_name.as_ref().map(|it| match expanded {
        // Every operation has an id of its own.
        Some(method) => {
            format!("{}{}", it.value, gatewright_ir::pascal(&method.as_str().to_ascii_lowercase()))
        }
        None => it.value.to_string(),
    });
    let security = match route.authorization {
        Authorization::None | Authorization::Unknown => None,
        Authorization::Iam => Some(Object::new().set(security::IAM, Vec::<Value>::new())),
        Authorization::Authorizer(id) => cx.authorizer(id).map(|it| {
            // Only OAuth and OpenID Connect know scopes.
            let known = texts(&route.scopes).into_iter().filter(Value::is_string);
            let scopes: Vec<Value> = if open_id(it).is_some() { known.collect() } else { Vec::new() };
            Object::new().set(&it.name, scopes)
        }),
    };
    // Here one entry says that all of it is wanted.
    let key = of_rest.filter(|it| it.api_key).map(|_| Vec::<Value>::new());
    let security = match (security, key) {
        (who, Some(key)) => Some(who.unwrap_or_default().set(security::API_KEY, key)),
        (who, None) => who,
    };
    let parameters = of_rest.map(method::parameters).unwrap_or_default();
    let parameters: Vec<Value> = parameters.into_iter().filter(|it| it["in"] != "path").collect();
    let responses = of_rest.map_or_else(|| responses(&route.key.value), |it| method::responses(cx, it));
    Object::new()
        .maybe("operationId", id)
        .maybe("description", route.description.as_ref().map(|it| &*it.value))
        .list("parameters", parameters)
        .object("requestBody", of_rest.map(|it| method::request_body(cx, it)).unwrap_or_default())
        .maybe("security", security.map(|it| vec![it]))
        .set("responses", responses)
        .into()
}

/// Where the provider of tokens describes itself, if that is known.
fn open_id(it: &Authorizer) -> Option<String> {
    let Decision::Jwt { issuer, .. } = &it.decision else { return None };
    let issuer = issuer.as_str()?.trim_end_matches('/');
    Some(format!("{issuer}/.well-known/openid-configuration"))
}

fn scheme(it: &Authorizer) -> Object {
    match (&it.decision, open_id(it)) {
        (_, Some(url)) => Object::new().set("type", "openIdConnect").set("openIdConnectUrl", url),
        (Decision::Jwt { .. }, None) => {
            Object::new().set("type", "http").set("scheme", "bearer").set("bearerFormat", "JWT")
        }
        (Decision::Request { .. } | Decision::Cognito { .. }, None) => security::api_key(&it.identity),
    }
}

/// The URLs that are known before the API is there: those of custom domains.
fn servers(cx: &Bindings<'_>) -> Vec<Value> {
    let mut out = Vec::new();
    for domain in cx.ir.domains.values().filter(|it| !it.name.value.starts_with('*')) {
        for mapping in domain.mappings.iter().filter(|it| it.stage.is_some_and(|it| cx.stages.contains(&it)))
        {
            let path = mapping.path();
            let slash = if path.is_empty() { "" } else { "/" };
            let description = mapping.stage.map(|it| format!("Stage {}", cx.stage_name(it)));
            out.push(
                Object::new()
                    .set("url", format!("https://{}{slash}{path}", domain.name.value))
                    .maybe("description", description)
                    .into(),
            );
        }
    }
    out
}
