use gatewright_source::Severity;

use super::tls::{ENHANCED, policies};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "tls-policy-without-access-mode",
    page: include_str!("tls_policy_without_access_mode.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for it in policies(cx.ir).filter(|it| it.name.starts_with(ENHANCED) && it.access_mode.is_none()) {
        out.report(it.span, format!("the TLS policy `{}` needs an access mode", it.name))
            .help("write `accessMode: strict`, or `basic` while clients still connect under other names").help_in(Formats::TEMPLATES, "set `EndpointAccessMode: STRICT`, or `BASIC` while clients still connect under other names").help_in(Formats::OPENAPI, "write `x-amazon-apigateway-endpoint-access-mode: STRICT`, or `BASIC` while clients still connect under other names");
    }
}
