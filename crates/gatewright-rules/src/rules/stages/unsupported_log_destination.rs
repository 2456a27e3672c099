use gatewright_source::Severity;

use super::written::{destinations, is_dynamic};
use crate::rules::words::an_api;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-log-destination",
    page: include_str!("unsupported_log_destination.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::V2,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for (destination, span) in destinations(cx.ir) {
        if is_dynamic(destination) || is_log_group(destination) {
            continue;
        }
        let (message, help) = if destination.contains("${") {
            let help = format!("write `!Sub {destination}`");
            ("`${…}` in the log group's ARN is not filled in".to_owned(), help)
        } else if destination.contains(":firehose:") {
            (
                format!("{} does not log to Firehose", an_api(cx.ir.api.kind)),
                "name a log group, and subscribe Firehose to it".to_owned(),
            )
        } else {
            let help =
                "write `arn:aws:logs:REGION:ACCOUNT:log-group:NAME`, or refer to the log group".to_owned();
            (
                if destination.starts_with("arn:") {
                    "this is not the ARN of a log group".to_owned()
                } else {
                    "this is not an ARN, and a log group is named by its ARN".to_owned()
                },
                help,
            )
        };
        out.report(span, message).help(help);
    }
}

/// `arn:PARTITION:logs:REGION:ACCOUNT:log-group:NAME`, with or without the `:*` that CloudFormation appends.
///
/// Source: CloudWatch Logs User Guide, "CloudWatch Logs resources and operations".
fn is_log_group(arn: &str) -> bool {
    let parts: Vec<&str> = arn.splitn(9, ':').collect();
    let [arn, partition, service, region, account, kind, name, rest @ ..] = &parts[..] else { return false };
    let is_account = account.len() == 12 && account.bytes().all(|it| it.is_ascii_digit());
    (*arn, *service, *kind) == ("arn", "logs", "log-group")
        && partition.starts_with("aws")
        && !region.is_empty()
        && is_account
        && !name.is_empty()
        && matches!(rest, [] | ["*"])
}
