use gatewright_ir::{Authorization, AuthorizerKind, Id, RouteId};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "cognito-without-scopes",
    page: include_str!("cognito_without_scopes.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    // For each authorizer a route without scopes, and one with.
    let mut found: Vec<[Option<RouteId>; 2]> = vec![[None; 2]; ir.authorizers.len()];
    for (id, route) in ir.routes.iter() {
        if let Authorization::Authorizer(authorizer) = route.authorization {
            found[authorizer.index()][usize::from(!route.scopes.is_empty())].get_or_insert(id);
        }
    }
    for (id, authorizer) in ir.authorizers.iter() {
        let [Some(without), Some(with)] = found[id.index()] else { continue };
        if matches!(authorizer.kind, AuthorizerKind::Cognito { .. }) {
            let (without, with) = (&ir.routes[without].key, &ir.routes[with].key);
            let message = format!(
                "`{}` takes ID tokens of `{}` only, as it has no scopes",
                without.value.as_str(),
                authorizer.name.value
            );
            out.report(without.span, message)
                .label(with.span, "with scopes, this one takes access tokens only")
                .help("give all routes of the authorizer `scopes`, once under `defaults`, or none")
                .help_in(Formats::FOREIGN, "give all routes of the authorizer scopes, or none");
        }
    }
}
