//! `gatewright rules`

use std::fmt::Write as _;

use gatewright_compiler::ir::ApiKind;
use gatewright_compiler::rules::{self, Page, Rule};
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
                let _ = writeln!(
                    out,
                    "  {} {DIM}({}){RESET}\n      {summary}",
                    rule.name,
                    rule.severity.as_str()
                );
            }
        }
        ListFormat::Markdown => {
            out.push_str(
                "| rule | severity | category | kinds | what it finds |\n| --- | --- | --- | --- | --- |\n",
            );
            for rule in all {
                let summary = Page::parse(rule.page).summary.replace('\n', " ").replace('|', "\\|");
                let _ = writeln!(
                    out,
                    "| `{}` | {} | {} | {} | {summary} |",
                    rule.name,
                    rule.severity.as_str(),
                    rule.category.as_str(),
                    kinds(rule)
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
                        "kinds": kinds(rule).split(", ").collect::<Vec<_>>(),
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

/// Severity, category and kinds of a rule, in words.
pub(super) fn about(rule: &Rule) -> String {
    format!("{} · {} · {}", rule.severity.as_str(), rule.category.as_str(), kinds(rule))
}

fn kinds(rule: &Rule) -> String {
    let all = [(ApiKind::Http, "http"), (ApiKind::Rest, "rest"), (ApiKind::WebSocket, "websocket")];
    let names: Vec<&str> = all.iter().filter(|it| rule.kinds.contains(it.0)).map(|it| it.1).collect();
    names.join(", ")
}
