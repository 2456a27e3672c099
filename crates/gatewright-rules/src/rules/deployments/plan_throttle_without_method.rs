use gatewright_ir::{Method, Raw};
use gatewright_source::Severity;

use super::method_settings::Paths;
use crate::rules::cloudformation::property::{entries, items};
use crate::rules::cloudformation::template::{api_id, logical_id};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "plan-throttle-without-method",
    page: include_str!("plan_throttle_without_method.md"),
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
    let is_of_api = |it: &&Raw| it.get("ApiId").and_then(logical_id).as_deref() == Some(api);
    let paths = Paths::of(cx.ir);
    for plan in template.parts(api).filter(|it| it.of == "AWS::ApiGateway::UsagePlan") {
        let stages = items(plan.get("ApiStages")).iter().filter(is_of_api);
        let keys = stages.filter_map(|it| it.get("Throttle")).flat_map(entries).map(|it| &it.0);
        for key in keys.filter(|it| !it.value.contains("${")) {
            let parts = key.value.rsplit_once('/').filter(|it| it.0.starts_with('/'));
            let known = parts.and_then(|(path, verb)| Some((path, Method::parse(verb)?)));
            if let Some((path, method)) = known {
                let path = path.replace("~1", "/");
                let path = format!("/{}", path.trim_start_matches('/'));
                let has = |it: &Paths<'_>| it.get(&path).iter().any(|it| it.covers(method));
                // What answers preflight requests is not always a route.
                if method != Method::Options && paths.as_ref().is_some_and(|it| !has(it)) {
                    let method = method.as_str();
                    out.report(
                        key.span,
                        format!("the API has no method `{method} {path}` for this throttle"),
                    )
                    .warning();
                }
            } else if parts.is_none_or(|it| it.1 != "*") {
                out.report(key.span, format!("`{}` is no path with a method behind it", key.value))
                    .help("write `/orders/GET`, of the root `//GET`");
            }
        }
    }
}
