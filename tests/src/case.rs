//! Cases: a folder holds what a person wrote, `gatewright.yaml`, and what the tool makes of it.

use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};

use crate::{expect, gatewright, root};

/// `tests/suite/check/<case>/`: `gatewright.yaml` and the findings in `diagnostics.txt`, with second places and help; where
/// some can be fixed, what becomes of the file is in `fixes.diff`.
pub(crate) fn trials() -> impl Iterator<Item = Trial> {
    folders("tests/suite/check").into_iter().map(|folder| {
        let name = name(&folder);
        Trial::test(format!("check::{name}"), move || check(&folder, "gatewright.yaml"))
    })
}

/// Compares the findings in a file with those in `diagnostics.txt`.
pub(crate) fn check(folder: &Path, input: &str) -> Result<(), Failed> {
    let output = gatewright()
        .args(["check", input, "--format", "json-lines", "--fail-on", "never"])
        .current_dir(folder)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let mut out = String::new();
    for line in String::from_utf8(output.stdout)?.lines() {
        let found: serde_json::Value = serde_json::from_str(line)?;
        let text = |it: &serde_json::Value| it.as_str().unwrap_or_default().to_owned();
        let at = |it: &serde_json::Value| {
            let file = text(&it["file"]);
            let file = if file == input { String::new() } else { format!("{file}:") };
            format!("{file}{}:{}", it["start"]["line"], it["start"]["column"])
        };
        let (severity, rule) = (text(&found["severity"]), text(&found["rule"]));
        out.push_str(&format!("{} {severity}[{rule}] {}\n", at(&found), text(&found["message"])));
        for label in found["labels"].as_array().into_iter().flatten() {
            out.push_str(&format!("    {} {}\n", at(label), text(&label["message"])));
        }
        if let Some(help) = found["help"].as_str() {
            out.push_str(&format!("    help: {}\n", help.replace('\n', "\n          ")));
        }
    }
    expect::file(&folder.join("diagnostics.txt"), &out)?;
    fixes(folder, input)
}

/// Compares what fixes would change with `fixes.diff`, which is only there if they would change something.
fn fixes(folder: &Path, input: &str) -> Result<(), Failed> {
    let output =
        gatewright().args(["check", input, "--diff", "--unsafe-fixes"]).current_dir(folder).output()?;
    let path = folder.join("fixes.diff");
    if output.stdout.is_empty() && !path.exists() {
        return Ok(());
    }
    expect::file(&path, &String::from_utf8(output.stdout)?)
}

/// The folders below a folder of the repository that hold a `gatewright.yaml`, sorted.
pub(crate) fn folders(below: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        if folder.join("gatewright.yaml").exists() {
            out.push(folder.to_owned());
        }
        for entry in entries.flatten() {
            if entry.path().is_dir() {
                walk(&entry.path(), out);
            }
        }
    }
    let mut out = Vec::new();
    walk(&root().join(below), &mut out);
    out.sort();
    out
}

/// The name of a case.
pub(crate) fn name(folder: &Path) -> String {
    folder.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default()
}
