use gatewright_ir::{Integration, IntegrationId};
use gatewright_source::Severity;

use crate::limits::RESPONSE_STATUSES;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-response-status",
    page: include_str!("malformed_response_status.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    for it in integration.transformation.iter().flat_map(|it| &it.responses) {
        let status = it.status.value;
        if !RESPONSE_STATUSES.contains(&status) {
            out.report(it.status.span, format!("there is no status `{status}`"))
                .help("write a status from 200 to 599");
        } else if status < 200 {
            out.report(it.status.span, format!("the status `{status}` ends no request"))
                .warning()
                .help("write a status from 200 to 599");
        }
    }
}
