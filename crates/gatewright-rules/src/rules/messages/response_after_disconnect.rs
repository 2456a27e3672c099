use gatewright_ir::{Route, RouteId};
use gatewright_source::Severity;

use super::keys::{DISCONNECT, key};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "response-after-disconnect",
    page: include_str!("response_after_disconnect.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::WEBSOCKET,
    formats: Formats::ALL,
    check: Check::Route(check),
};

fn check(_: &Context<'_>, _: RouteId, route: &Route, out: &mut Findings) {
    if let Some(span) = route.response
        && key(route) == DISCONNECT
    {
        out.report(span, format!("`{DISCONNECT}` can answer nobody: the connection is closed"))
            .help("remove `response`").help_in(Formats::TEMPLATES, "remove `RouteResponseSelectionExpression` from the route, and its `AWS::ApiGatewayV2::RouteResponse`").help_in(Formats::SERVERLESS, "remove `routeResponseSelectionExpression`");
    }
}
