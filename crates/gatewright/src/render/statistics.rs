//! How often each rule found something, in place of the findings.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use gatewright_compiler::Compilation;
use gatewright_compiler::source::Severity;
use serde_json::{Value, json};

use super::{BOLD_RED, BOLD_YELLOW, RESET};

/// Findings and files of a rule, most findings first.
struct Row {
    rule: &'static str,
    severity: Severity,
    findings: usize,
    files: usize,
}

fn rows(compilations: &[Compilation]) -> Vec<Row> {
    let mut counts: BTreeMap<(&'static str, Severity), (usize, usize)> = BTreeMap::new();
    for compilation in compilations {
        let mut here: BTreeMap<(&'static str, Severity), usize> = BTreeMap::new();
        for it in &compilation.diagnostics {
            *here.entry((it.rule, it.severity)).or_default() += 1;
        }
        for (key, findings) in here {
            let count = counts.entry(key).or_default();
            *count = (count.0 + findings, count.1 + 1);
        }
    }
    let row = |((rule, severity), (findings, files))| Row { rule, severity, findings, files };
    let mut out: Vec<Row> = counts.into_iter().map(row).collect();
    out.sort_by(|one, two| two.findings.cmp(&one.findings).then_with(|| one.rule.cmp(two.rule)));
    out
}

/// A table for people.
pub(crate) fn table(compilations: &[Compilation]) -> String {
    let rows = rows(compilations);
    let width = |it: usize| it.to_string().len();
    let findings = rows.iter().map(|it| width(it.findings)).max().unwrap_or_default();
    let name = rows.iter().map(|it| it.rule.len()).max().unwrap_or_default();
    let mut out = String::new();
    for it in rows {
        let colour = match it.severity {
            Severity::Error => BOLD_RED,
            Severity::Warning => BOLD_YELLOW,
        };
        let files = if it.files == 1 { "1 file".to_owned() } else { format!("{} files", it.files) };
        let _ = writeln!(
            out,
            "{:>findings$}  {colour}{:<7}{RESET}  {:<name$}  in {files}",
            it.findings,
            it.severity.as_str(),
            it.rule
        );
    }
    out
}

/// The same for programs.
pub(crate) fn json(compilations: &[Compilation]) -> String {
    let list: Vec<Value> = rows(compilations)
        .into_iter()
        .map(|it| {
            json!({
                "rule": it.rule,
                "severity": it.severity.as_str(),
                "findings": it.findings,
                "files": it.files,
            })
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&list).unwrap_or_default();
    text.push('\n');
    text
}
