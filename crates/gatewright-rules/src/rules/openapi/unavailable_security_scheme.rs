use gatewright_ir::ApiKind;
use gatewright_source::Severity;

use super::definition::schemes;
use crate::rules::words::{an_api, apis};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unavailable-security-scheme",
    page: include_str!("unavailable_security_scheme.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let Some(definition) = ir.provenance.definition().filter(|_| !ir.provenance.kind_undecided) else {
        return;
    };
    for (name, scheme) in schemes(definition) {
        let Some(of) = scheme.get("x-amazon-apigateway-authorizer").and_then(|it| it.get("type")) else {
            continue;
        };
        let Some(word) = of.as_str() else { continue };
        let other = match (ir.api.kind, &*word.to_ascii_lowercase()) {
            (ApiKind::Rest, "jwt") => ApiKind::Http,
            (ApiKind::Http, "token" | "cognito_user_pools") => ApiKind::Rest,
            _ => continue,
        };
        let message = format!("{} has no authorizers of the type `{word}`", an_api(ir.api.kind));
        out.report(of.span, message).label(name.span, "the security scheme").help(match ir.api.kind {
            ApiKind::Rest => {
                format!("that is for {}; here it is `cognito_user_pools`, `token` or `request`", apis(other))
            }
            _ => format!("that is for {}; here it is `jwt` or `request`", apis(other)),
        });
    }
}
