use gatewright_ir::{Backend, Integration, IntegrationId, ParameterMapping};
use gatewright_source::Severity;

use super::mapping::{Place, Side, destination, is_reserved};
use crate::{Category, Check, Context, Findings, Kinds, Rule};

pub(super) static RULE: Rule = Rule {
    name: "reserved-header-mapping",
    page: include_str!("reserved_header_mapping.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    kinds: Kinds::HTTP,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    // For a service, the key as a whole was reported.
    if !matches!(integration.backend, Backend::Service { .. }) {
        integration.request_parameters.iter().for_each(|it| mapping(it, Side::Request, out));
    }
    for (_, mappings) in &integration.response_parameters {
        mappings.iter().for_each(|it| mapping(it, Side::Response, out));
    }
}

fn mapping(it: &ParameterMapping, side: Side, out: &mut Findings) {
    if let Ok((_, Place::Header(name))) = destination(&it.destination.value, side)
        && is_reserved(name)
    {
        let help = match side {
            Side::Response if is_cors(name) => "say under `cors` which web pages may call",
            _ => "pass it on under another name, or do it in the backend",
        };
        out.report(it.destination.span, format!("the header `{name}` is reserved and cannot be mapped"))
            .help(help);
    }
}

fn is_cors(header: &str) -> bool {
    header.get(..15).is_some_and(|it| it.eq_ignore_ascii_case("access-control-"))
}
