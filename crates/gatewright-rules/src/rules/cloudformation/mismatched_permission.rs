use gatewright_source::Severity;

use super::permissions::{Source, refused};
use super::template::api_id;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "mismatched-permission",
    page: include_str!("mismatched_permission.md"),
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
    // Where another permission lets everybody in, this one is merely idle.
    for refused in refused(cx.ir, template, api) {
        let Some(caller) = refused.first() else { continue };
        for it in template.permissions().of_function(&caller.function) {
            let Some(arn) = it.resource.get("SourceArn").filter(|_| it.resource.condition.is_none()) else {
                continue;
            };
            if it.is_mismatched(cx.ir, api) {
                let (message, help) = words(&it.source, api);
                out.report(arn.span, message)
                    .label(caller.span, format!("`{}` cannot call `{}`", caller.name, caller.function))
                    .help(help);
            }
        }
    }
}

/// What is wrong, and what to do.
fn words(source: &Source, api: &str) -> (String, String) {
    let Source::Api(_, parts) = source else {
        let message = format!("`{api}` is the logical id of the API, and not its id");
        return (message, format!("write `${{{api}}}` in a `!Sub`"));
    };
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
            "write stage, method and path as the route has them, with `*` for each path variable".to_owned(),
        ),
    }
}
