use gatewright_ir::{Authorization, AuthorizationSource, Ir};
use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use super::protection::{is_mutation, is_public};
use crate::{Category, Check, Context, Findings, Kinds, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unauthenticated-mutation",
    page: include_str!("unauthenticated_mutation.md"),
    severity: Severity::Warning,
    category: Category::Security,
    kinds: Kinds::PATHS,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    if is_behind_mutual_tls(cx.ir) {
        return;
    }
    let mut seen = FxHashSet::default();
    for route in cx.ir.routes.values() {
        if route.authorization != Authorization::None || !is_mutation(route) || is_public(route) {
            continue;
        }
        // A key that is there twice is reported by itself.
        if !seen.insert(route.key.value.as_str()) {
            continue;
        }
        let finding = out
            .report(route.key.span, format!("anybody may call `{}`", route.key.value.as_str()))
            .help("name an `authorizer`, or say why it is right: `public: REASON`");
        match route.authorization_source {
            AuthorizationSource::Stated(span) => drop(finding.label(span, "nobody is asked for credentials")),
            AuthorizationSource::Default(span) => drop(finding.label(span, "no authorizer by default")),
            AuthorizationSource::Nowhere => {}
        }
    }
}

/// Whether requests may reach the API only through domains that ask for a client's certificate.
fn is_behind_mutual_tls(ir: &Ir) -> bool {
    let closed = ir.api.disable_default_endpoint.as_ref().is_some_and(|it| it.value.known() != Some(&false));
    closed && !ir.domains.is_empty() && ir.domains.values().all(|it| it.mutual_tls.is_some())
}
