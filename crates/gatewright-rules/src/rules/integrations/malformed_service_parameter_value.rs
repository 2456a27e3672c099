use gatewright_ir::{Backend, Integration, IntegrationId};
use gatewright_source::Severity;

use super::mapping::{Fault, Side, source};
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-service-parameter-value",
    page: include_str!("malformed_service_parameter_value.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Service { parameters, .. } = &integration.backend else { return };
    for (name, value) in parameters {
        let Some((wrong, fault)) = value.value.as_str().and_then(|it| source(it, Side::Request)) else {
            continue;
        };
        let (name, shown) = (&name.value, shown(wrong));
        match fault {
            Fault::Wrong(help) => {
                out.report(value.span, format!("there is no value `{shown}` for `{name}`")).help(help);
            }
            Fault::Doubtful(_) if wrong.trim_start_matches('$').starts_with("input") => {
                out.report(value.span, format!("`{name}` is a mapping template, which only REST APIs have"))
                    .help("write `$request.body`, or a part of it: `$request.body.order.id`")
                    .warning();
            }
            Fault::Doubtful(help) => {
                out.report(value.span, format!("`{shown}` looks like an expression and is none"))
                    .help(help)
                    .warning();
            }
        }
    }
}
