use gatewright_ir::Data;
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "empty-model",
    page: include_str!("empty_model.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for model in cx.ir.models.values() {
        if model
            .schema
            .as_ref()
            .is_some_and(|it| matches!(&it.data, Data::Map(keywords) if keywords.is_empty()))
        {
            out.report(
                model.name.span,
                format!("the model `{}` says nothing about a body", model.name.value),
            )
            .help_in(Formats::ALL, "say at least which type it has: `type: object`");
        }
    }
}
