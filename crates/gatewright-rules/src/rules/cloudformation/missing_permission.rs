use gatewright_source::Severity;

use super::permissions::refused;
use super::template::api_id;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "missing-permission",
    page: include_str!("missing_permission.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::CLOUDFORMATION,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), cx.template()) else { return };
    for refused in refused(cx.ir, template, api) {
        let Some(first) = refused.first() else { continue };
        let function = &first.function;
        let of_function = || template.permissions().of_function(function);
        // One that lets nobody in was meant for these, and is reported by itself.
        if of_function().any(|it| it.is_mismatched(cx.ir, api)) {
            continue;
        }
        let more = match refused.len() - 1 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let what = if first.route.is_some() { "" } else { "the authorizer " };
        let message = format!("no permission lets {what}`{}`{more} call `{function}`", first.name);
        let mut finding = out.report(first.span, message);
        if let Some(it) = of_function().next() {
            finding = finding.label(it.resource.id.span, "this one is for others");
        } else if let Some(it) = template.get(function) {
            finding = finding.label(it.id.span, "the function");
        }
        let end = match first.route {
            Some(_) => "*",
            None => "authorizers/*",
        };
        finding.help(format!(
            "add an `AWS::Lambda::Permission` for `apigateway.amazonaws.com` with the `SourceArn` \
             `arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{api}}}/{end}`"
        ));
    }
}
