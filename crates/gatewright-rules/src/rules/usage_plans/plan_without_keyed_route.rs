use gatewright_ir::RouteTarget;
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "plan-without-keyed-route",
    page: include_str!("plan_without_keyed_route.md"),
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
    let is_unknown = ir.routes.values().any(|it| it.target == RouteTarget::Unknown);
    if ir.routes.is_empty() || ir.api.routes_unknown || is_unknown {
        return;
    }
    let any = ir.routes.values().any(|it| it.api_key.is_some());
    for plan in ir.usage_plans.values().filter(|it| !it.stages.is_empty()) {
        let name = &plan.name.value;
        if !any {
            out.report(
                plan.name.span,
                format!("no route asks for an API key, so that `{name}` counts nothing"),
            )
            .help("write `apiKey: required` at the routes that the plan is for, or under `defaults`")
            .help_in(Formats::TEMPLATES, "set `ApiKeyRequired: true` for the methods that the plan is for")
            .help_in(Formats::SERVERLESS, "set `private: true` for the events that the plan is for");
            continue;
        }
        for (route, span, _) in plan.stages.iter().flat_map(|it| &it.routes) {
            let route = &ir.routes[*route];
            if route.api_key.is_none() {
                let key = route.key.value.as_str();
                out.report(
                    *span,
                    format!("`{key}` asks for no API key, so that this throttle has no effect"),
                )
                .help("write `apiKey: required` at the route, or remove the throttle")
                .help_in(
                    Formats::TEMPLATES,
                    "set `ApiKeyRequired: true` for the method, or remove the throttle",
                )
                .help_in(Formats::SERVERLESS, "set `private: true` for the event, or remove the throttle");
            }
        }
    }
}
