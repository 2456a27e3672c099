use gatewright_ir::{Backend, Integration, IntegrationId, SERVICES, service};
use gatewright_source::{Fix, Safety, Severity, did_you_mean};

use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unknown-service-subtype",
    page: include_str!("unknown_service_subtype.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Service { subtype, .. } = &integration.backend else { return };
    if service(&subtype.value).is_some() {
        return;
    }
    let known = SERVICES.map(|it| it.subtype);
    let finding = out.report(subtype.span, format!("there is no service integration `{}`", subtype.value));
    match did_you_mean(&subtype.value, known) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(Fix::spelling(
            subtype.span,
            &subtype.value,
            near,
        )),
        None => finding.help(format!("known are {}", list(&known))),
    };
}
