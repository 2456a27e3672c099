use gatewright_ir::ApiKind;
use gatewright_source::Severity;

use super::written::{is_dynamic, variable_names, variables};
use crate::rules::routes::part::part;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule, limits};

pub(super) static RULE: Rule = Rule {
    name: "malformed-stage-variable",
    page: include_str!("malformed_stage_variable.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for name in variable_names(cx.ir) {
        let (text, most): (&str, _) = (&name.value, limits::STAGE_VARIABLE_NAME_CHARACTERS);
        let length = text.chars().count();
        if text.is_empty() {
            out.report(name.span, "the stage variable has no name").help("name it, for example `tableName`");
        } else if let Some((at, it)) = text.char_indices().find(|(_, it)| !is_allowed_in_name(*it)) {
            let place = part(cx, name.span, text, at..at + it.len_utf8());
            out.report(place, format!("the stage variable name `{text}` may not contain {}", shown(it)))
                .help("use letters, digits and `_`");
        } else if length > most {
            let message =
                format!("the name of the stage variable has {length} characters, and may have {most}");
            out.report(name.span, message).help("shorten it");
        }
    }
    for (name, value, span) in variables(cx.ir) {
        let (name, most) = (&name.value, limits::STAGE_VARIABLE_VALUE_CHARACTERS);
        let length = value.chars().count();
        if is_dynamic(value) {
            continue;
        }
        if value.is_empty() {
            out.report(span, format!("the stage variable `{name}` is empty"))
                .help("give it a value, or remove it");
        } else if let Some((at, it)) = value.char_indices().find(|(_, it)| !is_allowed_in_value(*it)) {
            let place = part(cx, span, value, at..at + it.len_utf8());
            let finding = out
                .report(
                    place,
                    format!("the value of the stage variable `{name}` may not contain {}", shown(it)),
                )
                .help("use letters, digits and `-._~:/?#&=,`");
            // The message with which REST APIs refuse other characters lists the space among those that they take.
            if it == ' ' && cx.ir.api.kind == ApiKind::Rest {
                finding.warning();
            }
        } else if length > most {
            let message = format!("the stage variable `{name}` has {length} characters, and may have {most}");
            out.report(span, message).help("shorten it, or let the function read it from elsewhere");
        }
    }
}

fn shown(it: char) -> String {
    match it {
        '\n' | '\r' => "line breaks".to_owned(),
        it if it.is_whitespace() => "spaces".to_owned(),
        it if it.is_control() => "control characters".to_owned(),
        it => format!("`{it}`"),
    }
}

/// Source: API Gateway Developer Guide, "Use stage variables for HTTP APIs in API Gateway".
fn is_allowed_in_name(it: char) -> bool {
    it.is_ascii_alphanumeric() || it == '_'
}

/// Source: API Gateway V2 API Reference, `Stage`: `stageVariables`.
fn is_allowed_in_value(it: char) -> bool {
    it.is_ascii_alphanumeric() || "-._~:/?#&=,".contains(it)
}
