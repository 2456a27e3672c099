use gatewright_ir::{Authorization, AuthorizerKind, Generated, Id};
use gatewright_source::Severity;

use crate::rules::api::references::References;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unused-authorizer",
    page: include_str!("unused_authorizer.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::GATEWRIGHT,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    if ir.routes.is_empty() || ir.api.routes_unknown || ir.authorizers.is_empty() {
        return;
    }
    let mut used = vec![false; ir.authorizers.len()];
    for route in ir.routes.values() {
        match route.authorization {
            Authorization::Authorizer(id) => used[id.index()] = true,
            // A name was misspelled: which authorizer it means is not known.
            Authorization::Unknown => return,
            Authorization::None | Authorization::Iam => {}
        }
    }
    let mut references = None;
    for (id, authorizer) in ir.authorizers.iter() {
        if used[id.index()] || matches!(authorizer.kind, AuthorizerKind::Unknown) {
            continue;
        }
        // Raw CloudFormation may use it, too.
        let references = references.get_or_insert_with(|| References::of(ir));
        if !references.contains(&ir.logical_id(Generated::Authorizer(id))) {
            out.report(
                authorizer.name.span,
                format!("no route uses the authorizer `{}`", authorizer.name.value),
            )
            .help(format!(
                "write `authorizer: {}` at the routes it protects, or remove it",
                authorizer.name.value
            ));
        }
    }
}
