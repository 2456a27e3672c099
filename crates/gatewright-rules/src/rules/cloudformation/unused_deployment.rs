use gatewright_source::Severity;

use super::template::api_id;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unused-deployment",
    page: include_str!("unused_deployment.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), cx.template()) else { return };
    let mut stages = template.parts(api).filter(|it| it.is_stage());
    // One that deploys by itself needs no deployment, and one without any is reported by itself.
    let Some(stage) = stages.find(|it| it.get("DeploymentId").is_some()) else { return };
    let referred = template.referred();
    for it in template.parts(api).filter(|it| it.is_deployment()) {
        if it.get("StageName").is_none() && !referred.contains(&*it.id.value) {
            out.report(it.id.span, format!("no stage uses the deployment `{}`", it.id.value))
                .label(stage.id.span, "this stage uses another one")
                .help("name it as `DeploymentId` of a stage, or remove it");
        }
    }
}
