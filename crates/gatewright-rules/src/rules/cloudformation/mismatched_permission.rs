use gatewright_source::Severity;

use super::permissions::{Caller, Source, callers, matches, permissions};
use super::template::{Template, api_id};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Rule};

pub(super) static RULE: Rule = Rule {
    name: "mismatched-permission",
    page: include_str!("mismatched_permission.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    kinds: Kinds::ALL,
    formats: Formats::CLOUDFORMATION,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let (Some(api), Some(template)) = (api_id(ir), Template::of(ir)) else { return };
    if ir.routes.is_empty() || ir.api.routes_unknown {
        return;
    }
    let (permissions, callers) = (permissions(&template), callers(ir, &template));
    for it in permissions.iter().filter(|it| it.resource.condition.is_none()) {
        let Some(arn) = it.resource.get("SourceArn") else { continue };
        let (message, help) = match &it.source {
            Source::LogicalId(id) if id == api => (
                format!("`{api}` is the logical id of the API, and not its id"),
                format!("write `${{{api}}}` in a `!Sub`"),
            ),
            Source::Api(id, parts) if id == api => {
                let is_authorizer = parts.first().is_some_and(|it| it == "authorizers");
                if is_authorizer || ir.routes.values().any(|route| matches(ir, parts, Some(route))) {
                    continue;
                }
                let shown = parts.join("/");
                match parts.get(1).map(String::as_str) {
                    None if parts.is_empty() => (
                        "the ARN of the API alone is no caller".to_owned(),
                        "end it with `/*`, or with stage, method and path".to_owned(),
                    ),
                    Some("ANY") => (
                        format!("`{shown}` lets no route in: no request has the method `ANY`"),
                        format!("write `{}`", shown.replacen("/ANY/", "/*/", 1)),
                    ),
                    _ => (
                        format!("`{shown}` lets no route of the API in"),
                        "write stage, method and path as the route has them, with `*` for each path variable"
                            .to_owned(),
                    ),
                }
            }
            _ => continue,
        };
        let Some(function) = it.function.as_deref() else {
            out.report(arn.span, message).help(help).warning();
            continue;
        };
        let covered = |caller: &Caller<'_>| {
            let mut others =
                permissions.iter().filter(|it| it.function.as_deref().is_none_or(|it| it == function));
            others.any(|it| it.covers(ir, api, caller))
        };
        // Where another permission lets them in, this one is merely idle.
        if let Some(caller) = callers.iter().find(|it| it.function == function && !covered(it)) {
            out.report(arn.span, message)
                .label(caller.span, format!("`{}` cannot call `{function}`", caller.name))
                .help(help);
        }
    }
}
