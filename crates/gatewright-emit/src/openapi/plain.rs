//! The document without extensions: what a documentation or client generator understands.

use gatewright_ir::{Authorization, Method, Route, RouteKey, Segment};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::{info, path_parameter, responses, security};
use crate::artifact::Note;
use crate::binding::{Authorizer, Bindings, Decision};
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
        cx.routes.iter().map(|it| &cx.ir.routes[it.0]).partition(|it| is_greedy(it));
    for route in exact.into_iter().chain(greedy) {
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
                    item.insert(name, operation(cx, route, Some(method)));
                }
            }
        } else {
            // What `ANY` of the same path has put there is less specific.
            item.insert(method.as_str().to_ascii_lowercase(), operation(cx, route, None));
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
    Object::new()
        .set("openapi", "3.0.1")
        .set("info", info(cx))
        .list("servers", servers(cx))
        .set("paths", paths)
        .object("components", Object::new().object("securitySchemes", schemes))
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

fn operation(cx: &Bindings<'_>, route: &Route, expanded: Option<Method>) -> Value {
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
    Object::new()
        .maybe("operationId", id)
        .maybe("description", route.description.as_ref().map(|it| &*it.value))
        .maybe("security", security.map(|it| vec![it]))
        .set("responses", responses(&route.key.value))
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
