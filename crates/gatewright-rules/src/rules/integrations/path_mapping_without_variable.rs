use gatewright_ir::{Backend, Integration, IntegrationId};
use gatewright_source::{Severity, did_you_mean};

use super::rest_mapping::{Place, destination};
use super::uri::variables;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "path-mapping-without-variable",
    page: include_str!("path_mapping_without_variable.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let (Backend::Http { uri, .. } | Backend::Action { action: uri, .. }) = &integration.backend else {
        return;
    };
    let Some(text) = uri.value.as_str() else { return };
    for it in &integration.request_parameters {
        let Ok(Place::Path(name)) = destination(&it.destination.value) else { continue };
        if variables(text).any(|it| it == name) {
            continue;
        }
        out.report(it.destination.span, format!("there is no `{{{name}}}` in the URL to put this into"))
            .label(uri.span, "this is the URL")
            .help(match did_you_mean(name, variables(text)) {
                Some(near) => format!("did you mean `path.{near}`?"),
                None => format!("write `{{{name}}}` where it belongs in the URL, or remove the mapping"),
            });
    }
}
