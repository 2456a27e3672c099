use gatewright_ir::{ApiKind, Backend, Integration, IntegrationId, ParameterMapping};
use gatewright_source::Severity;

use super::mapping::{Place, Side, destination, is_reserved};
use super::rest_mapping;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "reserved-header-mapping",
    page: include_str!("reserved_header_mapping.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(cx: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    if cx.ir.api.kind == ApiKind::Rest {
        integration.request_parameters.iter().for_each(|it| of_rest(integration, it, out));
        return;
    }
    // For a service, the key as a whole was reported.
    if !matches!(integration.backend, Backend::Service { .. }) {
        integration.request_parameters.iter().for_each(|it| mapping(it, Side::Request, out));
    }
    for (_, mappings) in &integration.response_parameters {
        mappings.iter().for_each(|it| mapping(it, Side::Response, out));
    }
}

fn of_rest(integration: &Integration, it: &ParameterMapping, out: &mut Findings) {
    let is_aws = matches!(integration.backend, Backend::Lambda { .. } | Backend::Action { .. });
    if let Ok(rest_mapping::Place::Header(name)) = rest_mapping::destination(&it.destination.value)
        && rest_mapping::is_reserved(name, is_aws)
    {
        out.report(it.destination.span, format!("the header `{name}` is reserved and cannot be mapped"))
            .help("remove it: API Gateway sets it itself; pass other values on under another name");
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
