use gatewright_ir::{Cors, Located};
use gatewright_source::{Severity, Text};

use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unreadable-gateway-response",
    page: include_str!("unreadable_gateway_response.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(cors) = cx.ir.api.cors.policy() else { return };
    for response in cx.ir.gateway_responses.values() {
        let origin = response.headers.iter().find(|it| it.0.value.eq_ignore_ascii_case(HEADER));
        let Some((_, value)) = origin else { continue };
        let Some(origin) = value.value.as_str().and_then(|it| it.strip_prefix('\'')?.strip_suffix('\''))
        else {
            continue;
        };
        let (what, place) = if origin == "*" {
            let credentials = cors.allow_credentials.as_ref().filter(|it| it.value.known() == Some(&true));
            let Some(credentials) = credentials else { continue };
            ("they send credentials, and browsers want their origin by name".to_owned(), credentials.span)
        } else if origin.contains([',', ' ']) {
            ("the header has one origin, and not several".to_owned(), cors.span)
        } else if is_other(origin, cors) {
            (format!("`{}` is not among them", shown(origin)), cors.span)
        } else {
            continue;
        };
        out.report(value.span, format!("web pages cannot read `{}`: {what}", response.name.value))
            .label(place, "the web pages that may call")
            .help("remove this header: where `cors` is set, it is written by itself");
    }
}

const HEADER: &str = "access-control-allow-origin";

/// Whether an origin is not among those of the policy, which are all known.
fn is_other(origin: &str, cors: &Cors) -> bool {
    let differs = |it: &Located<Text>| it.value.as_str().is_some_and(|it| !it.contains('*') && it != origin);
    !cors.allow_origins.is_empty() && cors.allow_origins.iter().all(differs)
}
