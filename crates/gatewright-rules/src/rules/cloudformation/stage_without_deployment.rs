use gatewright_ir::{ApiKind, sole_hole};
use gatewright_source::Severity;

use super::template::{Resource, api_id, text};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "stage-without-deployment",
    page: include_str!("stage_without_deployment.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

/// How many deployments are looked at: a template has 500 resources at most.
const MOST: usize = 100;

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template() else { return };
    let parts = api_id(cx.ir).into_iter().flat_map(|api| template.parts(api));
    let deployments: Vec<_> = parts.filter(|it| it.is_deployment()).take(MOST).collect();
    for id in cx.ir.stages.ids() {
        let Some(logical_id) = cx.ir.provenance.logical_ids.get(&gatewright_ir::Generated::Stage(id)) else {
            continue;
        };
        let Some(stage) = template.get(logical_id).filter(|it| it.is_stage()) else { continue };
        // What is given under a condition may be there.
        if stage.get("DeploymentId").is_some() || stage.get("AutoDeploy").is_some_and(|it| !is_false(it)) {
            continue;
        }
        let name = &stage.id.value;
        if cx.ir.api.kind == ApiKind::Rest {
            out.report(stage.id.span, format!("the stage `{name}` names no deployment"))
                .help("add `DeploymentId: !Ref` with a deployment of the API");
            continue;
        }
        // A deployment of this API may say the stage's name.
        if !cx.ir.provenance.is_fragment && !deployments.iter().any(|it| names(it, stage)) {
            let finding =
                out.report(stage.id.span, format!("nothing is deployed to the stage `{name}`")).warning();
            finding.help(match cx.ir.api.kind {
                ApiKind::Http => {
                    "add `AutoDeploy: true`, or `DeploymentId: !Ref` with a deployment of the API"
                }
                _ => "add `DeploymentId: !Ref` with a deployment of the API",
            });
        }
    }
}

fn is_false(it: &gatewright_ir::Raw) -> bool {
    text(it).is_some_and(|it| it.eq_ignore_ascii_case("false"))
}

/// Whether a deployment may be meant for a stage.
fn names(deployment: &Resource<'_>, stage: &Resource<'_>) -> bool {
    let Some(named) = deployment.text("StageName") else { return false };
    Some(&named) == stage.text("StageName").as_ref()
        || sole_hole(&named).is_some_and(|it| it.0 == &*stage.id.value)
        || named.contains("${?}")
}
