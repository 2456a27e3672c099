use gatewright_source::Severity;

use crate::rules::cloudformation::property::is_absent;
use crate::rules::cloudformation::template::api_id;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "canary-without-stage",
    page: include_str!("canary_without_stage.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), cx.template()) else { return };
    for it in template.parts(api).filter(|it| it.of == "AWS::ApiGateway::Deployment") {
        let Some(properties) = it.properties() else { continue };
        let Some(canary) = it.get("DeploymentCanarySettings").filter(|it| it.function().is_none()) else {
            continue;
        };
        if is_absent(properties, "StageName") {
            out.report(canary.span, format!("`{}` is a canary of no stage", it.id.value))
                .help("add `StageName` with the stage that gets the canary");
        }
    }
}
