use gatewright_ir::{Authorizer, AuthorizerId, AuthorizerKind};
use gatewright_source::{Edit, Fix, Safety, Severity, Span};

use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-rest-identity",
    page: include_str!("malformed_rest_identity.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Authorizer(check),
};

/// Where a token may stand.
///
/// Source: API Gateway Developer Guide, "Use API Gateway Lambda authorizers".
const OF_TOKEN: [&str; 1] = ["method.request.header."];
/// Where the function of a REQUEST authorizer may look.
///
/// Source: CloudFormation Template Reference, `AWS::ApiGateway::Authorizer`: `IdentitySource`.
const OF_REQUEST: [&str; 5] = [
    "method.request.header.",
    "method.request.querystring.",
    "method.request.path.",
    "context.",
    "stageVariables.",
];
/// How the places are written in a specification, in the same order.
const WRITTEN: [&str; 5] =
    ["$request.header.", "$request.querystring.", "$request.path.", "$context.", "$stageVariables."];

fn check(_: &Context<'_>, _: AuthorizerId, authorizer: &Authorizer, out: &mut Findings) {
    let sources: &[&str] = match authorizer.kind {
        AuthorizerKind::Lambda { token: false, .. } => &OF_REQUEST,
        AuthorizerKind::Lambda { .. } | AuthorizerKind::Cognito { .. } => &OF_TOKEN,
        AuthorizerKind::Jwt { .. } | AuthorizerKind::Unknown => return,
    };
    let is_token = sources.len() == OF_TOKEN.len();
    let name = &authorizer.name.value;
    for it in &authorizer.identity {
        let Some(text) = it.value.as_str() else { continue };
        // API Gateway takes several places in one text, too.
        if text.split(',').all(|it| is_source(it.trim(), sources)) && !(is_token && text.contains(',')) {
            continue;
        }
        let finding = out.report(it.span, format!("`{name}` cannot find an identity in `{}`", shown(text)));
        match meant(text, sources) {
            Some(meant) => {
                let in_aws = aws(&meant);
                finding
                    .help(format!("write `{meant}`"))
                    .fix_in(Formats::GATEWRIGHT, || Some(write(it.span, text, &meant)))
                    .fix_in(Formats::FOREIGN, || Some(write(it.span, text, &in_aws)))
            }
            None if is_token => finding.help("a token stands in a header: `$request.header.NAME`"),
            None => finding.help(
                "write `$request.header.NAME`, `$request.querystring.NAME`, `$context.NAME` or `$stageVariables.NAME`",
            ),
        };
    }
    if !is_token {
        return;
    }
    match &authorizer.identity[..] {
        [_] => {}
        [] => drop(
            out.report(authorizer.name.span, format!("`{name}` has no place for its token"))
                .help("leave `identity` out, and tokens stand in the header `Authorization`"),
        ),
        [first, second, ..] => drop(
            out.report(second.span, format!("`{name}` has a second place for its token"))
                .label(first.span, "the first one")
                .help("keep one of them; a function that needs more has `type: request`"),
        ),
    }
}

fn is_source(text: &str, sources: &[&str]) -> bool {
    sources.iter().any(|it| text.strip_prefix(it).is_some_and(is_name))
}

fn is_name(it: &str) -> bool {
    !it.is_empty() && !it.contains(|it: char| it.is_whitespace() || it == '$')
}

fn write(at: Span, text: &str, meant: &str) -> Fix {
    Fix::safe(format!("write `{meant}`"), [Edit::reword(at, text, meant)])
}

/// What is written in a specification, as AWS writes it.
fn aws(written: &str) -> String {
    let bare = written.trim_start_matches('$');
    if bare.starts_with("request.") { format!("method.{bare}") } else { bare.to_owned() }
}

/// What was probably meant.
fn meant(text: &str, sources: &[&str]) -> Option<String> {
    let is_word =
        |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it));
    if is_word(text) {
        return Some(format!("$request.header.{text}"));
    }
    let bare = text.trim().trim_start_matches('$');
    // Right but for its case, or for what stands before it.
    sources.iter().zip(WRITTEN).find_map(|(source, written)| {
        let short = source.strip_prefix("method.request.");
        let starts = [Some(*source), written.strip_prefix('$'), short];
        let name = starts.into_iter().flatten().find_map(|start| {
            let (before, name) = bare.split_at_checked(start.len())?;
            before.eq_ignore_ascii_case(start).then_some(name)
        })?;
        is_word(name).then(|| format!("{written}{name}"))
    })
}
