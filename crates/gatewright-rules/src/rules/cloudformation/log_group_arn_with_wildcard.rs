use gatewright_ir::sole_hole;
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::template::{api_id, text};
use crate::rules::sam::source::Source;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "log-group-arn-with-wildcard",
    page: include_str!("log_group_arn_with_wildcard.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    // Of the others it is not known what API Gateway stores.
    kinds: Kinds::REST,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), cx.template()) else { return };
    let logs = template.parts(api).filter(|it| it.is_stage()).filter_map(|it| it.get("AccessLogSetting"));
    // SAM passes it on as it is.
    let source = Source::of(cx.ir);
    let of_sam = source.as_ref().and_then(|it| it.get(&["AccessLogSetting"]));
    for log in logs.chain(of_sam) {
        let destination = log.get("DestinationArn");
        let Some((destination, arn)) = destination.and_then(|it| Some((it, text(it)?))) else { continue };
        let group = match sole_hole(&arn) {
            Some((id, Some("Arn"))) => template.get(id).filter(|it| it.of == "AWS::Logs::LogGroup"),
            _ => None,
        };
        let (message, help, edit) = match group.map(|it| &it.id.value) {
            Some(id) => {
                let text = format!(
                    "arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:${{{id}}}"
                );
                (
                    format!("the ARN of `{id}` ends with `:*`, which API Gateway does not keep"),
                    format!("write `!Sub {text}`"),
                    Edit::set(destination.span, Written::substituted(text)),
                )
            }
            None if arn.contains(":log-group:") && arn.ends_with(":*") => (
                "the ARN ends with `:*`, which API Gateway does not keep".to_owned(),
                "leave `:*` out".to_owned(),
                Edit::reword(destination.span, ":*", ""),
            ),
            None => continue,
        };
        out.report(destination.span, message).help(help).fix(Fix::safe("leave `:*` out", [edit]));
    }
}
