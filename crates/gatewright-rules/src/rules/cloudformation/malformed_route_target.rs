use gatewright_ir::{Generated, Raw, Route, RouteId, RouteTarget, sole_hole};
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use crate::rules::cloudformation::template::{Template, text};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-route-target",
    page: include_str!("malformed_route_target.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::V2,
    formats: Formats::TEMPLATES,
    check: Check::Route(check),
};

const START: &str = "integrations/";

fn check(cx: &Context<'_>, id: RouteId, route: &Route, out: &mut Findings) {
    let RouteTarget::Unknown = route.target else { return };
    let Some(template) = cx.template() else { return };
    let resource = cx.ir.provenance.logical_ids.get(&Generated::Route(id)).and_then(|it| template.get(it));
    let Some(target) =
        resource.filter(|it| it.of == "AWS::ApiGatewayV2::Route").and_then(|it| it.get("Target"))
    else {
        return;
    };
    let Some(meant) = meant(template, target) else { return };
    let finding = out.report(
        target.span,
        format!("the target of `{}` does not begin with `{START}`", route.key.value.as_str()),
    );
    match meant {
        Some(it) => {
            let value = format!("{START}${{{it}}}");
            let edit = Edit::Set {
                at: target.span,
                value: Written::Mapping(vec![("Fn::Sub".to_owned(), Written::text(&value))]),
            };
            finding.help(format!("write `!Sub {value}`")).fix(Fix::safe(format!("write `{value}`"), [edit]));
        }
        None => {
            finding.help("write `!Sub integrations/${…}` with an integration of the API");
        }
    }
}

/// The integration that is probably meant, of a target that names none; nothing of one that may be right.
fn meant(template: &Template<'_>, target: &Raw) -> Option<Option<String>> {
    let text = text(target)?;
    if let Some((name, _)) = sole_hole(&text) {
        let it = template.get(name)?;
        return (it.of == "AWS::ApiGatewayV2::Integration").then(|| Some(name.to_owned()));
    }
    if text.starts_with(START) || text.starts_with("${") || text.contains("{{resolve:") {
        return None;
    }
    let end = text.rfind("${").and_then(|at| sole_hole(&text[at..]));
    let known =
        end.filter(|it| template.get(it.0).is_some_and(|it| it.of == "AWS::ApiGatewayV2::Integration"));
    Some(known.map(|it| it.0.to_owned()))
}
