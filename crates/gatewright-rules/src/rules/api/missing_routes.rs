use gatewright_ir::ApiKind;
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "missing-routes",
    page: include_str!("missing_routes.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::GATEWRIGHT,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    if !cx.ir.routes.is_empty() || cx.ir.api.routes_unknown {
        return;
    }
    // An API that is not deployed here may be given routes by another template.
    if cx.ir.provenance.format.is_template() && !cx.ir.stages.values().any(|it| it.declared) {
        return;
    }
    // A route may also stand beside the API, as raw CloudFormation.
    let mut resources = cx.ir.template.resources.iter().filter_map(|it| it.1.get("Type")?.as_str());
    if resources.any(|it| matches!(it, "AWS::ApiGatewayV2::Route" | "AWS::ApiGateway::Method")) {
        return;
    }
    let name = &cx.ir.api.name;
    let message = if name.value.is_empty() {
        "the API has no route".to_owned()
    } else {
        format!("the API `{}` has no route", name.value)
    };
    let help = match cx.ir.api.kind {
        ApiKind::Http | ApiKind::Rest => "add one under `routes`: `GET /orders: orders`",
        ApiKind::WebSocket => "add one under `routes`: `$default: chat`",
    };
    out.report(name.span, message).help(help);
}
