use gatewright_ir::pascal;
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-model-name",
    page: include_str!("malformed_model_name.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for model in cx.ir.models.values() {
        let name = &*model.name.value;
        if !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric()) {
            continue;
        }
        let better = pascal(name);
        out.report(model.name.span, format!("the name of the model `{name}` is not alphanumeric")).help(
            if better.is_empty() {
                "use letters and digits".to_owned()
            } else {
                format!("use letters and digits only, such as `{better}`")
            },
        );
    }
}
