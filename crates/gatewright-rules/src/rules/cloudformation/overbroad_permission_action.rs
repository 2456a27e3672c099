use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::permissions::PRINCIPAL;
use super::property::literal;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "overbroad-permission-action",
    page: include_str!("overbroad_permission_action.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Strict,
    fix: Some(Safety::Safe),
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

const CALL: &str = "lambda:InvokeFunction";

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for it in template.of_type("AWS::Lambda::Permission") {
        let is_ours = it.get("Principal").and_then(literal).is_some_and(|it| it.0 == PRINCIPAL);
        let action = it
            .get("Action")
            .and_then(literal)
            .filter(|it| it.0 == "*" || it.0.starts_with("lambda:") && it.0.ends_with('*'));
        let (true, Some((action, span))) = (is_ours, action) else { continue };
        let edit = Edit::Set { at: span, value: Written::text(CALL) };
        let title = format!("write `{CALL}`");
        out.report(span, format!("`{action}` allows more than to call the function"))
            .help(title.clone())
            .fix(Fix::safe(title, [edit]));
    }
}
