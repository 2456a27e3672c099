//! `AWS::ApiGateway::Authorizer`.

use gatewright_ir::{
    Authorizer, AuthorizerId, AuthorizerKind, AuthorizerResponse, Callee, Duration, Generated, Id as _,
    Located, Name, Text, known,
};
use gatewright_spec::Raw;

use super::super::Resource;
use super::{Parts, Shared};
use crate::draft::{Draft, Reading, is_there};
use crate::target::{Target, target};

/// For how long answers are remembered where nothing is said.
///
/// Source: API Gateway API Reference, "Authorizer": `authorizerResultTtlInSeconds`.
const CACHE: Duration = Duration::seconds(300);

/// Reads an authorizer.
pub(super) fn authorizer(
    cx: &Reading<'_>,
    draft: &mut Draft,
    _: (&Shared<'_>, &mut Parts),
    it: Resource<'_>,
) {
    let of = it.properties;
    let id = AuthorizerId::from_index(draft.ir.authorizers.len());
    let name = draft.name(Generated::Authorizer(id), of.get("Name"), it.id);
    let decides = draft.name_of(of, "Type");
    let kind = match decides.as_ref().map(|it| &*it.value) {
        Some("TOKEN") => lambda(cx, draft, of, &name, true),
        Some("REQUEST") => lambda(cx, draft, of, &name, false),
        Some("COGNITO_USER_POOLS") => AuthorizerKind::Cognito {
            pools: draft.texts_of(of, "ProviderARNs"),
            cache: Some(cache(draft, of, &name)),
        },
        _ => AuthorizerKind::Unknown,
    };
    let identity = draft.text_of(of, "IdentitySource").map(parts).unwrap_or_default();
    draft.ir.authorizers.push(Authorizer { name, kind, identity });
    draft.authorizers.insert(it.id.value.clone(), id);
    draft.called(Generated::Authorizer(id), &it.id.value);
}

fn lambda(cx: &Reading<'_>, draft: &mut Draft, of: &Raw, name: &Name, token: bool) -> AuthorizerKind {
    let callee = match of.get("AuthorizerUri").filter(|it| is_there(it)).map(|it| target(cx, draft, it)) {
        Some(Target::Function { callee, .. }) => callee,
        // The whole URI is a parameter or comes from another stack.
        Some(Target::Action(_) | Target::Server(_)) | None => Callee::Unknown,
    };
    AuthorizerKind::Lambda {
        callee,
        token,
        identity_pattern: draft.name_of(of, "IdentityValidationExpression").filter(|_| token),
        response: AuthorizerResponse::Iam,
        payload: Name::new("1.0".into(), name.span),
        cache: Some(cache(draft, of, name)),
        role: draft.text_of(of, "AuthorizerCredentials"),
    }
}

fn cache(draft: &mut Draft, of: &Raw, name: &Name) -> Located<Duration> {
    draft.seconds_of(of, "AuthorizerResultTtlInSeconds").unwrap_or(known(CACHE, name.span))
}

/// The places of an identity, between which there are commas.
fn parts(it: Located<Text>) -> Vec<Located<Text>> {
    match it.value.as_str() {
        Some(text) => {
            let parts = text.split(',').map(str::trim).filter(|it| !it.is_empty());
            parts.map(|part| known(part.into(), it.span)).collect()
        }
        None => vec![it],
    }
}
