use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

pub(super) static RULE: Rule = Rule {
    name: "permission-for-latest",
    page: include_str!("permission_for_latest.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

const LATEST: &str = ":$LATEST";

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for it in template.of_type("AWS::Lambda::Permission") {
        let Some(function) = it.get("FunctionName") else { continue };
        if !it.text("FunctionName").is_some_and(|it| it.ends_with(LATEST)) {
            continue;
        }
        let finding = out
            .report(function.span, format!("`{}` is for the version `$LATEST`", it.id.value))
            .help("leave the version out: without one, `$LATEST` is called");
        if let Some(name) = function.as_str().and_then(|it| it.strip_suffix(LATEST)) {
            let edit = Edit::Set { at: function.span, value: Written::text(name) };
            finding.fix(Fix::safe("remove `:$LATEST`", [edit]));
        }
    }
}
