use gatewright_ir::Raw;
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::stated::{authorizer, routes};
use crate::rules::cloudformation::property::{entries, is_absent, is_given, word};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "authorizer-without-authorization",
    page: include_str!("authorizer_without_authorization.md"),
    severity: Severity::Error,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for (route, of) in routes(template) {
        let Some((key, _)) = entries(of).iter().find(|it| &*it.0.value == "AuthorizerId") else { continue };
        // Nobody calls an authorizer `AWS::NoValue`: a `!Ref` was forgotten.
        let is_meant = of.get("AuthorizerId").and_then(Raw::as_str) != Some("AWS::NoValue");
        if !is_meant || !is_given(of, "AuthorizerId") {
            continue;
        }
        let stated = word(of, "AuthorizationType");
        // A method has to say it: that it does not is another rule's finding.
        let is_open = match stated {
            Some((sort, _)) => sort == "NONE",
            None => is_absent(of, "AuthorizationType") && route.of == "AWS::ApiGatewayV2::Route",
        };
        if !is_open {
            continue;
        }
        let id = &route.id.value;
        let wanted = authorizer(template, of).map(|it| it.2);
        let help = match wanted {
            Some(wanted) => format!("write `AuthorizationType: {wanted}`"),
            None => "say with `AuthorizationType` which sort of authorizer it is".to_owned(),
        };
        let value = |it: &str| Written::text(it);
        match stated {
            Some((_, span)) => {
                let finding = out
                    .report(span, format!("`{id}` names an authorizer, and nobody is asked"))
                    .label(key.span, "it is named here")
                    .help(help.clone());
                if let Some(it) = wanted {
                    finding.fix(Fix::needs_a_look(help, [Edit::Set { at: span, value: value(it) }]));
                }
            }
            None => {
                let message =
                    format!("`{id}` names an authorizer, and nobody is asked: it has no `AuthorizationType`");
                let finding = out.report(key.span, message).help(help.clone());
                if let Some(it) = wanted {
                    let key_of = "AuthorizationType".to_owned();
                    let edit = Edit::AddBeside { entry: key.span, key: key_of, value: value(it) };
                    finding.fix(Fix::needs_a_look(help, [edit]));
                }
            }
        }
    }
}
