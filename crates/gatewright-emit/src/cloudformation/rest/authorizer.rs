//! `AWS::ApiGateway::Authorizer`

use super::api;
use crate::binding::{Authorizer, Bindings, Decision};
use crate::cloudformation::template::Template;
use crate::object::Object;
use crate::openapi::identity_source;

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>, it: &Authorizer) {
    let properties = Object::new().set("RestApiId", api(cx)).set("Name", it.name.as_str());
    let identity = identity_source(&it.identity);
    let properties = match &it.decision {
        Decision::Cognito { pools, ttl } => properties
            .set("Type", "COGNITO_USER_POOLS")
            .maybe("IdentitySource", identity)
            .set("ProviderARNs", pools.clone())
            .set("AuthorizerResultTtlInSeconds", ttl.clone()),
        Decision::Request { token, pattern, uri, ttl, credentials, .. } => properties
            .set("Type", if *token { "TOKEN" } else { "REQUEST" })
            .maybe("IdentitySource", identity)
            .maybe("IdentityValidationExpression", pattern.as_deref())
            .set("AuthorizerUri", uri.clone())
            .maybe("AuthorizerCredentials", credentials.clone())
            .set("AuthorizerResultTtlInSeconds", ttl.clone()),
        // A REST API has none.
        Decision::Jwt { .. } => return,
    };
    template.add(&it.id, "AWS::ApiGateway::Authorizer", properties);
}
