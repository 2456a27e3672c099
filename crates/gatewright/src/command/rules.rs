//! `gatewright rules`

use std::fmt::Write as _;

use gatewright_compiler::ir::{ApiKind, Format};
use gatewright_compiler::rules::{self, Page, Preset, Rule};
use gatewright_compiler::source::Safety;
use serde_json::json;

use super::print;
use crate::args::{ListFormat, Rules};
use crate::render::{BOLD, DIM, RESET};
use crate::{Failure, Outcome};

/// Lists all rules.
pub(crate) fn run(args: &Rules) -> Result<Outcome, Failure> {
    let mut all: Vec<&Rule> = rules::all().collect();
    all.sort_by_key(|it| (it.category, it.name));
    let mut out = String::new();
    match args.format {
        ListFormat::Text => {
            let mut category = None;
            for rule in all {
                if category != Some(rule.category) {
                    let gap = if category.is_some() { "\n" } else { "" };
                    let _ = writeln!(out, "{gap}{BOLD}{}{RESET}", rule.category.as_str());
                    category = Some(rule.category);
                }
                let summary = Page::parse(rule.page).summary.replace('\n', " ");
                let severity = rule.severity.as_str();
                let preset = match rule.preset {
                    Preset::Recommended => String::new(),
                    it => format!(", in `{}`", it.as_str()),
                };
                let formats = formats(rule).map(|it| format!(", only in {it}")).unwrap_or_default();
                let fix = rule.fix.map(|it| format!(", {} fix", it.as_str())).unwrap_or_default();
                let about = format!("{severity}{preset}{formats}{fix}");
                let _ = writeln!(out, "  {} {DIM}({about}){RESET}\n      {summary}", rule.name);
            }
        }
        ListFormat::Markdown => {
            out.push_str(
                "| rule | severity | category | preset | kinds | formats | fix | what it finds |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n",
            );
            for rule in all {
                let summary = Page::parse(rule.page).summary.replace('\n', " ").replace('|', "\\|");
                let _ = writeln!(
                    out,
                    "| `{}` | {} | {} | {} | {} | {} | {} | {summary} |",
                    rule.name,
                    rule.severity.as_str(),
                    rule.category.as_str(),
                    rule.preset.as_str(),
                    kinds(rule),
                    formats(rule).unwrap_or_else(|| "all".to_owned()),
                    rule.fix.map_or("–", Safety::as_str),
                );
            }
        }
        ListFormat::Json => {
            let list: Vec<_> = all
                .iter()
                .map(|rule| {
                    json!({
                        "name": rule.name,
                        "severity": rule.severity.as_str(),
                        "category": rule.category.as_str(),
                        "preset": rule.preset.as_str(),
                        "fix": rule.fix.map(Safety::as_str),
                        "kinds": kinds(rule).split(", ").collect::<Vec<_>>(),
                        "formats": Format::ALL.into_iter().filter(|it| rule.formats.contains(*it)).map(Format::as_str).collect::<Vec<_>>(),
                        "summary": Page::parse(rule.page).summary,
                    })
                })
                .collect();
            out = serde_json::to_string_pretty(&list).unwrap_or_default();
            out.push('\n');
        }
    }
    print(&out)
}

/// Severity, category, kinds and fix of a rule, in words; and the preset and the formats, where these are not the usual.
pub(super) fn about(rule: &Rule) -> String {
    let mut out = format!("{} · {} · {}", rule.severity.as_str(), rule.category.as_str(), kinds(rule));
    if let Some(formats) = formats(rule) {
        let _ = write!(out, " · {formats}");
    }
    if rule.preset != Preset::Recommended {
        let _ = write!(out, " · preset {}", rule.preset.as_str());
    }
    if let Some(safety) = rule.fix {
        let _ = write!(out, " · {} fix", safety.as_str());
    }
    out
}

/// The formats of a rule, if these are not all.
fn formats(rule: &Rule) -> Option<String> {
    let names: Vec<&str> =
        Format::ALL.into_iter().filter(|it| rule.formats.contains(*it)).map(Format::as_str).collect();
    (names.len() < Format::ALL.len()).then(|| names.join(", "))
}

fn kinds(rule: &Rule) -> String {
    let all = [(ApiKind::Http, "http"), (ApiKind::Rest, "rest"), (ApiKind::WebSocket, "websocket")];
    let names: Vec<&str> = all.iter().filter(|it| rule.kinds.contains(it.0)).map(|it| it.1).collect();
    names.join(", ")
}
