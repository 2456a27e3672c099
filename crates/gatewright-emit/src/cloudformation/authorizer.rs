//! `AWS::ApiGatewayV2::Authorizer`

use gatewright_ir::{ApiKind, Generated};

use super::template::Template;
use crate::binding::{Authorizer, Bindings, Decision};
use crate::intrinsic::reference;
use crate::object::Object;

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>, it: &Authorizer) {
    let properties =
        Object::new().set("ApiId", reference(&cx.id(Generated::Api))).set("Name", it.name.as_str());
    let properties = match &it.decision {
        Decision::Jwt { issuer, audience } => {
            let jwt = Object::new().set("Issuer", issuer.clone()).set("Audience", audience.clone());
            properties
                .set("AuthorizerType", "JWT")
                .set("IdentitySource", it.identity.clone())
                .set("JwtConfiguration", jwt)
        }
        // Only REST APIs have them.
        Decision::Cognito { .. } => return,
        Decision::Request { uri, payload, simple, ttl, credentials, .. } => {
            // A WebSocket API asks once for each connection.
            let ttl = (cx.ir.api.kind != ApiKind::WebSocket).then(|| ttl.clone());
            properties
                .set("AuthorizerType", "REQUEST")
                .set("IdentitySource", it.identity.clone())
                .set("AuthorizerUri", uri.clone())
                .maybe("AuthorizerCredentialsArn", credentials.clone())
                .maybe("AuthorizerPayloadFormatVersion", payload.as_deref())
                .maybe("EnableSimpleResponses", *simple)
                .maybe("AuthorizerResultTtlInSeconds", ttl)
        }
    };
    template.add(&it.id, "AWS::ApiGatewayV2::Authorizer", properties);
}
