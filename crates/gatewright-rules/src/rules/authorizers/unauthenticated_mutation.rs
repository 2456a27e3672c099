use gatewright_ir::{Authorization, AuthorizationSource, Format, Route};
use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use super::super::words::advise_protection;
use super::protection::{
    is_answered, is_behind_mutual_tls, is_behind_policy, is_left_to_others, is_mutation, is_open_by_nature,
    is_protected, is_public,
};
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
    let mut seen = FxHashSet::default();
    let is_open = |route: &Route| {
        route.authorization == Authorization::None
            // Those are `api-key-only-protection`.
            && route.api_key.is_none()
            && is_mutation(cx.ir, route)
            && !is_public(route)
            && !is_answered(cx.ir, route)
            && !is_open_by_nature(route)
    };
    // A key that is there twice is reported by itself.
    let open = cx.ir.routes.iter().filter(|it| is_open(it.1));
    let mut open = open.filter(|it| seen.insert(it.1.key.value.as_str()));
    // Our language asks for a word at each route. Elsewhere, where nothing at all is protected, once is enough.
    if format != Format::Gatewright && !is_protected_anywhere {
        let Some((id, first)) = open.next() else { return };
        let more = match open.count() {
            0 => String::new(),
            1 => " and one more route that changes something".to_owned(),
            more => format!(" and {more} more routes that change something"),
        };
        let key = first.key.value.as_str();
        advise_protection(
            cx,
            Some(id),
            out.report(first.key.span, format!("anybody may call `{key}`{more}")),
        );
        return;
    }
    for (id, route) in open {
        let finding = out
            .report(route.key.span, format!("anybody may call `{}`", route.key.value.as_str()))
            .help("name an `authorizer`, or say why it is right: `public: REASON`");
        let finding = advise_protection(cx, Some(id), finding);
        match route.authorization_source {
            AuthorizationSource::Stated(span) => drop(finding.label(span, "nobody is asked for credentials")),
            AuthorizationSource::Default(span) => drop(finding.label(span, "no authorizer by default")),
            AuthorizationSource::Nowhere => {}
        }
    }
}
