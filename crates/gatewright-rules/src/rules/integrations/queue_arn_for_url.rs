use gatewright_ir::{Backend, Integration, IntegrationId, Raw, Value};
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "queue-arn-for-url",
    page: include_str!("queue_arn_for_url.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(cx: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Service { parameters, .. } = &integration.backend else { return };
    let Some((_, url)) = parameters.iter().find(|it| &*it.0.value == "QueueUrl") else { return };
    match &url.value {
        Value::Known(text) if text.starts_with("arn:") => {
            let finding = out.report(url.span, "`QueueUrl` is the ARN of a queue, not its URL").help(
                "write `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`, or refer to the queue: `!Ref NAME`",
            );
            if let ["arn", "aws", "sqs", region, account, name] = text.split(':').collect::<Vec<_>>()[..] {
                let meant = format!("https://sqs.{region}.amazonaws.com/{account}/{name}");
                let edit = Edit::reword(url.span, &**text, meant);
                finding.fix(Fix::safe("write the URL", [edit]));
            }
        }
        Value::Known(_) => {}
        Value::Deferred(raw) => {
            if let Some((name, attribute)) = attribute(raw)
                && matches!(attribute, "Arn" | "QueueName")
                && cx.ir.template.resources.iter().any(|it| *it.0.value == *name && is_queue(&it.1))
            {
                let what = if attribute == "Arn" { "ARN" } else { "name" };
                out.report(url.span, format!("`QueueUrl` is the {what} of `{name}`, not its URL"))
                    .help(format!("write `!Ref {name}`"))
                    .fix(Fix::safe(
                        format!("write `!Ref {name}`"),
                        [Edit::set(url.span, Written::reference(name))],
                    ));
            }
        }
    }
}

/// The resource and the attribute of a `!GetAtt`.
fn attribute(raw: &Raw) -> Option<(&str, &str)> {
    let ("Fn::GetAtt", argument) = raw.function()? else { return None };
    let gatewright_ir::Data::List(items) = &argument.data else { return None };
    let [name, attribute] = &items[..] else { return None };
    Some((name.as_str()?, attribute.as_str()?))
}

fn is_queue(it: &Raw) -> bool {
    it.get("Type").and_then(Raw::as_str) == Some("AWS::SQS::Queue")
}
