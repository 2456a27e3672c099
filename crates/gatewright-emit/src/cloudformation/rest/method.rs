//! `AWS::ApiGateway::Method`

use gatewright_ir::{Authorization, ModelId};
use serde_json::Value;

use super::{api, request_validator};
use crate::binding::{Bindings, Decision, Method, MethodIntegration, MethodResponse};
use crate::cloudformation::template::Template;
use crate::intrinsic::reference;
use crate::object::Object;

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>, it: &Method, resource: Value) {
    let route = &cx.ir.routes[it.route];
    let (kind, authorizer) = match it.authorization {
        Authorization::None | Authorization::Unknown => ("NONE", None),
        Authorization::Iam => ("AWS_IAM", None),
        Authorization::Authorizer(id) => match cx.authorizer(id) {
            Some(it) if matches!(it.decision, Decision::Cognito { .. }) => {
                ("COGNITO_USER_POOLS", Some(&it.id))
            }
            Some(it) => ("CUSTOM", Some(&it.id)),
            None => ("NONE", None),
        },
    };
    let name = route.operation_name.as_ref().filter(|_| !it.preflight);
    let parameters = it.parameters.iter().map(|(name, required)| (name.clone(), (*required).into()));
    let responses: Vec<Value> = it.responses.iter().map(|it| response(cx, it)).collect();
    let properties = Object::new()
        .set("RestApiId", api(cx))
        .set("ResourceId", resource)
        .set("HttpMethod", it.verb.as_str())
        .maybe("OperationName", name.map(|it| &*it.value))
        .set("AuthorizationType", kind)
        .maybe("AuthorizerId", authorizer.map(|it| reference(it)))
        .list("AuthorizationScopes", it.scopes.clone())
        .set("ApiKeyRequired", it.api_key)
        .maybe("RequestValidatorId", it.validator.map(|it| reference(&request_validator::id(cx, it))))
        .object("RequestParameters", parameters.collect())
        .object("RequestModels", models(cx, &it.models))
        .set("Integration", integration(&it.integration))
        .list("MethodResponses", responses);
    template.add(&it.id, "AWS::ApiGateway::Method", properties);
}

/// Models by media type. A reference to a model is its name, and makes it come first.
fn models(cx: &Bindings<'_>, all: &[(String, ModelId)]) -> Object {
    let of = |id: ModelId| reference(&cx.id(gatewright_ir::Generated::Model(id)));
    all.iter().map(|(media_type, id)| (media_type.clone(), of(*id))).collect()
}

fn response(cx: &Bindings<'_>, it: &MethodResponse) -> Value {
    let headers = it.headers.iter().map(|it| (header(it), true.into()));
    Object::new()
        .set("StatusCode", it.status.to_string())
        .object("ResponseParameters", headers.collect())
        .object("ResponseModels", models(cx, &it.models))
        .into()
}

fn header(name: &str) -> String {
    format!("method.response.header.{name}")
}

fn integration(it: &MethodIntegration) -> Object {
    let responses = it.responses.iter().map(|it| {
        let headers = it.headers.iter().map(|(name, it)| (header(name), it.clone()));
        Object::new()
            .set("StatusCode", it.status.to_string())
            .maybe("SelectionPattern", it.pattern.as_deref())
            .object("ResponseParameters", headers.collect())
            .object("ResponseTemplates", it.templates.clone())
            .maybe("ContentHandling", it.content_handling)
    });
    let responses: Vec<Value> = responses.map(Value::from).collect();
    Object::new()
        .set("Type", it.kind)
        .maybe("IntegrationHttpMethod", it.method.as_deref())
        .maybe("Uri", it.uri.clone())
        .maybe("ConnectionType", it.connection.as_ref().map(|_| "VPC_LINK"))
        .maybe("ConnectionId", it.connection.clone())
        .maybe("IntegrationTarget", it.target.clone())
        .maybe("Credentials", it.credentials.clone())
        .maybe("TimeoutInMillis", it.timeout.clone())
        .maybe("ResponseTransferMode", it.stream.then_some("STREAM"))
        .maybe("PassthroughBehavior", it.passthrough)
        .maybe("ContentHandling", it.content_handling)
        .object("RequestParameters", it.parameters.clone())
        .object("RequestTemplates", it.templates.clone())
        .list("CacheKeyParameters", it.cache_key.clone())
        .list("IntegrationResponses", responses)
}
