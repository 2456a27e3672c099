//! `Auth`: authorizers, what holds for all routes, and what events say of their own.

use gatewright_ir::{
    ApiKind, Authorization, AuthorizationSource, Authorizer, AuthorizerId, AuthorizerKind,
    AuthorizerResponse, Located, Method, Name, Route, Span, Spanned, Text, Value, known,
};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use crate::draft::{Draft, Reading, flag, is_there};
use crate::target;

/// What an API says under `Auth`.
#[derive(Default)]
pub(super) struct Auth {
    /// Who may call routes that do not say otherwise.
    default: Option<(Authorization, Span)>,
    /// The scopes of authorizers, which hold for routes that have none of their own.
    scopes: FxHashMap<AuthorizerId, Vec<Located<Text>>>,
    /// Where it is said that callers must show an API key.
    api_key: Option<Span>,
    /// Whether the default holds for `OPTIONS` too; only REST APIs are asked.
    on_preflight: bool,
    /// Whether an API key is asked of `OPTIONS` too.
    api_key_on_preflight: bool,
    /// Whose credentials the backends of routes with IAM are called with, if that was said.
    invoke_role: Option<Raw>,
}

/// Reads `Auth` of an API, and its authorizers into the draft.
pub(super) fn read(cx: &Reading<'_>, draft: &mut Draft, properties: &Raw) -> Auth {
    let Some(auth) = draft.inner(properties, "Auth").filter(|it| it.function().is_none()) else {
        return Auth::default();
    };
    let mut out = Auth {
        on_preflight: !is_false(draft, &auth, "AddDefaultAuthorizerToCorsPreflight"),
        api_key_on_preflight: !is_false(draft, &auth, "AddApiKeyRequiredToCorsPreflight"),
        api_key: required(draft, &auth),
        invoke_role: draft.inner(&auth, "InvokeRole"),
        ..Auth::default()
    };
    if let Some(all) = draft.inner(&auth, "Authorizers") {
        for (name, it) in draft.entries(&all) {
            let authorizer = authorizer(cx, draft, &name, &it);
            let id = draft.ir.authorizers.push(authorizer);
            draft.authorizers.insert(name.value.clone(), id);
            let scopes = draft.texts_of(&it, "AuthorizationScopes");
            if !scopes.is_empty() {
                out.scopes.insert(id, scopes);
            }
        }
    }
    if let Some(it) = auth.get("DefaultAuthorizer").filter(|it| is_there(it)) {
        let default = named(draft, it);
        out.default = (default.0 != Authorization::None).then_some(default);
    }
    out
}

fn is_false(draft: &mut Draft, of: &Raw, key: &str) -> bool {
    draft.flag_of(of, key).is_some_and(|it| it.value == Value::Known(false))
}

/// Where it is said that callers must show an API key; what is not known counts as said.
fn required(draft: &mut Draft, of: &Raw) -> Option<Span> {
    draft.flag_of(of, "ApiKeyRequired").filter(|it| it.value != Value::Known(false)).map(|it| it.span)
}

/// What the name of an authorizer means.
fn named(draft: &mut Draft, it: &Raw) -> (Authorization, Span) {
    let text = draft.text(it);
    let authorization = match text.value.as_str() {
        Some("NONE") => Authorization::None,
        Some(name) => match draft.authorizers.get(name) {
            Some(id) => Authorization::Authorizer(*id),
            None if name == "AWS_IAM" => Authorization::Iam,
            None => Authorization::Unknown,
        },
        None => Authorization::Unknown,
    };
    (authorization, it.span)
}

fn authorizer(cx: &Reading<'_>, draft: &mut Draft, name: &Name, it: &Raw) -> Authorizer {
    let Some(it) = draft.scope.clone().structure(it).map(std::borrow::Cow::into_owned) else {
        return Authorizer { name: name.clone(), kind: AuthorizerKind::Unknown, identity: Vec::new() };
    };
    let (kind, identity) = match draft.ir.api.kind {
        ApiKind::Http => http(cx, draft, name, &it),
        _ => rest(cx, draft, name, &it),
    };
    Authorizer { name: name.clone(), kind, identity }
}

type Read = (AuthorizerKind, Vec<Located<Text>>);

fn rest(cx: &Reading<'_>, draft: &mut Draft, name: &Name, it: &Raw) -> Read {
    let identity = draft.inner(it, "Identity");
    let header = |draft: &mut Draft| {
        let header = identity.as_ref().and_then(|it| draft.text_of(it, "Header"));
        let header = header.unwrap_or_else(|| known("Authorization".into(), name.span));
        vec![prefixed("method.request.header.", header)]
    };
    if let Some(pools) = draft.inner(it, "UserPoolArn") {
        let kind = AuthorizerKind::Cognito { pools: draft.texts(&pools), cache: None };
        return (kind, header(draft));
    }
    let Some(function) = it.get("FunctionArn").filter(|it| is_there(it)) else {
        return (AuthorizerKind::Unknown, Vec::new());
    };
    let payload_type =
        draft.text_of(it, "FunctionPayloadType").map(|it| it.value.as_str().map(str::to_owned));
    let token = match payload_type {
        None => true,
        Some(Some(it)) if it == "TOKEN" => true,
        Some(Some(it)) if it == "REQUEST" => false,
        Some(_) => return (AuthorizerKind::Unknown, Vec::new()),
    };
    let pattern = identity.as_ref().and_then(|it| draft.name_of(it, "ValidationExpression"));
    let kind = AuthorizerKind::Lambda {
        callee: target::callee(cx, draft, function),
        token,
        identity_pattern: pattern.filter(|_| token),
        response: AuthorizerResponse::Iam,
        payload: Spanned::new("1.0".into(), name.span),
        cache: identity.as_ref().and_then(|it| draft.seconds_of(it, "ReauthorizeEvery")),
        role: role(draft, it),
    };
    let identity = match token {
        true => header(draft),
        false => sources(
            draft,
            identity.as_ref(),
            ["method.request.header.", "method.request.querystring.", "stageVariables.", "context."],
        ),
    };
    (kind, identity)
}

fn http(cx: &Reading<'_>, draft: &mut Draft, name: &Name, it: &Raw) -> Read {
    if let Some(jwt) = draft.inner(it, "JwtConfiguration") {
        let entries = draft.entries(&jwt);
        let find = |key: &str| entries.iter().find(|it| it.0.value.eq_ignore_ascii_case(key)).map(|it| &it.1);
        let kind = AuthorizerKind::Jwt {
            issuer: find("issuer").map(|it| draft.text(it)),
            audience: find("audience").map(|it| draft.texts(it)).unwrap_or_default(),
        };
        let kind = if jwt.function().is_some() { AuthorizerKind::Unknown } else { kind };
        return (kind, draft.texts_of(it, "IdentitySource"));
    }
    let Some(function) = it.get("FunctionArn").filter(|it| is_there(it)) else {
        return (AuthorizerKind::Unknown, Vec::new());
    };
    let identity = draft.inner(it, "Identity");
    let simple = draft.flag_of(it, "EnableSimpleResponses").is_some_and(|it| it.value != Value::Known(false));
    let payload = draft.name_of(it, "AuthorizerPayloadFormatVersion");
    let kind = AuthorizerKind::Lambda {
        callee: target::callee(cx, draft, function),
        token: false,
        identity_pattern: None,
        response: if simple { AuthorizerResponse::Simple } else { AuthorizerResponse::Iam },
        payload: payload.unwrap_or_else(|| Spanned::new("2.0".into(), name.span)),
        cache: identity.as_ref().and_then(|it| draft.seconds_of(it, "ReauthorizeEvery")),
        role: role(draft, it),
    };
    let prefixes = ["$request.header.", "$request.querystring.", "$stageVariables.", "$context."];
    (kind, sources(draft, identity.as_ref(), prefixes))
}

/// The role that an authorizer's function is called with.
fn role(draft: &mut Draft, it: &Raw) -> Option<Located<Text>> {
    draft.text_of(it, "FunctionInvokeRole").filter(|it| it.value.as_str() != Some("NONE"))
}

/// What `Identity` lists, in AWS's syntax.
fn sources(draft: &mut Draft, identity: Option<&Raw>, prefixes: [&str; 4]) -> Vec<Located<Text>> {
    let Some(identity) = identity else { return Vec::new() };
    let mut out = Vec::new();
    for (key, prefix) in ["Headers", "QueryStrings", "StageVariables", "Context"].into_iter().zip(prefixes) {
        out.extend(draft.texts_of(identity, key).into_iter().map(|it| prefixed(prefix, it)));
    }
    out
}

fn prefixed(prefix: &str, it: Located<Text>) -> Located<Text> {
    match it.value.as_str() {
        Some(text) => known(format!("{prefix}{text}").into(), it.span),
        None => it,
    }
}

/// Puts what an event says of itself into its route.
pub(super) fn of_event(draft: &mut Draft, api: &Auth, event: Option<&Raw>, route: &mut Route) {
    let Some(auth) = event.and_then(|it| draft.inner(it, "Auth")) else { return };
    if auth.function().is_some() {
        route.authorization = Authorization::Unknown;
        route.authorization_source = AuthorizationSource::Stated(auth.span);
        return;
    }
    if let Some(it) = auth.get("Authorizer").filter(|it| is_there(it)) {
        let (authorization, span) = named(draft, it);
        route.authorization = authorization;
        route.authorization_source = AuthorizationSource::Stated(span);
    }
    route.scopes = draft.texts_of(&auth, "AuthorizationScopes");
    if let (true, Authorization::Authorizer(id)) = (route.scopes.is_empty(), route.authorization) {
        route.scopes = api.scopes.get(&id).cloned().unwrap_or_default();
    }
    if draft.ir.api.kind == ApiKind::Rest {
        route.api_key = required(draft, &auth);
    }
}

/// Whether an event says that no API key is needed.
fn waives_key(event: Option<&Raw>) -> bool {
    let it = event.and_then(|it| it.get("Auth")?.get("ApiKeyRequired"));
    it.is_some_and(|it| match &it.data {
        Data::Bool(it) => !it,
        Data::String(it) => flag(it) == Some(false),
        _ => false,
    })
}

/// Gives a route what holds for all that do not say otherwise.
pub(super) fn by_default(draft: &Draft, api: &Auth, event: Option<&Raw>, open: bool, route: &mut Route) {
    let rest = draft.ir.api.kind == ApiKind::Rest;
    let preflight = route.key.value.method() == Some(Method::Options);
    let applies = if rest { !preflight || api.on_preflight } else { !preflight };
    let stated = matches!(route.authorization_source, AuthorizationSource::Stated(_));
    if let Some((authorization, span)) = api.default
        && applies
        && !open
        && (!stated || route.authorization == Authorization::None && event.is_none())
    {
        route.authorization = authorization;
        route.authorization_source = AuthorizationSource::Default(span);
        if let (true, Authorization::Authorizer(id)) = (route.scopes.is_empty(), authorization) {
            route.scopes = api.scopes.get(&id).cloned().unwrap_or_default();
        }
    }
    if rest && route.api_key.is_none() && !waives_key(event) && (!preflight || api.api_key_on_preflight) {
        route.api_key = api.api_key;
    }
}

/// The role with which API Gateway calls the backend of a route with IAM: what the event says, or else the API, or else
/// that of whoever calls.
pub(super) fn invoke_role(
    draft: &mut Draft,
    api: &Auth,
    event: Option<&Raw>,
    route: &Route,
) -> Option<Located<Text>> {
    if draft.ir.api.kind != ApiKind::Rest || route.authorization != Authorization::Iam {
        return None;
    }
    let stated = event.and_then(|it| it.get("Auth")?.get("InvokeRole")).cloned();
    let span = route.authorization_source.span().unwrap_or(route.key.span);
    match stated.or_else(|| api.invoke_role.clone()) {
        None => Some(known(CALLER.into(), span)),
        Some(it) if matches!(it.data, Data::Null) => None,
        Some(it) => match it.as_str() {
            Some("NONE") => None,
            Some("CALLER_CREDENTIALS") => Some(known(CALLER.into(), it.span)),
            _ => Some(draft.text(&it)),
        },
    }
}

/// The role that stands for whoever calls.
const CALLER: &str = "arn:aws:iam::*:user/*";
