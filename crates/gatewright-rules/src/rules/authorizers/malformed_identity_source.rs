use std::borrow::Cow;

use gatewright_ir::{ApiKind, Authorizer, AuthorizerId, AuthorizerKind, Format};
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-identity-source",
    page: include_str!("malformed_identity_source.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::V2,
    formats: Formats::ALL,
    check: Check::Authorizer(check),
};

/// Where a JWT authorizer may look.
///
/// Source: API Gateway Developer Guide, "Control access to HTTP APIs with JWT authorizers".
const OF_JWT: [&str; 2] = ["$request.header.", "$request.querystring."];
/// Where a Lambda authorizer may look.
///
/// Source: API Gateway Developer Guide, "Control access to HTTP APIs with AWS Lambda authorizers".
const OF_LAMBDA: [&str; 4] = ["$request.header.", "$request.querystring.", "$context.", "$stageVariables."];
/// How REST and WebSocket APIs begin what HTTP APIs begin with `$request.`.
const OF_OTHER_KINDS: [&str; 4] = ["method.request.", "route.request.", "integration.request.", "request."];

fn check(cx: &Context<'_>, _: AuthorizerId, authorizer: &Authorizer, out: &mut Findings) {
    let jwt = match authorizer.kind {
        AuthorizerKind::Jwt { .. } => true,
        AuthorizerKind::Lambda { .. } => false,
        AuthorizerKind::Cognito { .. } | AuthorizerKind::Unknown => return,
    };
    let sources: &[&str] = if jwt { &OF_JWT } else { &OF_LAMBDA };
    let name = &authorizer.name.value;
    for it in &authorizer.identity {
        let Some(text) = it.value.as_str() else { continue };
        if cx.ir.api.kind == ApiKind::WebSocket
            && cx.ir.provenance.format != Format::Gatewright
            && let Some(meant) = of_message(text)
        {
            let title = format!("write `{meant}`");
            out.report(it.span, format!("`{name}` cannot find an identity in `{}`", shown(text)))
                .help(title.clone())
                .fix(Fix::safe(title, [Edit::Set { at: it.span, value: Written::text(meant) }]));
            continue;
        }
        let short = if cx.ir.api.kind == ApiKind::WebSocket { in_short(text) } else { text.into() };
        let text = &*short;
        let rest = sources.iter().find_map(|source| text.strip_prefix(source));
        if rest.is_some_and(|rest| {
            !rest.is_empty() && !rest.contains(|it: char| it.is_whitespace() || it == '$')
        }) {
            continue;
        }
        let finding = out.report(it.span, format!("`{name}` cannot find an identity in `{}`", shown(text)));
        match meant(text, sources) {
            Some(meant) => {
                let is_foreign = cx.ir.provenance.format != Format::Gatewright;
                let meant = match cx.ir.api.kind {
                    ApiKind::WebSocket if is_foreign => in_long(&meant),
                    _ => meant,
                };
                let edit = Edit::reword(it.span, it.value.as_str().unwrap_or_default(), &*meant);
                finding
                    .help(format!("write `{meant}`"))
                    .fix(Fix::safe(format!("write `{meant}`"), [edit]))
            }
            None if jwt => {
                finding.help("a token stands in `$request.header.NAME` or `$request.querystring.NAME`")
            }
            None => finding.help(
                "write `$request.header.NAME`, `$request.querystring.NAME`, `$context.NAME` or `$stageVariables.NAME`",
            ),
        };
    }
    if !jwt {
        return;
    }
    let mut known = authorizer.identity.iter().filter(|it| it.value.known().is_some());
    if let (Some(first), Some(second)) = (known.next(), known.next()) {
        out.report(second.span, format!("`{name}` has a second place for its token"))
            .label(first.span, "the first one")
            .help("a JWT authorizer looks in one place; keep one, or make a second authorizer");
    } else if authorizer.identity.is_empty() {
        out.report(authorizer.name.span, format!("`{name}` has no place for its token")).help(
            "say where it stands, or leave `identity` out: `$request.header.Authorization` is the default",
        );
    }
}

/// What is written as for an HTTP API, as WebSocket APIs have it. Specifications of ours write the same for all kinds.
fn of_message(text: &str) -> Option<String> {
    let rest = text.strip_prefix('$')?;
    match rest.strip_prefix("request.") {
        Some(place) => (place.starts_with("header.") || place.starts_with("querystring."))
            .then(|| format!("route.request.{place}")),
        None => {
            (rest.starts_with("context.") || rest.starts_with("stageVariables.")).then(|| rest.to_owned())
        }
    }
}

/// What WebSocket APIs call `route.request.header.x`, as it is written for all kinds: `$request.header.x`.
fn in_short(text: &str) -> Cow<'_, str> {
    if let Some(rest) = text.strip_prefix("route.request.") {
        return format!("$request.{rest}").into();
    }
    let is_bare = text.starts_with("context.") || text.starts_with("stageVariables.");
    if is_bare { format!("${text}").into() } else { text.into() }
}

/// The same the other way round.
fn in_long(text: &str) -> String {
    let bare = text.trim_start_matches('$');
    if bare.starts_with("request.") { format!("route.{bare}") } else { bare.to_owned() }
}

/// What was probably meant.
fn meant(text: &str, sources: &[&str]) -> Option<String> {
    let is_token =
        |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it));
    if is_token(text) {
        return Some(format!("$request.header.{text}"));
    }
    let text = text.trim();
    let bare = OF_OTHER_KINDS.iter().find_map(|it| text.strip_prefix(it));
    let whole = match bare {
        Some(rest) => format!("$request.{rest}"),
        None if text.starts_with('$') => text.to_owned(),
        None => format!("${text}"),
    };
    // Right but for its case, or for what stands before it.
    sources.iter().find_map(|source| {
        let (start, name) = whole.split_at_checked(source.len())?;
        (start.eq_ignore_ascii_case(source) && is_token(name)).then(|| format!("{source}{name}"))
    })
}
