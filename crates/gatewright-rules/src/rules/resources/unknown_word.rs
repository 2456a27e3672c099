use gatewright_ir::Span;
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::shape::{Fault, Words, parts, texts};
use super::shapes::INTEGRATION_EXTENSION;
use super::types;
use crate::rules::openapi::definition::integrations;
use crate::rules::words::{list, shown};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unknown-word",
    page: include_str!("unknown_word.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::ALL,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for integration in cx.ir.provenance.definition().into_iter().flat_map(integrations) {
        for (key, words) in &INTEGRATION_EXTENSION {
            for (text, span) in integration.get(key).into_iter().flat_map(texts) {
                report(key, words, text, span, out);
            }
        }
    }
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for (resource, shape) in types(template) {
        for part in parts(resource, shape) {
            for (key, words) in part.shape.words {
                for (text, span) in part.it.get(key).into_iter().flat_map(texts) {
                    report(key, words, text, span, out);
                }
            }
        }
    }
}

fn report(key: &str, words: &Words, text: &str, span: Span, out: &mut Findings) {
    let (Some(fault), false) = (words.fault(text), text.is_empty()) else { return };
    let set = |value: &str| (format!("write `{value}`"), Edit::Set { at: span, value: Written::text(value) });
    if let Fault::Case(same) = fault {
        let (title, edit) = set(same);
        out.report(span, format!("`{key}` is written `{same}`, not `{text}`"))
            .help(title.clone())
            .fix(Fix::safe(title, [edit]))
            .warning();
        return;
    }
    let near = out.did_you_mean(text, words.known()).map(set);
    let is_case = words.known().any(|it| it.eq_ignore_ascii_case(text));
    let finding = out.report(span, format!("`{key}` is never `{}`", shown(text)));
    match near {
        Some((title, edit)) => {
            let finding = finding.help(title.replacen("write", "did you mean", 1) + "?");
            finding.fix(if is_case { Fix::safe(title, [edit]) } else { Fix::needs_a_look(title, [edit]) });
        }
        None => {
            let known: Vec<&str> = words.known().collect();
            finding.help(match &known[..] {
                [only] => format!("write `{only}`"),
                known => format!("known are {}", list(known)),
            });
        }
    }
}
