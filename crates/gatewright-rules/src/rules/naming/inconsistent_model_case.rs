use gatewright_ir::{Generated, Model, ModelId};
use gatewright_source::Severity;

use super::casing::{Subject, report};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "inconsistent-model-case",
    page: include_str!("inconsistent_model_case.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let names = cx.ir.models.iter().filter(|(id, it)| is_chosen(cx, *id, it)).map(|it| &it.1.name);
    let of = Subject { names: "models", agreed: cx.settings.naming.models };
    report(&of, names.map(|it| (&*it.value, it.span)), out);
}

/// Whether somebody chose the name: it is neither that of a resource nor one that was made up for a schema in its place.
fn is_chosen(cx: &Context<'_>, id: ModelId, it: &Model) -> bool {
    let logical_id = cx.ir.provenance.logical_ids.get(&Generated::Model(id));
    logical_id.is_none_or(|id| *id != it.name.value)
        && it.schema.as_ref().is_none_or(|schema| schema.span != it.name.span)
}
