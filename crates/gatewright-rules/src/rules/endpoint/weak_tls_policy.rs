use gatewright_ir::{ApiKind, Domain, DomainId, EndpointType, Format, Generated, Located, Text};
use gatewright_source::{Edit, Fix, Safety, Severity, Span, Written};

use super::super::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "weak-tls-policy",
    page: include_str!("weak_tls_policy.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Strict,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// What a domain takes where nothing is said, and what a public REST API takes.
///
/// Source: API Gateway Developer Guide, "Security policies for REST APIs" and "Security policy for HTTP APIs".
const OF_DOMAIN: &str = "TLS_1_2";
const OF_API: &str = "TLS_1_0";

fn check(cx: &Context<'_>, out: &mut Findings) {
    for (id, domain) in cx.ir.domains.iter().filter(|it| !it.1.existing) {
        match &domain.tls_policy {
            Some(policy) => said(cx, policy, out),
            None => of_domain(cx, id, domain, out),
        }
    }
    let api = &cx.ir.api;
    let is_closed = api.disable_default_endpoint.as_ref().is_some_and(|it| it.value.known() != Some(&false));
    match &api.endpoint.tls_policy {
        Some(policy) => said(cx, policy, out),
        None if api.kind != ApiKind::Rest
            || api.endpoint.kind == EndpointType::Private
            || cx.ir.provenance.kind_undecided
            || cx.ir.provenance.is_fragment
            || is_closed => {}
        // What every REST API takes is worth a word only where a team has agreed on something else.
        None if cx.settings.tls_policies.is_some() => {
            unsaid(cx, api.name.span, &api.name.value, OF_API, out);
        }
        None => {}
    }
}

/// A policy that is written.
fn said(cx: &Context<'_>, policy: &Located<Text>, out: &mut Findings) {
    let Some(name) = policy.value.as_str().filter(|it| !it.contains("{{resolve:")) else { return };
    let finding = match &cx.settings.tls_policies {
        Some(allowed) if allowed.iter().any(|it| it == name) => return,
        Some(allowed) => out
            .report(policy.span, format!("the TLS policy `{name}` is not among those that are allowed"))
            .help(format!("allowed: {}", listed(allowed))),
        None if name != OF_API => return,
        None => out
            .report(policy.span, "connections with TLS 1.0 and 1.1 are accepted")
            .help("write `TLS_1_2`, or a newer policy"),
    };
    let is_of_domain = cx.ir.domains.values().any(|it| it.tls_policy.as_ref() == Some(policy));
    if is_of_domain && cx.settings.tls_policies.is_none() {
        let edit = Edit::Set { at: policy.span, value: Written::text(OF_DOMAIN) };
        finding.fix(Fix::needs_a_look(format!("write `{OF_DOMAIN}`"), [edit]));
    }
}

/// A domain of which no policy is written.
fn of_domain(cx: &Context<'_>, id: DomainId, domain: &Domain, out: &mut Findings) {
    let name = &domain.name;
    if cx.settings.tls_policies.is_some() {
        unsaid(cx, name.span, &name.value, OF_DOMAIN, out);
        return;
    }
    // Domains of the other kinds take nothing older, and a build of ours writes what it takes.
    let is_template = matches!(cx.ir.provenance.format, Format::CloudFormation | Format::Sam);
    if !is_template || cx.ir.api.kind != ApiKind::Rest {
        return;
    }
    out.report(name.span, format!("which TLS versions `{}` takes is left to AWS", name.value))
        .help("set `SecurityPolicy: TLS_1_2`, or a newer policy")
        .fix_in(Formats::TEMPLATES, || {
            let of = cx.ir.provenance.logical_ids.get(&Generated::Domain(id))?;
            let beside = cx.template()?.get(of)?.get("DomainName")?.span;
            let (key, value) = ("SecurityPolicy".to_owned(), Written::text(OF_DOMAIN));
            let edit = Edit::AddBeside { entry: beside, key, value };
            Some(Fix::needs_a_look(format!("set `SecurityPolicy` of `{of}`"), [edit]))
        });
}

/// Something of which no policy is written, where a team has agreed on some.
fn unsaid(cx: &Context<'_>, span: Span, name: &str, default: &str, out: &mut Findings) {
    let Some(allowed) = cx.settings.tls_policies.as_ref() else { return };
    if allowed.iter().any(|it| it == default) {
        return;
    }
    out.report(span, format!("`{name}` has the TLS policy `{default}`, as nothing else is said"))
        .help(format!("allowed: {}", listed(allowed)));
}

fn listed(names: &[String]) -> String {
    list(&names.iter().map(|it| &**it).collect::<Vec<_>>())
}
