//! The graph as JSON, for programs.

use gatewright_ir::{
    ApiKind, Authorization, AuthorizerKind, Backend, CorsSetting, Ir, Located, Origin, Text,
};
use serde_json::{Map, Value, json as value};

use crate::draw::{Picture, edges, ids, is_hidden};
use crate::{Entity, kind, name};

/// `nodes` with `id`, `kind`, `name` and `detail`, and `edges` with `from`, `to` and `kind`.
pub fn json(pictures: &[Picture<'_>]) -> String {
    let (mut nodes, mut all) = (Vec::new(), Vec::new());
    for ((ir, graph), ids) in pictures.iter().zip(ids(pictures)) {
        let id = |entity| graph.position(entity).map(|at| ids[at].as_str());
        nodes.extend(graph.entities().map(
            |it| value!({ "id": id(it), "kind": kind(it), "name": name(ir, it), "detail": detail(ir, it) }),
        ));
        all.extend(edges(graph).map(
            |(from, relation, to)| value!({ "from": id(from), "to": id(to), "kind": relation.as_str() }),
        ));
    }
    let mut out = String::new();
    // Only strings hold such characters; the line feeds are the printer's.
    for it in format!("{:#}\n", value!({ "nodes": nodes, "edges": all })).chars() {
        if it != '\n' && is_hidden(it) {
            let mut units = [0; 2];
            out.extend(it.encode_utf16(&mut units).iter().map(|it| format!("\\u{it:04x}")));
        } else {
            out.push(it);
        }
    }
    out
}

/// API Gateway's word for a kind of API.
fn api_type(kind: ApiKind) -> &'static str {
    match kind {
        ApiKind::Http => "HTTP",
        ApiKind::Rest => "REST",
        ApiKind::WebSocket => "WEBSOCKET",
    }
}

fn detail(ir: &Ir, entity: Entity) -> Value {
    let mut out = Map::new();
    let mut add = |key: &str, it: Value| {
        out.insert(key.to_owned(), it);
    };
    match entity {
        Entity::Api => {
            add("type", api_type(ir.api.kind).into());
            if let CorsSetting::Policy(it) = &ir.api.cors {
                let texts = |it: &[Located<Text>]| it.iter().map(|it| it.value.to_json()).collect::<Value>();
                let lists = [
                    ("allowOrigins", &it.allow_origins),
                    ("allowMethods", &it.allow_methods),
                    ("allowHeaders", &it.allow_headers),
                ];
                let lists = lists.into_iter().map(|(name, it)| (name.to_owned(), texts(it)));
                add("cors", Value::Object(lists.collect()));
            }
        }
        Entity::Route(id) => {
            let it = &ir.routes[id];
            match it.authorization {
                Authorization::None => add("authorization", "NONE".into()),
                Authorization::Iam => add("authorization", "AWS_IAM".into()),
                Authorization::Authorizer(id) => {
                    let it = &ir.authorizers[id];
                    match it.kind {
                        AuthorizerKind::Jwt { .. } => add("authorization", "JWT".into()),
                        AuthorizerKind::Lambda { .. } => add("authorization", "CUSTOM".into()),
                        AuthorizerKind::Cognito { .. } => add("authorization", "COGNITO_USER_POOLS".into()),
                        AuthorizerKind::Unknown => {}
                    }
                    add("authorizer", it.name.value.as_ref().into());
                }
                Authorization::Unknown => {}
            }
            add("scopes", it.scopes.iter().map(|it| it.value.to_json()).collect());
            if it.api_key.is_some() {
                add("apiKeyRequired", true.into());
            }
            if it.response.is_some() {
                add("response", true.into());
            }
        }
        Entity::Integration(id) => {
            let it = &ir.integrations[id];
            if !matches!(it.backend, Backend::Unknown) {
                add("type", it.aws_type().into());
            }
            // REST and WebSocket APIs know one payload format, and have no name for it.
            let format = |it: &str| (ir.api.kind == ApiKind::Http).then(|| Value::from(it));
            match &it.backend {
                Backend::Lambda { payload, .. } => {
                    format(&payload.value).into_iter().for_each(|it| add("payloadFormatVersion", it));
                }
                Backend::Http { uri, payload, .. } => {
                    let payload = payload.as_ref().map_or("1.0", |it| &it.value);
                    format(payload).into_iter().for_each(|it| add("payloadFormatVersion", it));
                    if let Some(uri) = uri.value.as_str() {
                        add("uri", uri.into());
                    }
                }
                Backend::Service { subtype, .. } => {
                    add("subtype", subtype.value.as_ref().into());
                    add("payloadFormatVersion", "1.0".into());
                }
                Backend::Action { action, .. } => add("action", action.value.to_json()),
                Backend::Mock { .. } | Backend::Unknown => {}
            }
        }
        Entity::Authorizer(id) => match ir.authorizers[id].kind {
            AuthorizerKind::Jwt { .. } => add("type", "JWT".into()),
            AuthorizerKind::Cognito { .. } => add("type", "COGNITO_USER_POOLS".into()),
            AuthorizerKind::Lambda { token: true, .. } => add("type", "TOKEN".into()),
            AuthorizerKind::Lambda { .. } => add("type", "REQUEST".into()),
            AuthorizerKind::Unknown => {}
        },
        Entity::Stage(id) if ir.api.kind == ApiKind::Http => {
            add("autoDeploy", ir.stages[id].auto_deploy.into());
        }
        Entity::UsagePlan(id) => {
            let it = &ir.usage_plans[id];
            if let Some(it) = it.throttle.rate.as_ref().and_then(|it| it.value.known()) {
                add("rate", (*it).into());
            }
            if let Some(it) = it.throttle.burst.as_ref().and_then(|it| it.value.known()) {
                add("burst", (*it).into());
            }
        }
        Entity::Function(id) => match ir.functions[id].origin {
            Origin::Created(_) => add("origin", "created".into()),
            Origin::Named(_) | Origin::Arn(_) => add("origin", "existing".into()),
            Origin::Unknown => {}
        },
        _ => {}
    }
    Value::Object(out)
}
