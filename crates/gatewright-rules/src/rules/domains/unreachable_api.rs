use gatewright_ir::Raw;
use gatewright_source::Severity;

use super::domain_without_mapping::MAPPINGS;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unreachable-api",
    page: include_str!("unreachable_api.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::GATEWRIGHT,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let Some(disabled) = &ir.api.disable_default_endpoint else { return };
    // A domain without mappings is reported by itself.
    if disabled.value.known() != Some(&true) || !ir.domains.is_empty() {
        return;
    }
    let mut raw = ir.template.resources.iter().filter_map(|it| it.1.get("Type").and_then(Raw::as_str));
    if !raw.any(|it| MAPPINGS.contains(&it)) {
        out.report(disabled.span, "the default endpoint is off, and no domain leads to the API")
            .help("add a domain with a mapping under `domains`, or remove `disableDefaultEndpoint`");
    }
}
