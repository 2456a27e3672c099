//! The commands of the README, run as a reader would: each `$ gatewright …` line of a ```console block, and what it
//! prints.

use std::path::Path;
use std::process::Command;

use gatewright_compiler::{NoFiles, compile, emit};
use libtest_mimic::{Failed, Trial};

use crate::build::compiled;
use crate::{expect, root, scratch};

pub(crate) fn trials() -> Vec<Trial> {
    if !cfg!(unix) {
        return Vec::new();
    }
    vec![
        Trial::test("readme::commands_print_what_it_says", commands),
        Trial::test("readme::specifications_are_clean", specifications),
        Trial::test("readme::names_for_templates_are_described", names),
        Trial::test("readme::links_lead_somewhere", links),
    ]
}

/// Runs the commands one after another in one folder, and puts in what they print.
fn commands() -> Result<(), Failed> {
    let path = root().join("README.md");
    let text = std::fs::read_to_string(&path)?;
    let folder = scratch("readme");
    let mut out = String::new();
    let mut inside = false;
    let mut skipping = false;
    let mut writing = None;
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
            skipping = false;
        } else if inside && line.starts_with("$ ") {
            out.push_str(line);
            out.push('\n');
            let command = &line[2..];
            skipping = command.starts_with("gatewright ") || command == "cat hello/gatewright.yaml";
            writing = command.strip_prefix("cat ").filter(|_| !skipping).map(|it| folder.join(it));
            if skipping {
                out.push_str(&run(command, &folder)?);
            } else if let Some(path) = &writing {
                std::fs::write(path, "")?;
            }
            continue;
        } else if skipping {
            continue;
        } else if let Some(path) = writing.as_ref().filter(|_| inside) {
            // What a `cat` shows is what the file holds for the commands below.
            let text = std::fs::read_to_string(path)?;
            std::fs::write(path, format!("{text}{line}\n"))?;
        }
        out.push_str(line);
        out.push('\n');
    }
    expect::file(&path, &out)
}

/// Every whole specification that the README shows has no finding.
fn specifications() -> Result<(), Failed> {
    let text = std::fs::read_to_string(root().join("README.md"))?;
    let blocks = text.split("```yaml\n").skip(1).filter_map(|it| it.split("```").next());
    let mut count = 0;
    for block in blocks.filter(|it| it.starts_with("gatewright: 1")) {
        count += 1;
        let found = compile("README.md", block.as_bytes().to_vec(), None, &NoFiles).diagnostics;
        if !found.is_empty() {
            return Err(format!("{block}\nhas findings: {found:#?}").into());
        }
    }
    if count == 0 { Err("the README shows no specification".into()) } else { Ok(()) }
}

/// Every name that a template of the user's own sees stands in the README's table.
fn names() -> Result<(), Failed> {
    let text = std::fs::read_to_string(root().join("README.md"))?;
    let (_, table) = text.split_once("| name | what it holds |").ok_or("the table is missing")?;
    for example in ["orders", "partner-api", "chat"] {
        let folder = root().join("examples").join(example);
        let written = std::fs::read(folder.join("gatewright.yaml"))?;
        let compilation = compiled(&folder, written)?;
        let model = emit::model(&compilation.model().ok_or("there is no model")?.ir, None);
        for (section, entities) in model.as_object().ok_or("the model is no object")? {
            let start = format!("| `{section}` | ");
            let row = table.lines().find(|it| it.starts_with(&start));
            let row = row.ok_or_else(|| format!("the README says nothing of `{section}`"))?;
            let entities = entities.as_array().cloned().unwrap_or_else(|| vec![entities.clone()]);
            for name in entities.iter().filter_map(|it| it.as_object()).flat_map(|it| it.keys()) {
                if !row.contains(&format!("`{name}`")) {
                    return Err(format!("the README says nothing of `{name}` of `{section}`").into());
                }
            }
        }
    }
    Ok(())
}

/// What a command prints, its errors included.
fn run(command: &str, folder: &Path) -> Result<String, Failed> {
    let program = Path::new(env!("CARGO_BIN_EXE_gatewright"));
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let output = Command::new("sh")
        .args(["-c", &format!("{command} 2>&1")])
        .env_clear()
        .env("PATH", path)
        .current_dir(folder)
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let text: String = text.lines().map(|it| format!("{}\n", it.trim_end())).collect();
    Ok(text)
}

/// Links from one Markdown file to another.
fn links() -> Result<(), Failed> {
    let files =
        ["README.md", "crates/README.md", "tests/README.md", "tests/bench/README.md", "examples/README.md"];
    for file in files {
        let path = root().join(file);
        let text = std::fs::read_to_string(&path)?;
        for link in text.split("](").skip(1).filter_map(|it| it.split(')').next()) {
            let target = link.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            if !path.parent().unwrap().join(target).exists() {
                return Err(format!("{file} links to {target}, which does not exist").into());
            }
        }
    }
    Ok(())
}
