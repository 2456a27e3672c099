use gatewright_source::Severity;

use super::property::is_absent;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "public-function-permission",
    page: include_str!("public_function_permission.md"),
    severity: Severity::Error,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

/// What narrows a permission for everybody, or makes it one of a function's own URL.
const NARROW: [&str; 6] = [
    "SourceArn",
    "SourceAccount",
    "PrincipalOrgID",
    "EventSourceToken",
    "FunctionUrlAuthType",
    "InvokedViaFunctionUrl",
];

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for it in template.of_type("AWS::Lambda::Permission") {
        let Some(properties) = it.properties() else { continue };
        let Some(principal) = it.get("Principal").filter(|it| it.as_str() == Some("*")) else { continue };
        let action = it.text("Action");
        let is_call = matches!(action.as_deref(), Some("lambda:InvokeFunction" | "lambda:*" | "*"));
        if is_call && NARROW.iter().all(|key| is_absent(properties, key)) {
            out.report(
                principal.span,
                format!("`{}` lets everybody call the function, in every AWS account", it.id.value),
            )
            .help("write `Principal: apigateway.amazonaws.com`, and the API's ARN as `SourceArn`");
        }
    }
}
