use gatewright_ir::{Backend, Integration, IntegrationId, Service, service};
use gatewright_source::{Fix, Safety, Severity, did_you_mean};

use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unknown-service-parameter",
    page: include_str!("unknown_service_parameter.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Service { subtype, parameters } = &integration.backend else { return };
    let Some(service) = service(&subtype.value) else { return };
    for (name, _) in parameters {
        if is_known(service, &name.value) {
            continue;
        }
        let finding = out.report(name.span, format!("`{}` has no parameter `{}`", subtype.value, name.value));
        match meant(service, &name.value) {
            Some(near) => finding.help(format!("did you mean `{near}`?")).fix(Fix::spelling(
                name.span,
                &name.value,
                near,
            )),
            None => {
                let known: Vec<&str> = service.required.iter().chain(service.optional).copied().collect();
                finding.help(format!("known are {}", list(&known)))
            }
        };
    }
}

fn is_known(service: &Service, name: &str) -> bool {
    service.required.contains(&name) || service.optional.contains(&name)
}

/// The parameter that an unknown name was probably meant to be.
pub(super) fn meant(service: &Service, name: &str) -> Option<&'static str> {
    if is_known(service, name) {
        return None;
    }
    did_you_mean(name, service.required.iter().chain(service.optional).copied())
}
