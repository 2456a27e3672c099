use gatewright_ir::Data;
use gatewright_source::Severity;

use super::source::{Source, entries, flag};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unchecked-required-parameter",
    page: include_str!("unchecked_required_parameter.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::SAM,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(source) = Source::of(cx.ir) else { return };
    for event in source.events() {
        if event.get(&["RequestModel", "ValidateParameters"]).is_some_and(|it| flag(it) != Some(false)) {
            continue;
        }
        let Some(Data::List(parameters)) = event.get(&["RequestParameters"]).map(|it| &it.data) else {
            continue;
        };
        for (name, settings) in parameters.iter().flat_map(|it| entries(Some(it))) {
            let required = settings.get("Required").filter(|it| flag(it) == Some(true));
            // Path parameters are there, or the route is another.
            if let Some(required) = required.filter(|_| !name.value.starts_with("method.request.path.")) {
                let message = format!("requests without `{}` are let through all the same", name.value);
                out.report(required.span, message).help(
                    "add a `RequestModel` with `ValidateParameters: true`, or check it in the function",
                );
            }
        }
    }
}
