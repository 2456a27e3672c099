use gatewright_ir::{Data, Raw};
use gatewright_source::Severity;

use super::source::Source;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "authorizer-without-permission",
    page: include_str!("authorizer_without_permission.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::HTTP,
    formats: Formats::SAM,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(source) = Source::of(cx.ir) else { return };
    for (name, authorizer) in source.authorizers() {
        let Some(function) = authorizer.get("FunctionArn") else { continue };
        if ["FunctionInvokeRole", "EnableFunctionDefaultPermissions"]
            .iter()
            .any(|it| authorizer.get(it).is_some())
        {
            continue;
        }
        // Only of a function in this template can it be seen that nobody may call it.
        let Some(id) = named(function).filter(|it| source.has_function(it)) else { continue };
        let permitted = source.resources("AWS::Lambda::Permission").any(|it| {
            let target = it.get("Properties").and_then(|it| it.get("FunctionName"));
            target.is_none_or(|it| named(it).is_none_or(|it| it == id))
        });
        if !permitted {
            let message = format!("API Gateway may not call the function of the authorizer `{}`", name.value);
            out.report(function.span, message).help(
                "add `EnableFunctionDefaultPermissions: true` beside it: of HTTP APIs, SAM gives no permission by itself",
            );
        }
    }
}

/// The resource that a value names, if it is plainly one.
fn named(it: &Raw) -> Option<&str> {
    let (function, argument) = it.function()?;
    match (function, &argument.data) {
        ("Ref", _) => argument.as_str(),
        ("Fn::GetAtt", Data::List(items)) => items.first()?.as_str(),
        _ => None,
    }
}
