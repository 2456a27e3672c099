//! Who may call the routes of a REST API.
//!
//! Source: serverless/serverless v3, `lib/plugins/aws/package/compile/events/api-gateway/lib`: `validate.js`,
//! `method/authorization.js`, `authorizers.js`.

use gatewright_ir::{
    Authorization, AuthorizationSource, Authorizer, AuthorizerId, AuthorizerKind, AuthorizerResponse, Callee,
    Generated, Located, Name, Span, Spanned, Text, Value, known,
};
use gatewright_spec::Raw;

use super::rest::{Http, OPEN};
use super::service::{Service, at};
use super::{functions, naming};
use crate::draft::{Draft, Reading, known_text};
use crate::target::callee;
use crate::written::{sole_hole, written};

/// Where tokens stand if nothing else is said.
const IDENTITY: &str = "method.request.header.Authorization";

/// Who may call, where that was said, and the scopes.
pub(super) type Authorized = (Authorization, AuthorizationSource, Vec<Located<Text>>);

/// Who may call a route.
pub(super) fn authorization(
    cx: &mut Reading<'_>,
    draft: &mut Draft,
    service: &Service,
    it: &Http<'_>,
) -> Authorized {
    let Some(raw) = it.get(&["authorizer"]) else { return (OPEN.0, OPEN.1, Vec::new()) };
    let source = AuthorizationSource::Stated(raw.span);
    let (authorization, scopes) = match raw.as_str() {
        Some(text) if text.eq_ignore_ascii_case("aws_iam") => (Authorization::Iam, Vec::new()),
        Some(text) => {
            let name = match text.contains(':') {
                true => naming::last_word(text),
                false => text,
            };
            let name = Name::new(name.into(), raw.span);
            (made(cx, draft, service, name, raw, raw), Vec::new())
        }
        None => (long(cx, draft, service, raw), draft.texts_of(raw, "scopes")),
    };
    (authorization, source, scopes)
}

fn kind_of(raw: &Raw) -> Option<String> {
    at(raw, &["type"])?.as_str().map(str::to_ascii_uppercase)
}

fn long(cx: &mut Reading<'_>, draft: &mut Draft, service: &Service, raw: &Raw) -> Authorization {
    let kind = kind_of(raw);
    if raw.function().is_some() || at(raw, &["type"]).is_some_and(|it| it.as_str().is_none()) {
        return Authorization::Unknown;
    }
    if let (Some(id), Some(kind)) = (at(raw, &["authorizerId"]), &kind) {
        return elsewhere(cx, draft, id, kind);
    }
    if kind.as_deref() == Some("AWS_IAM") {
        return Authorization::Iam;
    }
    let named = at(raw, &["name"]).filter(|it| it.as_str().is_some());
    let (name, who) = match (at(raw, &["arn"]), named) {
        (Some(arn), Some(name)) => (name.as_str().map(Text::from), arn),
        (Some(arn), None) => (arn.as_str().map(|it| naming::last_word(it).into()), arn),
        (None, Some(name)) => (name.as_str().map(Text::from), name),
        (None, None) => return Authorization::Unknown,
    };
    let Some(name) = name else { return Authorization::Unknown };
    let name = Name::new(name, named.unwrap_or(who).span);
    made(cx, draft, service, name, who, raw)
}

/// An authorizer that the framework makes: of all events that name it one.
fn made(
    cx: &mut Reading<'_>,
    draft: &mut Draft,
    service: &Service,
    name: Name,
    who: &Raw,
    raw: &Raw,
) -> Authorization {
    let logical_id: Text = (naming::name(&name.value) + "ApiGatewayAuthorizer").into();
    if let Some(known) = draft.authorizers.get(&logical_id) {
        return Authorization::Authorizer(*known);
    }
    let kind = kind_of(raw);
    let is_pool = |it: &str| it.starts_with("arn:") && it.split(':').nth(2) == Some("cognito-idp");
    let by_arn = who.as_str().is_none_or(|it| it.contains(':'));
    let cache = draft.seconds_of(raw, "resultTtlInSeconds");
    let never = cache.as_ref().is_some_and(|it| it.value.known().is_some_and(|it| it.as_seconds() == 0));
    let identity = match at(raw, &["identitySource"]) {
        Some(it) => identity(draft, it),
        None if kind.as_deref() == Some("REQUEST") && never => Vec::new(),
        None => vec![known(Text::from(IDENTITY), name.span)],
    };
    let kind = if kind.as_deref() == Some("COGNITO_USER_POOLS") || who.as_str().is_some_and(is_pool) {
        AuthorizerKind::Cognito { pools: vec![draft.text(who)], cache }
    } else {
        let callee = match by_arn {
            true => callee(cx, draft, who),
            false => functions::callee(cx, draft, service, &name),
        };
        let token = kind.as_deref() != Some("REQUEST");
        let pattern = draft.text_of(raw, "identityValidationExpression").and_then(known_text);
        lambda(callee, token, pattern, cache, name.span)
    };
    Authorization::Authorizer(add(draft, &logical_id, Authorizer { name, kind, identity }))
}

fn lambda(
    callee: Callee,
    token: bool,
    identity_pattern: Option<Name>,
    cache: Option<Located<gatewright_ir::Duration>>,
    span: Span,
) -> AuthorizerKind {
    AuthorizerKind::Lambda {
        callee,
        token,
        identity_pattern: identity_pattern.filter(|_| token),
        response: AuthorizerResponse::Iam,
        payload: Name::new("1.0".into(), span),
        cache,
        role: None,
    }
}

fn add(draft: &mut Draft, key: &Text, authorizer: Authorizer) -> AuthorizerId {
    let id = draft.ir.authorizers.push(authorizer);
    draft.authorizers.insert(key.clone(), id);
    draft.called(Generated::Authorizer(id), key);
    id
}

/// Several places are separated by commas.
fn identity(draft: &mut Draft, it: &Raw) -> Vec<Located<Text>> {
    match it.as_str() {
        Some(text) => text.split(',').map(|part| known(part.trim().into(), it.span)).collect(),
        None => draft.texts(it),
    }
}

/// An authorizer that is named by its id: one under `resources`, or one of which only the type is known.
fn elsewhere(cx: &Reading<'_>, draft: &mut Draft, id: &Raw, kind: &str) -> Authorization {
    let Some(text) = written(&cx.scope, id) else { return Authorization::Unknown };
    let key: Text = match sole_hole(&text) {
        Some((name, None | Some("AuthorizerId"))) => name.into(),
        _ => text.as_str().into(),
    };
    if let Some(known) = draft.authorizers.get(&key) {
        return Authorization::Authorizer(*known);
    }
    let unknown = || Spanned::new(Value::unknown(id.span), id.span);
    let kind = match kind {
        "COGNITO_USER_POOLS" => AuthorizerKind::Cognito { pools: vec![unknown()], cache: None },
        "TOKEN" | "REQUEST" | "CUSTOM" => lambda(
            Callee::Unknown,
            kind == "TOKEN",
            None,
            Some(Spanned::new(Value::unknown(id.span), id.span)),
            id.span,
        ),
        _ => return Authorization::Unknown,
    };
    let name = Name::new(key.clone(), id.span);
    let authorizer = Authorizer { name, kind, identity: vec![unknown()] };
    let id = draft.ir.authorizers.push(authorizer);
    draft.authorizers.insert(key, id);
    Authorization::Authorizer(id)
}
