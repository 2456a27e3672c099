use gatewright_ir::{Format, Generated};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "untagged-api",
    page: include_str!("untagged_api.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::ALL,
    // SAM has no tags for REST APIs and tags the others itself; the Serverless Framework tags the whole stack.
    formats: Formats::GATEWRIGHT.and(Formats::CLOUDFORMATION),
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    if ir.provenance.is_fragment || !ir.api.tags.is_empty() {
        return;
    }
    let id = ir.provenance.logical_ids.get(&Generated::Api);
    let resource = id.and_then(|id| cx.template()?.get(id));
    // A definition tags what is imported of it, too.
    let in_definition = ir.provenance.definition().is_some_and(|it| it.get("tags").is_some());
    if in_definition || resource.is_some_and(|it| it.get("Tags").is_some()) {
        return;
    }
    let key = if ir.provenance.format == Format::Gatewright { "`tags`" } else { "`Tags`" };
    out.report(ir.api.name.span, format!("`{}` has no tags", ir.api.name.value))
        .help(format!("say with {key} whose it is, and what its costs belong to"));
}
