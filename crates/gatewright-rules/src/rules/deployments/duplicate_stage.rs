use gatewright_source::{Edit, Fix, Safety, Severity};
use rustc_hash::FxHashMap;

use crate::rules::cloudformation::template::{Resource, api_id};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "duplicate-stage",
    page: include_str!("duplicate_stage.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), cx.template()) else { return };
    let mut stages: FxHashMap<String, &Resource<'_>> = FxHashMap::default();
    // SAM makes a stage of each API.
    let own = template.get(api).filter(|it| it.of == "AWS::Serverless::Api");
    for it in own.into_iter().chain(template.parts(api).filter(|it| it.is_stage())) {
        let Some(name) = it.text("StageName").filter(|it| !it.contains("${?}")) else { continue };
        let Some(first) = stages.get(&name) else {
            stages.insert(name, it);
            continue;
        };
        // Of two under conditions only one may be there.
        if first.condition.is_none() && it.condition.is_none() {
            let message =
                format!("`{}` is a second stage with the name of `{}`", it.id.value, first.id.value);
            out.report(it.id.span, message)
                .label(first.id.span, "the first one")
                .help("give it another name");
        }
    }
    for it in template.parts(api).filter(|it| it.of == "AWS::ApiGateway::Deployment") {
        let (Some(name), Some(span)) = (it.text("StageName"), it.get("StageName").map(|it| it.span)) else {
            continue;
        };
        let Some(stage) = stages.get(&name).filter(|of| of.condition == it.condition) else { continue };
        // One that is made later than the stage is deployed to it.
        if template.waits_for(&it.id.value).contains(&*stage.id.value) {
            continue;
        }
        let is_certain = template.waits_for(&stage.id.value).contains(&*it.id.value);
        let message = format!("`{}` makes the stage that `{}` makes as well", it.id.value, stage.id.value);
        let finding = out
            .report(span, message)
            .label(stage.id.span, "the stage is made here, too")
            .help("remove `StageName`: the stage names the deployment");
        let finding = match it.get("StageDescription") {
            None if is_certain => {
                finding.fix(Fix::safe("remove `StageName`", [Edit::Remove { entry: span }]))
            }
            _ => finding,
        };
        if !is_certain {
            finding.warning();
        }
    }
}
