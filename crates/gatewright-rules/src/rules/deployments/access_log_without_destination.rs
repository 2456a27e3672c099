use gatewright_source::Severity;

use crate::rules::cloudformation::property::{is_absent, is_given, is_whole};
use crate::rules::cloudformation::template::api_id;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "access-log-without-destination",
    page: include_str!("access_log_without_destination.md"),
    severity: Severity::Warning,
    category: Category::Observability,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), cx.template()) else { return };
    let own = template.get(api).filter(|it| it.of.starts_with("AWS::Serverless::"));
    for it in own.into_iter().chain(template.parts(api)) {
        let of = match it.of {
            "AWS::ApiGateway::Deployment" => it.get("StageDescription"),
            _ => it.whole.get("Properties"),
        };
        let keys = ["AccessLogSetting", "AccessLogSettings"];
        let Some(log) = of.and_then(|of| keys.iter().find_map(|key| of.get(key))) else { continue };
        if log.function().is_none()
            && is_whole(log)
            && is_given(log, "Format")
            && is_absent(log, "DestinationArn")
        {
            out.report(log.span, "this access log goes nowhere: it has a `Format` and no `DestinationArn`")
                .help("add `DestinationArn: !GetAtt` with the ARN of a log group");
        }
    }
}
