use gatewright_ir::{ApiKind, Id, Raw, Route, Stage};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "api-key-without-plan",
    page: include_str!("api_key_without_plan.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    // Of a WebSocket API, only the request with which a client connects can have a key.
    let can_ask = |it: &Route| ir.api.kind != ApiKind::WebSocket || it.key.value.as_str() == "$connect";
    let mut routes = ir.routes.values().filter(|it| can_ask(it));
    let Some((route, span)) = routes.find_map(|it| Some((it, it.api_key?))) else { return };
    let is_plan = |it: &Raw| it.get("Type").and_then(Raw::as_str) == Some("AWS::ApiGateway::UsagePlan");
    if ir.api.usage_plans_unknown
        || ir.usage_plans.values().any(|it| it.stages_unknown)
        || ir.template.resources.iter().any(|it| is_plan(&it.1))
    {
        return;
    }
    let mut has_plan = vec![false; ir.stages.len()];
    for it in ir.usage_plans.values().flat_map(|it| &it.stages) {
        has_plan[it.stage.index()] = true;
    }
    let key = route.key.value.as_str();
    if !has_plan.contains(&true) {
        out.report(span, format!("`{key}` asks for an API key, and no usage plan makes one valid"))
            .help("write a plan: `usagePlans: { basic: { stages: [STAGE], keys: [KEY] } }`").help_in(Formats::CLOUDFORMATION, "add an `AWS::ApiGateway::UsagePlan` with the stage under `ApiStages`, and an `AWS::ApiGateway::UsagePlanKey`").help_in(Formats::SAM, "give the API a `UsagePlan` under `Auth`, or add an `AWS::ApiGateway::UsagePlan` with the stage under `ApiStages`").help_in(Formats::SERVERLESS, "write `apiKeys` and `usagePlan` under `provider.apiGateway`");
        return;
    }
    let without = ir.stages.iter().filter(|it| !has_plan[it.0.index()]);
    for Stage { name, .. } in without.map(|it| it.1) {
        out.report(name.span, format!("no usage plan is for the stage `{}`", name.value))
            .label(span, format!("`{key}` asks for an API key"))
            .help(format!("add `{}` to the `stages` of a plan", name.value))
            .help_in(Formats::TEMPLATES, format!("add `{}` to the `ApiStages` of a plan", name.value));
    }
}
