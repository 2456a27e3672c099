use gatewright_ir::{ApiKind, Route, RouteId, RouteTarget};
use gatewright_source::Severity;

use crate::rules::words::is_in_definition;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "missing-route-target",
    page: include_str!("missing_route_target.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Route(check),
};

fn check(cx: &Context<'_>, _: RouteId, route: &Route, out: &mut Findings) {
    if route.target == RouteTarget::Missing {
        out.report(
            route.key.span,
            format!("`{}` goes nowhere: it has no integration", route.key.value.as_str()),
        )
        .help(match cx.ir.api.kind {
            ApiKind::Http => {
                "name a function or an integration, or say what is called: `lambda`, `http` or `aws`"
            }
            ApiKind::Rest | ApiKind::WebSocket => {
                "name a function or an integration, or say what is called: `lambda`, `http`, `aws` or `mock`"
            }
        })
        .help_in(
            Formats::TEMPLATES.and(Formats::OPENAPI),
            match cx.ir.api.kind {
                _ if is_in_definition(cx.ir, route.key.span) => {
                    "give the operation an `x-amazon-apigateway-integration`"
                }
                ApiKind::Rest => "give the method an `Integration`",
                _ => "give the route a `Target`: `integrations/ID`",
            },
        );
    }
}
