//! Operations of a REST API: what its methods are in OpenAPI.

use gatewright_ir::Authorization;
use serde_json::Value;

use super::{path_parameter, rest, security};
use crate::binding::{Bindings, Method, MethodIntegration, MethodResponse};
use crate::object::Object;

/// The operation of a method.
pub(crate) fn operation(cx: &Bindings<'_>, it: &Method) -> Value {
    let route = &cx.ir.routes[it.route];
    let (name, description) = match it.preflight {
        true => (None, None),
        false => (route.operation_name.as_ref(), route.description.as_ref()),
    };
    Object::new()
        .maybe("operationId", name.map(|it| &*it.value))
        .maybe("description", description.map(|it| &*it.value))
        .list("parameters", parameters(it))
        .object("requestBody", request_body(cx, it))
        .list("security", security(cx, it))
        .set("responses", responses(cx, it))
        .maybe("x-amazon-apigateway-request-validator", it.validator.map(|it| it.name()))
        .set("x-amazon-apigateway-integration", integration(&it.integration))
        .into()
}

/// What a request may have, and what it must have.
pub(super) fn parameters(it: &Method) -> Vec<Value> {
    let declared = it.parameters.iter().filter_map(|(name, required)| {
        let (place, name) = name.strip_prefix("method.request.")?.split_once('.')?;
        let place = match place {
            "path" => return Some(path_parameter(name)),
            "querystring" => "query",
            place => place,
        };
        let out = Object::new().set("name", name).set("in", place);
        let out = out.maybe("required", required.then_some(true));
        Some(out.set("schema", Object::new().set("type", "string")).into())
    });
    declared.collect()
}

/// What the body of a request looks like.
pub(super) fn request_body(cx: &Bindings<'_>, it: &Method) -> Object {
    if it.models.is_empty() { Object::new() } else { content(cx, &it.models).set("required", true) }
}

fn content(cx: &Bindings<'_>, models: &[(String, gatewright_ir::ModelId)]) -> Object {
    let schema = |id| Object::new().set("schema", rest::model(cx, id)).into();
    let content = models.iter().map(|(media_type, id)| (media_type.clone(), schema(*id)));
    Object::new().object("content", content.collect())
}

/// Who may call. API Gateway takes an authorizer and an API key as two entries, and wants both.
fn security(cx: &Bindings<'_>, it: &Method) -> Vec<Value> {
    let who = match it.authorization {
        Authorization::None | Authorization::Unknown => None,
        Authorization::Iam => Some(Object::new().set(security::IAM, Vec::<Value>::new())),
        Authorization::Authorizer(id) => {
            cx.authorizer(id).map(|authorizer| Object::new().set(&authorizer.name, it.scopes.clone()))
        }
    };
    let key = it.api_key.then(|| Object::new().set(security::API_KEY, Vec::<Value>::new()));
    who.into_iter().chain(key).map(Value::from).collect()
}

/// What is answered.
pub(super) fn responses(cx: &Bindings<'_>, it: &Method) -> Object {
    let entry = |of: &MethodResponse| {
        let headers = of.headers.iter().map(|it| {
            let schema = Object::new().set("type", "string");
            (it.clone(), Object::new().set("schema", schema).into())
        });
        let out = Object::new().set("description", format!("Answer {}", of.status));
        let out = out.object("headers", headers.collect());
        let content = content(cx, &of.models).into_map();
        out.into_map().into_iter().chain(content).collect::<Object>()
    };
    it.responses.iter().map(|it| (it.status.to_string(), entry(it).into())).collect()
}

/// An integration in OpenAPI's spelling.
fn integration(it: &MethodIntegration) -> Object {
    let responses = it.responses.iter().map(|it| {
        let headers =
            it.headers.iter().map(|(name, it)| (format!("method.response.header.{name}"), it.clone()));
        let spelled = Object::new()
            .set("statusCode", it.status.to_string())
            .object("responseParameters", headers.collect())
            .object("responseTemplates", it.templates.clone())
            .maybe("contentHandling", it.content_handling);
        (it.pattern.clone().unwrap_or_else(|| "default".to_owned()), spelled.into())
    });
    Object::new()
        .set("type", it.kind.to_ascii_lowercase())
        .maybe("httpMethod", it.method.as_deref())
        .maybe("uri", it.uri.clone())
        .maybe("connectionType", it.connection.as_ref().map(|_| "VPC_LINK"))
        .maybe("connectionId", it.connection.clone())
        .maybe("integrationTarget", it.target.clone())
        .maybe("credentials", it.credentials.clone())
        .maybe("timeoutInMillis", it.timeout.clone())
        .maybe("responseTransferMode", it.stream.then_some("STREAM"))
        .maybe("passthroughBehavior", it.passthrough.map(str::to_ascii_lowercase))
        .maybe("contentHandling", it.content_handling)
        .object("requestParameters", it.parameters.clone())
        .object("requestTemplates", it.templates.clone())
        .list("cacheKeyParameters", it.cache_key.clone())
        .object("responses", responses.collect())
}
