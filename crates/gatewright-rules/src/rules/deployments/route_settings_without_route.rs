use gatewright_source::{Edit, Fix, Safety, Severity, Written};
use rustc_hash::FxHashSet;

use crate::rules::cloudformation::property::entries;
use crate::rules::cloudformation::template::api_id;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "route-settings-without-route",
    page: include_str!("route_settings_without_route.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::V2,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), cx.template()) else { return };
    let ir = cx.ir;
    if ir.api.routes_unknown || ir.routes.is_empty() {
        return;
    }
    let keys = || {
        let routes = ir.routes.values().map(|it| it.key.value.as_str());
        routes.chain(ir.provenance.preflights.iter().map(|it| it.value.as_str()))
    };
    let known: FxHashSet<&str> = keys().collect();
    let own = template.get(api).filter(|it| it.of.starts_with("AWS::Serverless::"));
    for it in own.into_iter().chain(template.parts(api).filter(|it| it.of == "AWS::ApiGatewayV2::Stage")) {
        for (key, _) in it.get("RouteSettings").map(entries).unwrap_or_default() {
            let is_said = known.contains(&*key.value) || key.value.contains("${");
            if is_said || template.is_handed_on(api) {
                continue;
            }
            let meant = out.did_you_mean(&key.value, keys()).map(str::to_owned);
            let finding = out.report(key.span, format!("the API has no route `{}`", key.value));
            match meant {
                Some(meant) => {
                    let edit = Edit::Set { at: key.span, value: Written::text(&meant) };
                    finding
                        .help(format!("did you mean `{meant}`?"))
                        .fix(Fix::needs_a_look(format!("write `{meant}`"), [edit]));
                }
                None => {
                    finding.help("write the key of a route, or remove its settings");
                }
            }
        }
    }
}
