use gatewright_ir::{Domain, DomainId, Generated};
use gatewright_source::{Edit, Fix, Safety, Severity, Span};

use crate::limits::MAX_MAPPING_KEY;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-mapping-key",
    page: include_str!("malformed_mapping_key.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Domain(check),
};

/// What a key may hold, besides letters and digits; `/` separates its parts.
///
/// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html
const SPECIAL: &str = "$-_.+!*'()/";

fn check(cx: &Context<'_>, id: DomainId, domain: &Domain, out: &mut Findings) {
    for (at, mapping) in domain.mappings.iter().enumerate() {
        if cx.ir.provenance.is_deferred(Generated::Mapping(id, at)) {
            continue;
        }
        let path = mapping.path();
        let trimmed = path.trim_matches('/');
        let shown = shown(path);
        let span = mapping.key.span;
        if let Some(other) = path.chars().find(|it| !it.is_ascii_alphanumeric() && !SPECIAL.contains(*it)) {
            out.report(span, format!("the mapping `{shown}` holds `{}`", other))
                .help(format!("use letters, digits and `{}` only", &SPECIAL[..SPECIAL.len() - 1]));
        } else if path.contains("//") {
            out.report(span, format!("the mapping `{shown}` has two slashes in a row"))
                .help("leave one of them out")
                .fix_in(Formats::ALL, || clean(span, path));
        } else if trimmed.len() != path.len() {
            let end = if path.starts_with('/') { "begins" } else { "ends" };
            out.report(span, format!("the mapping `{shown}` {end} with `/`"))
                .help(format!("write `{trimmed}`"))
                .fix_in(Formats::ALL, || clean(span, path));
        } else if path.len() > MAX_MAPPING_KEY {
            let message =
                format!("this mapping has {} characters; {MAX_MAPPING_KEY} are allowed", path.len());
            out.report(span, message).help("shorten it");
        }
    }
}

/// The key without slashes that separate nothing.
fn clean(at: Span, path: &str) -> Option<Fix> {
    let parts: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
    let clean = parts.join("/");
    (!parts.is_empty()).then(|| Fix::safe(format!("write `{clean}`"), [Edit::reword(at, path, &*clean)]))
}
