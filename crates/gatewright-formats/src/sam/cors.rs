//! `Cors` of REST APIs and `CorsConfiguration` of HTTP APIs.

use gatewright_ir::{Cors, CorsSetting, Duration, Located, Span, Text, Value, known};
use gatewright_spec::{Data, Raw};

use crate::cors::listed;
use crate::draft::{Draft, is_there};

/// REST: the values of headers, in single quotes; text alone is the origin.
///
/// Source: AWS SAM Developer Guide, `CorsConfiguration`. Where no methods are named, each path allows those that it has.
pub(super) fn rest(draft: &mut Draft, properties: &Raw) {
    let Some(it) = properties.get("Cors").filter(|it| is_there(it)) else { return };
    let Some(cors) = draft.inner(properties, "Cors") else { return };
    if cors.function().is_some() || !matches!(cors.data, Data::Map(_)) {
        let origin = draft.text(&cors);
        draft.ir.api.cors = policy(Cors { allow_origins: listed(&origin), ..empty(it.span) });
        return;
    }
    let list =
        |draft: &mut Draft, key: &str| draft.text_of(&cors, key).map(|it| listed(&it)).unwrap_or_default();
    let mut allow_origins = list(draft, "AllowOrigin");
    if cors.get("AllowOrigin").is_none() {
        allow_origins.push(known("*".into(), cors.span));
    }
    let out = Cors {
        allow_origins,
        allow_methods: list(draft, "AllowMethods"),
        allow_headers: list(draft, "AllowHeaders"),
        max_age: draft.parsed_of(&cors, "MaxAge", |it| seconds(it.trim_matches('\''))),
        allow_credentials: draft.flag_of(&cors, "AllowCredentials"),
        ..empty(cors.span)
    };
    draft.ir.api.cors = policy(out);
}

/// HTTP: `true` is any origin; what the definition says is kept where this says nothing.
pub(super) fn http(draft: &mut Draft, properties: &Raw) {
    let Some(cors) = draft.inner(properties, "CorsConfiguration") else { return };
    if cors.function().is_some() {
        draft.ir.api.cors = CorsSetting::Unknown;
        return;
    }
    let mut out = match std::mem::replace(&mut draft.ir.api.cors, CorsSetting::Missing) {
        CorsSetting::Policy(it) => *it,
        _ => empty(cors.span),
    };
    out.span = cors.span;
    match &cors.data {
        Data::Bool(true) => out.allow_origins = vec![known("*".into(), cors.span)],
        Data::Map(_) => {
            for (key, list) in [
                ("AllowOrigins", &mut out.allow_origins),
                ("AllowMethods", &mut out.allow_methods),
                ("AllowHeaders", &mut out.allow_headers),
                ("ExposeHeaders", &mut out.expose_headers),
            ] {
                let given = items(draft, &cors, key);
                if !given.is_empty() {
                    *list = given;
                }
            }
            out.max_age = draft.seconds_of(&cors, "MaxAge").or(out.max_age);
            out.allow_credentials = draft.flag_of(&cors, "AllowCredentials").or(out.allow_credentials);
        }
        _ => return,
    }
    draft.ir.api.cors = policy(out);
}

/// A list, which may be a function as a whole.
fn items(draft: &mut Draft, cors: &Raw, key: &str) -> Vec<Located<Text>> {
    match draft.list_of(cors, key) {
        Some(it) => match it.value {
            Value::Known(items) => items,
            Value::Deferred(raw) => vec![gatewright_ir::Spanned::new(Value::Deferred(raw), it.span)],
        },
        None => Vec::new(),
    }
}

fn policy(it: Cors) -> CorsSetting {
    CorsSetting::Policy(Box::new(it))
}

fn seconds(text: &str) -> Option<Duration> {
    text.trim().parse().ok().map(Duration::seconds)
}

fn empty(span: Span) -> Cors {
    Cors {
        span,
        allow_origins: Vec::new(),
        allow_methods: Vec::new(),
        allow_headers: Vec::new(),
        expose_headers: Vec::new(),
        max_age: None,
        allow_credentials: None,
    }
}
