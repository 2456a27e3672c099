//! Baselines: findings that a team has seen and lives with for now. A finding is known again by its rule and its logical
//! path, so that it stays known where lines move.

use std::collections::BTreeMap;

use gatewright_source::Diagnostic;
use serde_json::{Value, json};

use crate::{Compilation, logical_paths, normalise};

/// The version of the form in which baselines are written.
const VERSION: u64 = 1;

/// How often each rule found something at each logical path: `(rule, path)`.
type Known = BTreeMap<(String, String), u64>;

/// Findings that are known, by the files that they are in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    files: BTreeMap<String, Known>,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// In words that follow "cannot read `path`: ".
    pub fn parse(text: &str) -> Result<Self, String> {
        let document: Value = serde_json::from_str(text).map_err(|it| format!("it is no JSON: {it}"))?;
        match document["version"].as_u64() {
            Some(VERSION) => {}
            Some(other) => {
                return Err(format!("it has version {other}, and this Gatewright reads version {VERSION}"));
            }
            None => return Err("it is no baseline: `--write-baseline` writes one".to_owned()),
        }
        let mut out = Self::default();
        let Some(files) = document["findings"].as_object() else {
            return Err("it has no `findings`".to_owned());
        };
        for (file, found) in files {
            let known = out.files.entry(file.clone()).or_default();
            for it in found.as_array().into_iter().flatten() {
                let (Some(rule), Some(at)) = (it["rule"].as_str(), it["at"].as_str()) else {
                    return Err(format!("a finding in `{file}` has no `rule` or no `at`"));
                };
                let count = it["count"].as_u64().unwrap_or(1);
                *known.entry((rule.to_owned(), at.to_owned())).or_default() += count;
            }
        }
        Ok(out)
    }

    /// Takes the findings out of a compilation that are known, and counts them off: what is left in the baseline in the
    /// end is gone from the files. `name` is what a file is called there.
    pub fn take(&mut self, compilation: &mut Compilation, name: &dyn Fn(&str) -> String) {
        if self.files.is_empty() {
            return;
        }
        let keys = keys(compilation, name);
        let mut keys = keys.into_iter();
        let (known, new) = std::mem::take(&mut compilation.diagnostics).into_iter().partition(|_| {
            let Some((file, key)) = keys.next() else { return false };
            let Some(left) = self.files.get_mut(&file).and_then(|it| it.get_mut(&key)) else { return false };
            let is_known = *left > 0;
            *left = left.saturating_sub(1);
            is_known
        });
        compilation.diagnostics = new;
        compilation.known = known;
    }

    /// Adds all findings of a compilation.
    pub fn add(&mut self, compilation: &Compilation, name: &dyn Fn(&str) -> String) {
        for (file, key) in keys(compilation, name) {
            *self.files.entry(file).or_default().entry(key).or_default() += 1;
        }
    }

    /// Takes over what another baseline has of files that pass a test.
    pub fn keep(&mut self, other: Self, is_kept: impl Fn(&str) -> bool) {
        for (file, known) in other.files {
            if is_kept(&file) {
                self.files.entry(file).or_insert(known);
            }
        }
    }

    /// How many findings of files that pass a test there are.
    pub fn len_of(&self, is_counted: impl Fn(&str) -> bool) -> u64 {
        self.files.iter().filter(|it| is_counted(it.0)).flat_map(|it| it.1.values()).sum()
    }

    /// How many findings there are.
    pub fn len(&self) -> u64 {
        self.len_of(|_| true)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The baseline as text: JSON, sorted, so that a change of it is easy to review.
    pub fn write(&self) -> String {
        let findings: serde_json::Map<String, Value> = self
            .files
            .iter()
            .map(|(file, known)| {
                let list: Vec<Value> = known
                    .iter()
                    .filter(|it| *it.1 > 0)
                    .map(|((rule, at), count)| match count {
                        1 => json!({ "rule": rule, "at": at }),
                        _ => json!({ "rule": rule, "at": at, "count": count }),
                    })
                    .collect();
                (file.clone(), list)
            })
            .filter(|it| !it.1.is_empty())
            .map(|(file, list)| (file, list.into()))
            .collect();
        let document = json!({ "version": VERSION, "findings": findings });
        let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// File and key of each finding, in their order.
fn keys(compilation: &Compilation, name: &dyn Fn(&str) -> String) -> Vec<(String, (String, String))> {
    let sources = &compilation.sources;
    let file =
        |it: &Diagnostic| sources.file_of(it.span).map_or(String::new(), |it| name(&normalise(it.name())));
    let found = &compilation.diagnostics;
    found
        .iter()
        .zip(logical_paths(sources, found.iter().map(|it| it.span)))
        .map(|(it, path)| (file(it), (it.rule.to_owned(), path)))
        .collect()
}
