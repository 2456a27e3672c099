use gatewright_source::Severity;

use super::casing::{Subject, report};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "inconsistent-operation-case",
    page: include_str!("inconsistent_operation_case.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let names = cx.ir.routes.values().filter_map(|it| it.operation_name.as_deref());
    let of = Subject { names: "names of operations", agreed: cx.settings.naming.operations };
    report(&of, names.map(|it| (&*it.value, it.span)), out);
}
