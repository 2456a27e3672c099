use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::shapes::TYPES;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unknown-resource-type",
    page: include_str!("unknown_resource_type.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

/// What the types of API Gateway begin with.
const START: &str = "AWS::ApiGateway";

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for it in template.resources() {
        if !it.of.starts_with(START) || TYPES.iter().any(|known| known.0 == it.of) {
            continue;
        }
        let Some(span) = it.whole.get("Type").map(|it| it.span) else { continue };
        let same = |known: &&str| known.split("::").last() == it.of.split("::").last();
        let of_version = TYPES.iter().map(|it| it.0).filter(|it| it.starts_with(START)).find(same);
        let near = of_version.or_else(|| out.did_you_mean(it.of, TYPES.iter().map(|it| it.0)));
        let finding = out.report(span, format!("there is no resource type `{}`", it.of));
        match near {
            Some(near) => {
                let edit = Edit::Set { at: span, value: Written::text(near) };
                finding
                    .help(format!("did you mean `{near}`?"))
                    .fix(Fix::needs_a_look(format!("write `{near}`"), [edit]));
            }
            // The registry may have learnt a new one.
            None => drop(
                finding.help("CloudFormation refuses a template with a type that it does not know").warning(),
            ),
        }
    }
}
