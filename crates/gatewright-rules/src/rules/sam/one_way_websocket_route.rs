use gatewright_source::Severity;

use super::source::{Source, entries};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "one-way-websocket-route",
    page: include_str!("one_way_websocket_route.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::WEBSOCKET,
    formats: Formats::SAM,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(source) = Source::of(cx.ir) else { return };
    // One that is written out may be for any route.
    if source.resources("AWS::ApiGatewayV2::RouteResponse").next().is_some() {
        return;
    }
    for (key, route) in entries(source.get(&["Routes"])) {
        if let Some(it) = route.get("RouteResponseSelectionExpression") {
            let message = format!("what the function of `{}` answers reaches no client", key.value);
            out.report(it.span, message).help(
                "add an `AWS::ApiGatewayV2::RouteResponse` for the route, or send messages with the management API",
            );
        }
    }
}
