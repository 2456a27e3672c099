use gatewright_source::{Edit, Fix, Safety, Severity};

use crate::rules::cloudformation::template::{api_id, text};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "deployment-beside-auto-deploy",
    page: include_str!("deployment_beside_auto_deploy.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Strict,
    fix: Some(Safety::Safe),
    kinds: Kinds::V2,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), cx.template()) else { return };
    for it in template.parts(api).filter(|it| it.of == "AWS::ApiGatewayV2::Stage") {
        let (Some(automatic), Some(deployment)) = (it.get("AutoDeploy"), it.get("DeploymentId")) else {
            continue;
        };
        if text(automatic).is_none_or(|it| it != "true") {
            continue;
        }
        let edit = Edit::Remove { entry: deployment.span };
        out.report(deployment.span, format!("`{}` deploys by itself, and names a deployment", it.id.value))
            .label(automatic.span, "said here")
            .help("remove `DeploymentId`, or `AutoDeploy`")
            .fix(Fix::safe("remove `DeploymentId`", [edit]));
    }
}
