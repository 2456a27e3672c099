use gatewright_ir::Raw;
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::definition::{entries, operations};
use crate::rules::cloudformation::property::{is_whole, word};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unknown-request-validator",
    page: include_str!("unknown_request_validator.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::REST,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

/// What names a validator, and where all of them stand.
const NAME: &str = "x-amazon-apigateway-request-validator";
const ALL: &str = "x-amazon-apigateway-request-validators";

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(definition) = cx.ir.provenance.definition().filter(|it| is_whole(it)) else { return };
    let validators = definition.get(ALL);
    if validators.is_some_and(|it| !is_whole(it)) {
        return;
    }
    let names: Vec<&str> = entries(validators).iter().map(|it| &*it.0.value).collect();
    let own = operations(definition).map(|it| it.it);
    for (name, span) in std::iter::once(definition).chain(own).filter_map(|it: &Raw| word(it, NAME)) {
        if names.contains(&name) {
            continue;
        }
        let near = out.did_you_mean(name, names.iter().copied());
        let finding = out.report(span, format!("there is no request validator `{name}`"));
        match near {
            Some(near) => {
                let edit = Edit::Set { at: span, value: Written::text(near) };
                finding
                    .help(format!("did you mean `{near}`?"))
                    .fix(Fix::needs_a_look(format!("write `{near}`"), [edit]));
            }
            None => drop(finding.help(format!("define it under `{ALL}`, at the root"))),
        }
    }
}
