use gatewright_source::Severity;

use super::definition::{and_more, operations};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "missing-operation-id",
    page: include_str!("missing_operation_id.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(definition) = cx.ir.provenance.definition() else { return };
    let written = operations(definition).filter(|it| it.is_written_out() && &*it.method.value != "options");
    let mut missing = written.filter(|it| it.it.get("operationId").is_none());
    let Some(first) = missing.next() else { return };
    let more = missing.count();
    let verb = if more == 0 { "has" } else { "have" };
    out.report(first.method.span, format!("`{first}`{} {verb} no `operationId`", and_more(more)))
        .help("give each operation one: generators of clients name their functions by it");
}
