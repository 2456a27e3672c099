//! `AWS::ApiGatewayV2::Authorizer`.

use gatewright_ir::{
    ApiKind, Authorizer, AuthorizerId, AuthorizerKind, AuthorizerResponse, Callee, Generated, Id as _, Name,
    Value,
};
use gatewright_spec::Raw;

use super::super::Resource;
use super::Parts;
use crate::draft::{Draft, Reading, is_there};
use crate::target::{Target, target};

/// Reads an authorizer.
pub(super) fn authorizer(cx: &Reading<'_>, draft: &mut Draft, _: &mut Parts, it: Resource<'_>) {
    let of = it.properties;
    let id = AuthorizerId::from_index(draft.ir.authorizers.len());
    let name = draft.name(Generated::Authorizer(id), of.get("Name"), it.id);
    let decides = draft.name_of(of, "AuthorizerType");
    let kind = match decides.as_ref().map(|it| &*it.value) {
        Some("JWT") => jwt(draft, of),
        Some("REQUEST") => request(cx, draft, of, &name),
        _ => AuthorizerKind::Unknown,
    };
    let identity = draft.texts_of(of, "IdentitySource");
    draft.ir.authorizers.push(Authorizer { name, kind, identity });
    draft.authorizers.insert(it.id.value.clone(), id);
    draft.called(Generated::Authorizer(id), &it.id.value);
}

fn jwt(draft: &mut Draft, of: &Raw) -> AuthorizerKind {
    if of.get("JwtConfiguration").is_none_or(|it| !is_there(it)) {
        return AuthorizerKind::Jwt { issuer: None, audience: Vec::new() };
    }
    match draft.inner(of, "JwtConfiguration") {
        Some(it) if it.function().is_none() => AuthorizerKind::Jwt {
            issuer: draft.text_of(&it, "Issuer"),
            audience: draft.texts_of(&it, "Audience"),
        },
        _ => AuthorizerKind::Unknown,
    }
}

fn request(cx: &Reading<'_>, draft: &mut Draft, of: &Raw, name: &Name) -> AuthorizerKind {
    let callee = match of.get("AuthorizerUri").filter(|it| is_there(it)) {
        None => Callee::Unknown,
        Some(uri) => match target(cx, draft, uri) {
            Target::Function { callee, .. } => callee,
            Target::Action(it) | Target::Server(it) => Callee::Arn(it),
        },
    };
    let simple = draft.flag_of(of, "EnableSimpleResponses");
    let response = match simple.map(|it| it.value) {
        Some(Value::Known(true)) => AuthorizerResponse::Simple,
        _ => AuthorizerResponse::Iam,
    };
    let format = if draft.ir.api.kind == ApiKind::Http { "2.0" } else { "1.0" };
    let payload = draft.name_of(of, "AuthorizerPayloadFormatVersion");
    AuthorizerKind::Lambda {
        callee,
        token: false,
        identity_pattern: None,
        response,
        payload: payload.unwrap_or_else(|| Name::new(format.into(), name.span)),
        cache: draft.seconds_of(of, "AuthorizerResultTtlInSeconds"),
        role: draft.text_of(of, "AuthorizerCredentialsArn"),
    }
}
