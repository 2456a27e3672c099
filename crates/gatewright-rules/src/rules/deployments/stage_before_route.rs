use gatewright_source::{Fix, Safety, Severity};
use rustc_hash::FxHashMap;

use super::depend_on;
use crate::rules::cloudformation::property::entries;
use crate::rules::cloudformation::template::api_id;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "stage-before-route",
    page: include_str!("stage_before_route.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::V2,
    formats: Formats::CLOUDFORMATION,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), cx.template()) else { return };
    let routes = template.parts(api).filter(|it| it.of == "AWS::ApiGatewayV2::Route");
    let routes: FxHashMap<String, _> = routes.filter_map(|it| Some((it.text("RouteKey")?, it))).collect();
    for stage in template.parts(api).filter(|it| it.of == "AWS::ApiGatewayV2::Stage") {
        let settings = stage.get("RouteSettings").map(entries).unwrap_or_default();
        let named = settings.iter().filter_map(|(key, _)| Some((key, *routes.get(&*key.value)?)));
        let waits_for = template.waits_for(&stage.id.value);
        let late: Vec<_> = named
            .filter(|it| !waits_for.contains(&*it.1.id.value) && it.1.condition == stage.condition)
            .collect();
        let Some((key, route)) = late.first() else { continue };
        let ids: Vec<&str> = late.iter().map(|it| &*it.1.id.value).collect();
        let message = format!(
            "`{}` does not wait for the route `{}`, whose settings it has",
            stage.id.value, key.value
        );
        let names = crate::rules::words::list(&ids);
        let finding = out
            .report(key.span, message)
            .label(route.id.span, "the route is made here, perhaps later")
            .help(format!("add {names} to `DependsOn` of the stage"));
        if let Some(edits) = depend_on(stage, &ids) {
            finding.fix(Fix::safe(format!("let it depend on {names}"), edits));
        }
    }
}
