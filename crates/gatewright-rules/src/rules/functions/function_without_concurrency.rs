use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};
use gatewright_ir::{Function, FunctionId, Origin};
use gatewright_source::Severity;

pub(super) static RULE: Rule = Rule {
    name: "function-without-concurrency",
    page: include_str!("function_without_concurrency.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::DEPLOYMENTS,
    check: Check::Function(check),
};

fn check(_: &Context<'_>, _: FunctionId, function: &Function, out: &mut Findings) {
    let Origin::Created(created) = &function.origin else { return };
    if let Some(reserved) = created.reserved_concurrency.as_ref().filter(|it| it.value.known() == Some(&0)) {
        out.report(reserved.span, format!("no call of `{}` is let through", function.name.value))
            .help("reserve at least 1, or remove it: then the function shares what the account has");
    }
}
