use gatewright_ir::Raw;
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::definition::schemes;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "authorizer-without-authtype",
    page: include_str!("authorizer_without_authtype.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(definition) = cx.ir.provenance.definition() else { return };
    for (name, scheme) in schemes(definition) {
        let Some(authorizer) = scheme.get("x-amazon-apigateway-authorizer") else { continue };
        if scheme.get("x-amazon-apigateway-authtype").is_some() {
            continue;
        }
        let of = authorizer.get("type").and_then(Raw::as_str).unwrap_or_default();
        let wanted = match &*of.to_ascii_lowercase() {
            "token" | "request" => "custom",
            "cognito_user_pools" => "cognito_user_pools",
            _ => continue,
        };
        let message = format!("the security scheme `{}` has no `x-amazon-apigateway-authtype`", name.value);
        out.report(name.span, message)
            .help_in(Formats::BODIES, format!("add `x-amazon-apigateway-authtype: {wanted}`"))
            .fix_in(Formats::BODIES, || {
                let key = "x-amazon-apigateway-authtype";
                let edit = Edit::beside(scheme.get("type")?.span, key, Written::text(wanted));
                Some(Fix::safe(format!("add `{key}: {wanted}`"), [edit]))
            });
    }
}
