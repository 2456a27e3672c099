use gatewright_ir::{Backend, Ir, Method, Route};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unvalidated-request",
    page: include_str!("unvalidated_request.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    // What could not be read may be a model or a validator.
    if ir.provenance.is_fragment || ir.api.unknown_model {
        return;
    }
    let mut unchecked = ir.routes.values().filter(|it| takes_a_body(ir, it) && it.validation.is_none());
    let Some(first) = unchecked.next() else { return };
    let more = match unchecked.count() {
        0 => String::new(),
        1 => " and one more route".to_owned(),
        more => format!(" and {more} more routes"),
    };
    let key = first.key.value.as_str();
    out.report(first.key.span, format!("whatever is sent to `{key}`{more} reaches the backend unchecked"))
        .help("name a model of the body: `validate: { body: MODEL }`")
        .help_in(Formats::CLOUDFORMATION, "set `RequestModels`, and `RequestValidatorId`")
        .help_in(Formats::SAM, "give the event a `RequestModel` with `ValidateBody: true`")
        .help_in(
            Formats::OPENAPI,
            "name a validator that checks bodies: `x-amazon-apigateway-request-validator`",
        )
        .help_in(Formats::SERVERLESS, "give the event `request: { schemas: … }`");
}

fn takes_a_body(ir: &Ir, route: &Route) -> bool {
    let integration = route.target.integration();
    let is_sent_on = integration
        .is_some_and(|it| !matches!(ir.integrations[it].backend, Backend::Mock { .. } | Backend::Unknown));
    matches!(route.key.value.method(), Some(Method::Post | Method::Put | Method::Patch)) && is_sent_on
}
