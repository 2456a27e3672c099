use gatewright_source::Severity;

use super::written::{destinations, is_dynamic};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-rest-log-destination",
    page: include_str!("malformed_rest_log_destination.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// How the name of a Firehose stream begins that takes access logs.
///
/// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-logging-to-kinesis.html
const PREFIX: &str = "amazon-apigateway-";

fn check(cx: &Context<'_>, out: &mut Findings) {
    for (destination, span) in destinations(cx.ir).into_iter().filter(|it| !is_dynamic(it.0)) {
        if destination.contains("${") {
            out.report(span, "`${…}` in the destination is not filled in")
                .help(format!("write `!Sub {destination}`"));
            continue;
        }
        let mut parts = destination.splitn(6, ':').skip(2);
        let (service, name) = (parts.next(), parts.nth(2).unwrap_or_default());
        match (service, destination.starts_with("arn:")) {
            (Some("logs"), true) if name.starts_with("log-group:") => {}
            (Some("firehose"), true) if name.starts_with("deliverystream/") => {
                if !name["deliverystream/".len()..].starts_with(PREFIX) {
                    out.report(span, format!("the name of the stream does not begin with `{PREFIX}`"))
                        .help("make a stream with such a name; that of an existing one cannot be changed");
                }
            }
            _ => {
                let help = "write `arn:aws:logs:REGION:ACCOUNT:log-group:NAME` or \
                            `arn:aws:firehose:REGION:ACCOUNT:deliverystream/amazon-apigateway-NAME`";
                out.report(span, "this is neither the ARN of a log group nor that of a Firehose stream")
                    .help(help);
            }
        }
    }
}
