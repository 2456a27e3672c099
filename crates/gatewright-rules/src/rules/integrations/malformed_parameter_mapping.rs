use gatewright_ir::{Backend, Integration, IntegrationId, Name, ParameterMapping};
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::mapping::{Action, Fault, Side, destination, source};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-parameter-mapping",
    page: include_str!("malformed_parameter_mapping.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    // For a service, the key as a whole was reported.
    if !matches!(integration.backend, Backend::Service { .. }) {
        integration.request_parameters.iter().for_each(|it| mapping(it, Side::Request, out));
    }
    for (code, mappings) in &integration.response_parameters {
        status(code, out);
        mappings.iter().for_each(|it| mapping(it, Side::Response, out));
    }
}

fn status(code: &Name, out: &mut Findings) {
    let known = code.value.len() == 3 && code.value.parse().is_ok_and(|it: u16| (200..=599).contains(&it));
    if !known {
        out.report(code.span, format!("`{}` is no status from 200 to 599", code.value))
            .help("write one status of the backend: `404`");
    }
}

fn mapping(it: &ParameterMapping, side: Side, out: &mut Findings) {
    let text = &it.destination.value;
    let action = match destination(text, side) {
        Ok((action, _)) => action,
        Err((wrong, help)) => {
            let finding = out.report(it.destination.span, format!("the mapping `{text}` {wrong}")).help(help);
            if let Some((word, place)) = text.split_once(':')
                && let Some(meant) = action_meant(word)
            {
                let edit = Edit::reword(it.destination.span, &**text, format!("{meant}:{place}"));
                finding.fix(Fix::needs_a_look(format!("write `{meant}:{place}`"), [edit]));
            }
            return;
        }
    };
    let Some(value) = it.source.value.as_str() else { return };
    if action == Action::Remove {
        if value != "''" {
            out.report(it.source.span, format!("the value of `{text}` is not `''`"))
                .help("write `\"''\"`: two single quotes within double quotes")
                .fix(Fix::safe("write `''`", [Edit::set(it.source.span, Written::text("''"))]));
        }
        return;
    }
    match source(value, side) {
        Some((wrong, Fault::Wrong(help))) => {
            out.report(it.source.span, format!("there is no value `{wrong}` for `{text}`")).help(help);
        }
        Some((wrong, Fault::Doubtful(help))) => {
            out.report(it.source.span, format!("`{wrong}` looks like an expression and is none"))
                .warning()
                .help(help);
        }
        None => {}
    }
}

/// The action that has another name elsewhere.
fn action_meant(word: &str) -> Option<&'static str> {
    match &*word.to_ascii_lowercase() {
        "set" | "replace" | "put" | "overwrite" => Some("overwrite"),
        "add" | "append" => Some("append"),
        "delete" | "unset" | "remove" => Some("remove"),
        _ => None,
    }
}
