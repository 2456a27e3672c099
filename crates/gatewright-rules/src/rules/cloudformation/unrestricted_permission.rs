use gatewright_source::Severity;

use super::permissions::PRINCIPAL;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unrestricted-permission",
    page: include_str!("unrestricted_permission.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    // They are the same whatever the API.
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for it in template.of_type("AWS::Lambda::Permission") {
        let Some(principal) = it.get("Principal").filter(|it| it.as_str() == Some(PRINCIPAL)) else {
            continue;
        };
        let narrow = ["SourceArn", "SourceAccount", "PrincipalOrgID"];
        if narrow.iter().all(|key| it.get(key).is_none()) {
            let message = format!("`{}` lets every API in, of every AWS account", it.id.value);
            out.report(principal.span, message)
                .help("add the API's ARN as `SourceArn`, with stage, method and path or `/*`");
        }
    }
}
