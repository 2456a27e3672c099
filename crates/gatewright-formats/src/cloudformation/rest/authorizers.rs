//! `AWS::ApiGateway::Authorizer`.

use gatewright_ir::{
    Authorizer, AuthorizerId, AuthorizerKind, AuthorizerResponse, Callee, Generated, Id as _, Located, Name,
    Spanned, Text, Value, known,
};

use super::super::Resource;
use super::Parts;
use crate::draft::{Draft, Reading, is_there};
use crate::target::{Target, target};

/// Reads an authorizer.
pub(super) fn authorizer(cx: &Reading<'_>, draft: &mut Draft, _: &mut Parts, it: Resource<'_>) {
    let of = it.properties;
    let id = AuthorizerId::from_index(draft.ir.authorizers.len());
    let name = draft.name(Generated::Authorizer(id), of.get("Name"), it.id);
    let decides = draft.name_of(of, "Type");
    let cache = draft.seconds_of(of, "AuthorizerResultTtlInSeconds");
    let kind = match decides.as_ref().map(|it| &*it.value) {
        Some("COGNITO_USER_POOLS") => {
            AuthorizerKind::Cognito { pools: draft.texts_of(of, "ProviderARNs"), cache }
        }
        Some(decides @ ("TOKEN" | "REQUEST")) => {
            let token = decides == "TOKEN";
            let callee = match of.get("AuthorizerUri").filter(|it| is_there(it)) {
                None => Callee::Unknown,
                Some(uri) => match target(cx, draft, uri) {
                    Target::Function { callee, .. } => callee,
                    Target::Action(it) | Target::Server(it) => Callee::Arn(it),
                },
            };
            AuthorizerKind::Lambda {
                callee,
                token,
                identity_pattern: draft.name_of(of, "IdentityValidationExpression").filter(|_| token),
                response: AuthorizerResponse::Iam,
                payload: Name::new("1.0".into(), name.span),
                cache,
                role: draft.text_of(of, "AuthorizerCredentials"),
            }
        }
        _ => AuthorizerKind::Unknown,
    };
    let identity = draft.text_of(of, "IdentitySource").map(separated).unwrap_or_default();
    draft.ir.authorizers.push(Authorizer { name, kind, identity });
    draft.authorizers.insert(it.id.value.clone(), id);
    draft.called(Generated::Authorizer(id), &it.id.value);
}

/// Identity sources that stand in one text, with commas between them.
pub(crate) fn separated(it: Located<Text>) -> Vec<Located<Text>> {
    match it {
        Spanned { value: Value::Known(text), span } => text
            .split(',')
            .map(str::trim)
            .filter(|it| !it.is_empty())
            .map(|it| known(it.into(), span))
            .collect(),
        deferred => vec![deferred],
    }
}
