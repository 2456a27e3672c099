use gatewright_ir::{Authorization, Method, Route};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "preflight-route-beside-cors",
    page: include_str!("preflight_route_beside_cors.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let Some(cors) = ir.api.cors.policy() else { return };
    // Beside a route for everything with an authorizer it is needed: else that would be asked about preflights, too.
    let is_wide = |it: &&Route| it.key.value.is_default() || it.key.value.method() == Some(Method::Any);
    if ir.routes.values().filter(is_wide).any(|it| it.authorization != Authorization::None) {
        return;
    }
    let is_preflight = |it: &&Route| {
        it.key.value.method() == Some(Method::Options) && it.authorization == Authorization::None
    };
    let mut preflights = ir.routes.values().filter(is_preflight);
    let Some(first) = preflights.next() else { return };
    let message = match preflights.count() {
        0 => format!("`{}` answers what API Gateway would answer by itself", first.key.value.as_str()),
        1 => format!(
            "`{}` and another route answer what API Gateway would answer by itself",
            first.key.value.as_str()
        ),
        many => format!(
            "`{}` and {many} more routes answer what API Gateway would answer by itself",
            first.key.value.as_str()
        ),
    };
    out.report(first.key.span, message)
        .label(cors.span, "this answers preflight requests")
        .help("remove the route, so that the CORS policy holds, or keep it and remove the policy");
}
