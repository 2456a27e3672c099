use std::collections::BTreeMap;

use gatewright_source::Severity;

use super::permissions::{Caller, Permission, callers, permissions};
use super::template::{Template, api_id};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Rule};

pub(super) static RULE: Rule = Rule {
    name: "missing-permission",
    page: include_str!("missing_permission.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    kinds: Kinds::ALL,
    formats: Formats::CLOUDFORMATION,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), Template::of(cx.ir)) else { return };
    let (permissions, callers) = (permissions(&template), callers(cx.ir, &template));
    // One that may be for any function may be for this one.
    if permissions.iter().any(|it| it.function.is_none()) {
        return;
    }
    let mut refused: BTreeMap<&str, Vec<&Caller<'_>>> = BTreeMap::new();
    for caller in &callers {
        let mut of_function =
            permissions.iter().filter(|it| it.function.as_deref() == Some(&caller.function));
        if !of_function.any(|it| it.covers(cx.ir, api, caller)) {
            refused.entry(&caller.function).or_default().push(caller);
        }
    }
    for (function, refused) in refused {
        let of_function = || permissions.iter().filter(|it| it.function.as_deref() == Some(function));
        let lets_in = |it: &&Permission<'_>| callers.iter().any(|caller| it.covers(cx.ir, api, caller));
        let wrong = of_function().find(|it| !lets_in(it));
        // One that lets nobody in was meant for these, and is reported by itself.
        let (Some(first), None) = (refused.first(), wrong) else { continue };
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
