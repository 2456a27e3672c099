use gatewright_source::Severity;

use crate::limits::BUILT_IN_MODELS;
use crate::{Category, Check, Context, Findings, Kinds, Rule};

pub(super) static RULE: Rule = Rule {
    name: "built-in-model-redefined",
    page: include_str!("built_in_model_redefined.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    kinds: Kinds::REST,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for model in cx.ir.models.values() {
        let name = &*model.name.value;
        if BUILT_IN_MODELS.contains(&name) {
            out.report(model.name.span, format!("every REST API has a model `{name}` of its own"))
                .help(format!("choose another name, such as `{name}Body`"));
        }
    }
}
