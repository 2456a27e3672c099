use gatewright_ir::Data;
use gatewright_source::Severity;

use super::definition::{entries, operations};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "several-security-requirements",
    page: include_str!("several_security_requirements.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::HTTP,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(definition) = cx.ir.provenance.definition() else { return };
    for operation in operations(definition) {
        let Some(security) = operation.it.get("security") else { continue };
        let Data::List(requirements) = &security.data else { continue };
        let schemes: usize = requirements.iter().map(|it| entries(Some(it)).len()).sum();
        if schemes > 1 {
            out.report(
                security.span,
                format!("`{operation}` names {schemes} security schemes, and a route has one authorizer"),
            )
            .help("name the one that decides; a function can look at several things");
        }
    }
}
