use gatewright_ir::{Backend, Integration, IntegrationId, service};
use gatewright_source::Severity;

use super::unknown_service_parameter::meant;
use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "missing-service-parameter",
    page: include_str!("missing_service_parameter.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Service { subtype, parameters } = &integration.backend else { return };
    let Some(service) = service(&subtype.value) else { return };
    let given = |name: &str| parameters.iter().any(|it| &*it.0.value == name);
    // One that is misspelled is reported as unknown.
    let misspelled = |name: &str| parameters.iter().any(|it| meant(service, &it.0.value) == Some(name));
    let missing: Vec<&str> =
        service.required.iter().copied().filter(|it| !given(it) && !misspelled(it)).collect();
    if !missing.is_empty() {
        out.report(subtype.span, format!("`{}` needs {}", subtype.value, list(&missing)))
            .help(format!("give {} under `parameters`", if missing.len() == 1 { "it" } else { "them" }));
    }
}
