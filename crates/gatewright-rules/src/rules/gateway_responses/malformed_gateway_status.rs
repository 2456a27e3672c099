use std::ops::RangeInclusive;

use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-gateway-status",
    page: include_str!("malformed_gateway_status.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// The statuses that a gateway response may have.
///
/// Source: API Gateway API Reference, `PutGatewayResponse`: `statusCode` matches `[1-5]\d\d`.
const STATUSES: RangeInclusive<u64> = 100..=599;

fn check(cx: &Context<'_>, out: &mut Findings) {
    for response in cx.ir.gateway_responses.values() {
        if let Some(status) = response.status.filter(|it| !STATUSES.contains(&it.value)) {
            out.report(
                status.span,
                format!("`{}` cannot have the status {}", response.name.value, status.value),
            )
            .help("write a status from 100 to 599");
        }
    }
}
