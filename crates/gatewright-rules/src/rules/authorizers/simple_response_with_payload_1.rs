use gatewright_ir::{Authorizer, AuthorizerId, AuthorizerKind, AuthorizerResponse};
use gatewright_source::{Edit, Fix, Safety, Severity};

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "simple-response-with-payload-1",
    page: include_str!("simple_response_with_payload_1.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Authorizer(check),
};

fn check(_: &Context<'_>, _: AuthorizerId, authorizer: &Authorizer, out: &mut Findings) {
    if let AuthorizerKind::Lambda { response: AuthorizerResponse::Simple, payload, .. } = &authorizer.kind
        && &*payload.value == "1.0"
    {
        let message = format!("`{}` cannot give a simple response with payload 1.0", authorizer.name.value);
        out.report(payload.span, message)
            .help("leave `payload` out, or return a policy and write `response: iam`")
            .fix(Fix::needs_a_look("write `2.0`", [Edit::reword(payload.span, "1.0", "2.0")]));
    }
}
