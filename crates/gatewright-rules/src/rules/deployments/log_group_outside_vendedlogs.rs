use gatewright_ir::{UNKNOWN, sole_hole};
use gatewright_source::Severity;

use crate::rules::cloudformation::template::{api_id, text};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "log-group-outside-vendedlogs",
    page: include_str!("log_group_outside_vendedlogs.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Strict,
    fix: None,
    kinds: Kinds::HTTP,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

const START: &str = "/aws/vendedlogs/";

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), cx.template()) else { return };
    let own = template.get(api).filter(|it| it.of == "AWS::Serverless::HttpApi");
    for it in own.into_iter().chain(template.parts(api).filter(|it| it.of == "AWS::ApiGatewayV2::Stage")) {
        let Some(arn) = it.get("AccessLogSettings").and_then(|it| text(it.get("DestinationArn")?)) else {
            continue;
        };
        let Some((id, Some("Arn"))) = sole_hole(&arn) else { continue };
        let Some(group) = template.get(id).filter(|it| it.of == "AWS::Logs::LogGroup") else { continue };
        let name = group.text("LogGroupName");
        // Said once: it is one mistake.
        if name
            .as_ref()
            .is_none_or(|it| !it.starts_with(START) && !it.starts_with("${") && !it.contains(UNKNOWN))
        {
            let place = group.get("LogGroupName").map_or(group.id.span, |it| it.span);
            out.report(
                place,
                format!("the access log goes to a group whose name does not begin with `{START}`"),
            )
            .help(format!(
                "name it `{START}…`: then it does not count against the size of a policy that all logs share"
            ));
            return;
        }
    }
}
