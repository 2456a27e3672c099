use gatewright_source::{Severity, did_you_mean};
use rustc_hash::FxHashSet;

use super::log_variables::{Reader, Support, is_refused, names, replacement, support, used};
use super::written::formats;
use crate::rules::routes::part::part;
use crate::rules::words::apis;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-log-variable",
    page: include_str!("unsupported_log_variable.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let kind = cx.ir.api.kind;
    let reader = Reader::AccessLog(kind);
    for format in formats(cx.ir) {
        let mut seen = FxHashSet::default();
        for piece in format.pieces() {
            for (at, name) in used(&piece.value) {
                if !seen.insert(name) {
                    continue;
                }
                let place = part(cx, piece.span, &piece.value, at);
                match support(name, reader) {
                    Support::Full => {}
                    Support::Elsewhere => {
                        let message = format!("{} have no `$context.{name}`", apis(kind));
                        let mut finding = out.report(place, message).within(piece.span);
                        // The others print `-`.
                        if !is_refused(name, kind) {
                            finding = finding.warning();
                        }
                        match replacement(name, reader) {
                            Some(it) => finding.help(format!("write `$context.{it}`")),
                            None => finding.help("leave it out"),
                        };
                    }
                    Support::Doubtful(why) => {
                        out.report(place, format!("`$context.{name}` {why}"))
                            .within(piece.span)
                            .help("leave it out")
                            .warning();
                    }
                    Support::Unknown => {
                        let message = format!("the variable `$context.{name}` is not known");
                        let nested = format!("identity.{name}");
                        let near = names(reader)
                            .find(|it| *it == nested)
                            .or_else(|| did_you_mean(name, names(reader)));
                        let help = match near.or_else(|| replacement(name, reader)) {
                            Some(near) => format!("did you mean `$context.{near}`?"),
                            None => "leave it out: it may be refused, or print `-`".to_owned(),
                        };
                        out.report(place, message).within(piece.span).help(help).warning();
                    }
                }
            }
        }
    }
}
