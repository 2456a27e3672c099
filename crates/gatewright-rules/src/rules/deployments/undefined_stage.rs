use gatewright_ir::{Format, Generated, Raw};
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use crate::rules::cloudformation::property::{items, literal};
use crate::rules::cloudformation::template::{Resource, api_id, logical_id};
use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "undefined-stage",
    page: include_str!("undefined_stage.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Unsafe),
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
    let stages = &cx.ir.stages;
    if stages.ids().any(|id| cx.ir.provenance.is_deferred(Generated::Stage(id))) {
        return;
    }
    let mut names: Vec<&str> = stages.values().filter(|it| it.declared).map(|it| &*it.name.value).collect();
    // Where none is known, one may be made elsewhere.
    if names.is_empty() {
        return;
    }
    // SAM adds one of its own to REST APIs.
    if cx.ir.provenance.format == Format::Sam {
        names.push("Stage");
    }
    for it in template.parts(api) {
        let named = if MAPPINGS.contains(&it.of) {
            it.get("Stage").into_iter().collect()
        } else if it.of == "AWS::ApiGateway::UsagePlan" {
            plan_stages(it, api)
        } else {
            continue;
        };
        for (stage, span) in named.into_iter().filter_map(literal).filter(|it| !names.contains(&it.0)) {
            if template.is_handed_on(api) {
                return;
            }
            let known = names.iter().copied().filter(|it| *it != "Stage");
            let meant = out.did_you_mean(stage, known.clone());
            let message = format!("`{}` names the stage `{stage}`, which `{api}` does not have", it.id.value);
            let finding = out.report(span, message);
            match meant {
                Some(meant) => {
                    // By a reference where the stage is a resource: CloudFormation then waits for it.
                    let made = stages.iter().find(|it| &*it.1.name.value == meant).map(|it| it.0);
                    let id = made.and_then(|it| cx.ir.provenance.logical_ids.get(&Generated::Stage(it)));
                    let (title, value) = match id {
                        Some(id) => (format!("write `!Ref {id}`"), Written::reference(&**id)),
                        None => (format!("write `{meant}`"), Written::text(meant)),
                    };
                    let edit = Edit::Set { at: span, value };
                    finding.help(format!("did you mean `{meant}`?")).fix(Fix::needs_a_look(title, [edit]));
                }
                None => {
                    finding.help(format!("it has {}", list(&known.collect::<Vec<_>>())));
                }
            }
        }
    }
}

/// The stages of an API in a usage plan.
fn plan_stages<'t>(plan: &Resource<'t>, api: &str) -> Vec<&'t Raw> {
    let is_of_api = |it: &&Raw| it.get("ApiId").and_then(logical_id).as_deref() == Some(api);
    items(plan.get("ApiStages")).iter().filter(is_of_api).filter_map(|it| it.get("Stage")).collect()
}
