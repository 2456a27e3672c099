use gatewright_ir::{Authorizer, AuthorizerId, AuthorizerKind};
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-authorizer-payload",
    page: include_str!("unsupported_authorizer_payload.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Authorizer(check),
};

/// Source: API Gateway Developer Guide, "Control access to HTTP APIs with AWS Lambda authorizers".
const PAYLOADS: [&str; 2] = ["1.0", "2.0"];

fn check(_: &Context<'_>, _: AuthorizerId, authorizer: &Authorizer, out: &mut Findings) {
    let AuthorizerKind::Lambda { payload, .. } = &authorizer.kind else { return };
    let text = &*payload.value;
    if PAYLOADS.contains(&text) {
        return;
    }
    let finding =
        out.report(payload.span, format!("there is no payload format `{}` for authorizers", shown(text)));
    let major = text.trim_start_matches(['v', 'V']).split('.').next().unwrap_or_default();
    match PAYLOADS.iter().find(|it| it.split('.').next() == Some(major)) {
        Some(near) => finding
            .help(format!("did you mean `{near}`?"))
            .fix(Fix::safe(format!("write `{near}`"), [Edit::set(payload.span, Written::text(*near))])),
        None => finding.help("write `2.0`, or `1.0` for a function made for REST APIs"),
    };
}
