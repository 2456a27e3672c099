use gatewright_ir::{
    Authorization, AuthorizationSource, Backend, EndpointType, Format, Ir, PolicyKind, ResourcePolicy, Route,
};
use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use super::super::words::advise_protection;
use super::protection::{is_mutation, is_protected, is_public};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unauthenticated-mutation",
    page: include_str!("unauthenticated_mutation.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    if is_behind_mutual_tls(cx.ir) || is_behind_policy(cx.ir) || is_left_to_others(cx.ir) {
        return;
    }
    let is_protected_anywhere = cx.ir.routes.values().any(is_protected);
    let format = cx.ir.provenance.format;
    // Of a document by itself one does not see what the template around it protects.
    if format == Format::OpenApi && !is_protected_anywhere {
        return;
    }
    let mut seen = FxHashSet::default();
    let is_open = |route: &Route| {
        route.authorization == Authorization::None
            && is_mutation(route)
            && !is_public(route)
            && !is_answered(cx.ir, route)
    };
    // A key that is there twice is reported by itself.
    let mut open =
        cx.ir.routes.values().filter(|it| is_open(it)).filter(|it| seen.insert(it.key.value.as_str()));
    // Our language asks for a word at each route. Elsewhere, where nothing at all is protected, once is enough.
    if format != Format::Gatewright && !is_protected_anywhere {
        let Some(first) = open.next() else { return };
        let more = match open.count() {
            0 => String::new(),
            1 => " and one more route that changes something".to_owned(),
            more => format!(" and {more} more routes that change something"),
        };
        let key = first.key.value.as_str();
        advise_protection(out.report(first.key.span, format!("anybody may call `{key}`{more}")));
        return;
    }
    for route in open {
        let finding = out
            .report(route.key.span, format!("anybody may call `{}`", route.key.value.as_str()))
            .help("name an `authorizer`, or say why it is right: `public: REASON`");
        let finding = advise_protection(finding);
        match route.authorization_source {
            AuthorizationSource::Stated(span) => drop(finding.label(span, "nobody is asked for credentials")),
            AuthorizationSource::Default(span) => drop(finding.label(span, "no authorizer by default")),
            AuthorizationSource::Nowhere => {}
        }
    }
}

/// Whether API Gateway answers by itself, so that nothing is changed.
fn is_answered(ir: &Ir, route: &Route) -> bool {
    let integration = route.target.integration();
    integration.is_some_and(|it| matches!(ir.integrations[it].backend, Backend::Mock { .. }))
}

/// Whether a document by itself protects nothing: what deploys it may well do so.
fn is_left_to_others(ir: &Ir) -> bool {
    ir.provenance.format == Format::OpenApi && !ir.routes.values().any(is_protected)
}

/// Whether a resource policy decides who may call, or the API is reached from VPCs only.
fn is_behind_policy(ir: &Ir) -> bool {
    let narrows = |it: &ResourcePolicy| match &it.kind {
        PolicyKind::Rules(rules) => {
            // A rule that denies narrows what another allows to everybody.
            rules.iter().any(|it| !it.allow) || rules.iter().all(|it| it.is_conditional())
        }
        // What a document says is not read here.
        PolicyKind::Document(_) | PolicyKind::Unknown => true,
    };
    ir.api.endpoint.kind == EndpointType::Private || ir.api.policy.as_ref().is_some_and(narrows)
}

/// Whether requests may reach the API only through domains that ask for a client's certificate.
fn is_behind_mutual_tls(ir: &Ir) -> bool {
    let closed = ir.api.disable_default_endpoint.as_ref().is_some_and(|it| it.value.known() != Some(&false));
    closed && !ir.domains.is_empty() && ir.domains.values().all(|it| it.mutual_tls.is_some())
}
