use gatewright_ir::{Data, Raw};
use gatewright_source::{Edit, Fix, Safety, Severity};

use super::template::Resource;
use crate::rules::openapi::definition::schemes;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "ignored-identity-pattern",
    page: include_str!("ignored_identity_pattern.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::NOT_HTTP,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let mut found: Vec<(&Raw, &str)> = Vec::new();
    if let Some(definition) = cx.ir.provenance.definition() {
        let authorizers =
            schemes(definition).iter().filter_map(|it| it.1.get("x-amazon-apigateway-authorizer"));
        let of_requests = authorizers.filter(|it| is(it.get("type"), "request"));
        found.extend(of_requests.filter_map(|it| Some((it.get(IN_BODIES)?, IN_BODIES))));
    }
    if let Some(template) = cx.template().filter(|_| cx.is_first) {
        let requests =
            |it: &&Resource<'_>| is(it.get("Type").or_else(|| it.get("AuthorizerType")), "REQUEST");
        for of in ["AWS::ApiGateway::Authorizer", "AWS::ApiGatewayV2::Authorizer"] {
            let patterns = template.of_type(of).filter(requests).filter_map(|it| it.get(IN_TEMPLATES));
            found.extend(patterns.map(|it| (it, IN_TEMPLATES)));
        }
    }
    for (pattern, key) in found.into_iter().filter(|it| it.0.data != Data::Null) {
        out.report(
            pattern.span,
            format!("`{key}` has no effect: the authorizer is asked with the whole request"),
        )
        .help("remove it, and let the function look at what it is given; or make it a `TOKEN` authorizer")
        .fix(Fix::safe(format!("remove `{key}`"), [Edit::Remove { entry: pattern.span }]));
    }
}

const IN_BODIES: &str = "identityValidationExpression";
const IN_TEMPLATES: &str = "IdentityValidationExpression";

fn is(it: Option<&Raw>, word: &str) -> bool {
    it.and_then(Raw::as_str).is_some_and(|it| it.eq_ignore_ascii_case(word))
}
