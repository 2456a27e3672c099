use gatewright_ir::{Backend, Integration, IntegrationId, Method};
use gatewright_source::{Fix, Safety, Severity, did_you_mean};

use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-http-method",
    page: include_str!("unsupported_http_method.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let (Backend::Http { method, .. } | Backend::Action { method, .. }) = &integration.backend else {
        return;
    };
    if Method::parse(&method.value).is_some() {
        return;
    }
    let known = Method::ALL.map(Method::as_str);
    let finding = out.report(method.span, format!("a backend cannot be called with `{}`", method.value));
    match did_you_mean(&method.value, known) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(Fix::spelling(
            method.span,
            &method.value,
            near,
        )),
        None => finding.help(format!("known are {}", list(&known))),
    };
}
