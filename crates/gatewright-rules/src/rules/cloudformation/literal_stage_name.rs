use gatewright_ir::{Data, Raw};
use gatewright_source::{Severity, Span};
use rustc_hash::FxHashMap;

use super::template::{Resource, api_id, logical_id, text};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "literal-stage-name",
    page: include_str!("literal_stage_name.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

/// What names a stage beside an API.
const MAPPINGS: [&str; 3] = [
    "AWS::ApiGateway::BasePathMapping",
    "AWS::ApiGateway::BasePathMappingV2",
    "AWS::ApiGatewayV2::ApiMapping",
];

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), cx.template()) else { return };
    // What makes a stage, by the stage's name: its resource, or a deployment that names it.
    let mut made: FxHashMap<String, &Resource<'_>> = FxHashMap::default();
    for it in template.parts(api).filter(|it| it.is_stage() || it.is_deployment()) {
        if let Some(name) = it.text("StageName") {
            let known = made.entry(name).or_insert(it);
            if it.is_stage() {
                *known = it;
            }
        }
    }
    if made.is_empty() {
        return;
    }
    for it in template.parts(api) {
        let named: Vec<&Raw> = if MAPPINGS.contains(&it.of) {
            it.get("Stage").into_iter().collect()
        } else if it.of == "AWS::ApiGateway::UsagePlan" {
            plan_stages(it, api)
        } else {
            continue;
        };
        let mut waits_for = None;
        for stage in named {
            let Some(maker) = text(stage).and_then(|it| made.get(&it)) else { continue };
            let waits_for = waits_for.get_or_insert_with(|| template.waits_for(&it.id.value));
            if waits_for.contains(&*maker.id.value) || maker.condition != it.condition {
                continue;
            }
            report(it, stage.span, maker, out);
        }
    }
}

fn report(it: &Resource<'_>, span: Span, maker: &Resource<'_>, out: &mut Findings) {
    let id = &maker.id.value;
    let help = if maker.is_stage() {
        format!("write `!Ref {id}`, which is the name, and makes CloudFormation wait")
    } else {
        format!("add `DependsOn: {id}`")
    };
    out.report(span, format!("`{}` does not wait for the stage that it names", it.id.value))
        .label(maker.id.span, "the stage is made here, perhaps later")
        .help(help);
}

/// The stages of an API in a usage plan.
fn plan_stages<'t>(plan: &Resource<'t>, api: &str) -> Vec<&'t Raw> {
    let Some(Data::List(stages)) = plan.get("ApiStages").map(|it| &it.data) else { return Vec::new() };
    let is_of_api = |it: &&Raw| it.get("ApiId").and_then(logical_id).as_deref() == Some(api);
    stages.iter().filter(is_of_api).filter_map(|it| it.get("Stage")).collect()
}
