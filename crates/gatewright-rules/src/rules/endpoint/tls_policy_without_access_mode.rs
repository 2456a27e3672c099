use gatewright_source::{Edit, Fix, Safety, Severity, Span, Written};

use super::tls::{ENHANCED, policies};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "tls-policy-without-access-mode",
    page: include_str!("tls_policy_without_access_mode.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for it in policies(cx.ir).filter(|it| it.name.starts_with(ENHANCED) && it.access_mode.is_none()) {
        out.report(it.span, format!("the TLS policy `{}` needs an access mode", it.name))
            .help("write `accessMode: strict`, or `basic` while clients still connect under other names").help_in(Formats::TEMPLATES, "set `EndpointAccessMode: STRICT`, or `BASIC` while clients still connect under other names").help_in(Formats::OPENAPI, "write `x-amazon-apigateway-endpoint-access-mode: STRICT`, or `BASIC` while clients still connect under other names")
            .fix_in(Formats::GATEWRIGHT, || Some(add(it.span, "accessMode", "basic")))
            .fix_in(Formats::OPENAPI, || {
                Some(add(it.span, "x-amazon-apigateway-endpoint-access-mode", "BASIC"))
            })
            .fix_in(Formats::TEMPLATES, || {
                cx.ir.provenance.body.is_none().then(|| add(it.span, "EndpointAccessMode", "BASIC"))
            });
    }
}

/// The mode in which clients still connect under other names.
fn add(policy: Span, key: &str, mode: &str) -> Fix {
    let edit = Edit::beside(policy, key, Written::text(mode));
    Fix::needs_a_look(format!("add the access mode `{mode}`"), [edit])
}
