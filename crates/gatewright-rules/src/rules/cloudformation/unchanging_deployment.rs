use gatewright_ir::{ApiKind, sole_hole};
use gatewright_source::{Severity, Span};
use rustc_hash::FxHashMap;

use super::template::{named_by, text};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unchanging-deployment",
    page: include_str!("unchanging_deployment.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES.and(Formats::SERVERLESS),
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (named_by(cx.ir), cx.template()) else { return };
    // Of an API that stands elsewhere, the routes may, too.
    if cx.ir.routes.is_empty() && (!cx.ir.api.routes_unknown || cx.ir.provenance.is_fragment) {
        return;
    }
    let is_resource = cx.ir.provenance.is_fragment || template.is_plain_api(api);
    // The stages by the deployments that they name.
    let mut stages: FxHashMap<String, Span> = FxHashMap::default();
    for stage in template.parts(api).filter(|it| it.is_stage()) {
        let named = stage.get("DeploymentId").and_then(text);
        if let Some((id, _)) = named.as_deref().and_then(sole_hole) {
            stages.entry(id.to_owned()).or_insert(stage.id.span);
        }
    }
    for deployment in template.parts(api).filter(|it| it.is_deployment()) {
        let id = &*deployment.id.value;
        // Digits come from a tool or a person who changes the id, and so does what is no id yet.
        let is_changing = id.bytes().any(|it| !it.is_ascii_alphabetic());
        // A canary is meant to be made once.
        if is_changing || deployment.get("DeploymentCanarySettings").is_some() {
            continue;
        }
        // The stages that SAM and the Serverless Framework make they deploy themselves, whoever else does so, too.
        let named = deployment.get("StageName").filter(|_| is_resource).map(|it| it.span);
        let Some(place) = stages.get(id).copied().or(named) else { continue };
        let what = if cx.ir.api.kind == ApiKind::Rest { "methods" } else { "routes" };
        out.report(deployment.id.span, format!("`{id}` is made once: later changes to the API are not deployed"))
            .label(place, "this stage keeps the API as it was then")
            .help(format!(
                "end the logical id with a hash of the {what}, and change it whenever they change, as `{id}4f1c2a9b`"
            ));
    }
}
