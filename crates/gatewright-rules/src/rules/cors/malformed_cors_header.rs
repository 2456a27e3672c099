use gatewright_source::Severity;

use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-cors-header",
    page: include_str!("malformed_cors_header.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(cors) = cx.ir.api.cors.policy() else { return };
    for it in cors.allow_headers.iter().chain(&cors.expose_headers) {
        let Some(text) = it.value.as_str() else { continue };
        if text.contains("{{resolve:") || is_header(text) {
            continue;
        }
        if text.contains(',') {
            let names = text.split(',').map(str::trim).filter(|it| !it.is_empty());
            let items: Vec<&str> = names.collect();
            out.report(it.span, format!("`{}` is one item with several headers", shown(text)))
                .help(format!("write an item for each: `[{}]`", shown(&items.join(", "))));
        } else {
            out.report(it.span, format!("`{}` is no name of a header", shown(text)))
                .help("write one such as `content-type` or `x-request-id`, or `\"*\"`");
        }
    }
}

/// Source: <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2>, `token`; `*` is one.
fn is_header(text: &str) -> bool {
    let is_token = |it: u8| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it);
    !text.is_empty() && text.bytes().all(is_token)
}
