use gatewright_ir::ApiKind;
use gatewright_source::Severity;

use super::template::{Resource, named_by};
use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "deployment-without-dependency",
    page: include_str!("deployment_without_dependency.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES.and(Formats::SERVERLESS),
    check: Check::Api(check),
};

/// How many deployments are looked at: a template has 500 resources at most.
const MOST: usize = 100;

/// How many routes a message names.
const SHOWN: usize = 3;

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (named_by(cx.ir), cx.template()) else { return };
    let route =
        if cx.ir.api.kind == ApiKind::Rest { "AWS::ApiGateway::Method" } else { "AWS::ApiGatewayV2::Route" };
    let routes: Vec<&Resource<'_>> = template.parts(api).filter(|it| it.of == route).collect();
    if routes.is_empty() {
        return;
    }
    let word = if cx.ir.api.kind == ApiKind::Rest { "method" } else { "route" };
    for deployment in template.parts(api).filter(|it| it.is_deployment()).take(MOST) {
        let waits_for = template.waits_for(&deployment.id.value);
        // What is there under a condition only may not be named by what always is.
        let missing =
            routes.iter().filter(|it| it.condition.is_none() || it.condition == deployment.condition);
        let missing: Vec<_> = missing.filter(|it| !waits_for.contains(&*it.id.value)).collect();
        let Some(first) = missing.first() else { continue };
        let id = &deployment.id.value;
        let waits_for_some = routes.iter().any(|it| waits_for.contains(&*it.id.value));
        let names: Vec<&str> = missing.iter().take(SHOWN).map(|it| &*it.id.value).collect();
        let names = match missing.len().saturating_sub(SHOWN) {
            0 => list(&names),
            more => format!("`{}` and {more} more", names.join("`, `")),
        };
        if waits_for_some {
            let them = if missing.len() == 1 { "it" } else { "them" };
            let message = format!("`{id}` may be made before {names}, and then lacks {them}");
            out.report(deployment.id.span, message)
                .label(first.id.span, format!("a {word} that the deployment does not wait for"))
                .help(format!("name every {word} under `DependsOn`"))
                .warning();
        } else {
            let finding = out
                .report(deployment.id.span, format!("`{id}` waits for no {word} of the API"))
                .label(first.id.span, format!("this {word} may be made later"))
                .help(format!("add `DependsOn` with every {word} of the API"));
            // An API that stands elsewhere may have some already.
            if cx.ir.provenance.is_fragment {
                finding.warning();
            }
        }
    }
}
