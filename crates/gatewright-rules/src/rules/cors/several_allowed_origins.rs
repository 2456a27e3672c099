use gatewright_ir::{Located, Text};
use gatewright_source::{Severity, Span};

use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "several-allowed-origins",
    page: include_str!("several_allowed_origins.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

const ORIGIN: &str = "access-control-allow-origin";

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let mut reported: Option<Span> = None;
    let mut report = |span: Span, origins: &[&str]| {
        if reported.replace(span) == Some(span) {
            return;
        }
        let message = match origins {
            [one] => format!("browsers take one origin, and `{}` is not one", shown(one)),
            _ => format!("browsers take one origin, and this header has {}", origins.len()),
        };
        out.report(span, message)
            .help("send one of them or `*`, or let a mapping template or the function choose by the request's `Origin`");
    };
    // What preflights say was taken apart: parts of one header stand in one place.
    if let Some(cors) = ir.api.cors.policy()
        && let Some(first) = cors.allow_origins.first()
    {
        let of_header = cors.allow_origins.iter().filter(|it| it.span == first.span);
        let origins: Vec<&str> = of_header.filter_map(|it| it.value.as_str()).collect();
        let is_spaced = |it: &&str| it.trim().contains(char::is_whitespace);
        if origins.len() > 1 || origins.iter().any(is_spaced) {
            report(first.span, &origins);
        }
    }
    for integration in ir.integrations.values() {
        let responses = integration.transformation.iter().flat_map(|it| &it.responses);
        let headers = responses.flat_map(|it| &it.headers);
        for (_, value) in headers.filter(|it| it.0.value.eq_ignore_ascii_case(ORIGIN)) {
            let Some(text) = literal(value) else { continue };
            let parts = text.split(|it: char| it == ',' || it.is_whitespace());
            let origins: Vec<&str> = parts.filter(|it| !it.is_empty()).collect();
            if origins.len() > 1 {
                report(value.span, &origins);
            }
        }
    }
}

/// The text that is sent, if it is the same for every request.
fn literal(value: &Located<Text>) -> Option<&str> {
    value.value.as_str()?.strip_prefix('\'')?.strip_suffix('\'')
}
