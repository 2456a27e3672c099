//! A report of GitLab's code quality: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use std::collections::HashMap;

use gatewright_compiler::source::Severity;
use gatewright_compiler::{Compilation, logical_paths};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{help, message, place};

/// All findings of all files, as one list.
pub(crate) fn render(compilations: &[Compilation]) -> String {
    let mut out: Vec<Value> = Vec::new();
    for compilation in compilations {
        // A finding is known again by its logical path, not by its line, so that it stays the same where others move it.
        let mut seen: HashMap<String, usize> = HashMap::new();
        let found = &compilation.diagnostics;
        let paths = logical_paths(&compilation.sources, found.iter().map(|it| it.span));
        for (it, path) in found.iter().zip(paths) {
            let at = place(compilation, it.span);
            let text = message(it);
            let what = format!("{}\n{}\n{path}\n{text}", at.file, it.rule);
            let count = seen.entry(what.clone()).or_default();
            *count += 1;
            out.push(json!({
                "description": match help(it).map(|it| it.replace('\n', "; ")) {
                    Some(help) => format!("{text} ({help})"),
                    None => text,
                },
                "check_name": it.rule,
                "fingerprint": fingerprint(&format!("{what}\n{count}")),
                "severity": match it.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                },
                "location": { "path": at.file, "lines": { "begin": at.start.line, "end": at.end.line } },
            }));
        }
    }
    let mut text = serde_json::to_string_pretty(&out).unwrap_or_default();
    text.push('\n');
    text
}

fn fingerprint(text: &str) -> String {
    Sha256::digest(text).iter().take(16).map(|it| format!("{it:02x}")).collect()
}
