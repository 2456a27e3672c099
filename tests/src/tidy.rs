//! The repository: crates use only what the map allows, every rule is listed, generated files are current.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use gatewright_compiler::rules;
use libtest_mimic::{Failed, Trial};

use crate::{expect, gatewright, page, root};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("tidy::crates_use_what_the_map_allows", edges),
        Trial::test("tidy::outside_libraries_have_one_home", homes),
        Trial::test("tidy::every_file_says_what_is_in_it", first_lines),
        Trial::test("tidy::every_page_belongs_to_a_rule", pages),
        Trial::test("tidy::the_schema_is_current", schema),
        Trial::test("tidy::the_schema_of_the_configuration_is_current", config_schema),
        Trial::test("tidy::the_rule_index_is_current", index),
        Trial::test("tidy::the_picture_in_the_readme_is_current", picture),
        Trial::test("tidy::the_top_level_is_as_agreed", top_level),
    ]
}

/// The normal dependencies of each of our crates.
fn dependencies() -> Result<BTreeMap<String, Vec<String>>, Failed> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let mut out = BTreeMap::new();
    for package in metadata["packages"].as_array().ok_or("no packages")? {
        let used = package["dependencies"].as_array().ok_or("no dependencies")?;
        let mut names: Vec<String> = used
            .iter()
            .filter(|it| it["kind"].is_null())
            .map(|it| it["name"].as_str().unwrap_or_default().to_owned())
            .collect();
        names.sort();
        out.insert(package["name"].as_str().unwrap_or_default().to_owned(), names);
    }
    Ok(out)
}

/// The table of crates in `crates/README.md`: name to the crates that it may use.
fn table() -> Result<BTreeMap<String, Vec<String>>, Failed> {
    let text = std::fs::read_to_string(root().join("crates/README.md"))?;
    let mut out = BTreeMap::new();
    for line in text.lines().filter(|it| it.starts_with("| `gatewright")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let name = cells[0].trim_matches('`').to_owned();
        let last = cells.last().copied().unwrap_or_default();
        let mut used: Vec<String> = last
            .split(',')
            .map(|it| it.trim().trim_matches('`'))
            .filter(|it| !it.is_empty() && *it != "–")
            .map(|it| format!("gatewright-{it}"))
            .collect();
        used.sort();
        out.insert(name, used);
    }
    Ok(out)
}

fn edges() -> Result<(), Failed> {
    let (table, actual) = (table()?, dependencies()?);
    for (name, used) in &actual {
        let ours: Vec<String> = used.iter().filter(|it| it.starts_with("gatewright")).cloned().collect();
        match table.get(name) {
            None => return Err(format!("`{name}` is not in the table of crates/README.md").into()),
            Some(allowed) if *allowed != ours => {
                return Err(format!("`{name}` uses {ours:?}; crates/README.md says {allowed:?}").into());
            }
            Some(_) => {}
        }
    }
    match table.keys().find(|it| !actual.contains_key(*it)) {
        Some(name) => Err(format!("crates/README.md lists `{name}`, which does not exist").into()),
        None => Ok(()),
    }
}

fn homes() -> Result<(), Failed> {
    let homes = [
        ("granit-parser", &["gatewright-source"][..]),
        ("toml", &["gatewright-source"]),
        ("schemars", &["gatewright-spec", "gatewright-config"]),
        ("petgraph", &["gatewright-graph"]),
        ("tera", &["gatewright-emit"]),
        ("miette", &["gatewright"]),
        ("clap", &["gatewright"]),
    ];
    for (name, used) in dependencies()? {
        for (library, home) in homes {
            if !home.contains(&&*name) && used.iter().any(|it| it == library) {
                return Err(format!("`{name}` uses {library}, whose home is {home:?}").into());
            }
        }
    }
    Ok(())
}

fn first_lines() -> Result<(), Failed> {
    let rules = Path::new("gatewright-rules").join("src").join("rules");
    let mut wrong = Vec::new();
    for path in files(&root().join("crates"), "rs").into_iter().chain(files(&root().join("tests"), "rs")) {
        // The page of a rule explains it.
        let is_rule =
            path.with_extension("md").exists() && path.to_string_lossy().contains(&*rules.to_string_lossy());
        let text = std::fs::read_to_string(&path)?;
        if !is_rule && !text.starts_with("//! ") {
            wrong.push(path.display().to_string());
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("no `//! …` on the first line: {wrong:?}").into()) }
}

/// The files below a folder with an ending, but none that cargo wrote.
fn files(folder: &Path, ending: &str) -> Vec<std::path::PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && path.file_name().is_some_and(|it| it != "target") {
            out.extend(files(&path, ending));
        } else if path.extension().is_some_and(|it| it == ending) {
            out.push(path);
        }
    }
    out.sort();
    out
}

fn pages() -> Result<(), Failed> {
    let known: Vec<&str> = rules::all().map(|it| it.name).collect();
    let mut seen = std::collections::BTreeSet::new();
    for name in &known {
        if !seen.insert(name) {
            return Err(format!("two rules are called `{name}`").into());
        }
    }
    for path in page::pages() {
        let text = std::fs::read_to_string(&path)?;
        let title = text.lines().next().unwrap_or_default().trim_start_matches("# ");
        if !known.contains(&title) {
            return Err(format!("{} belongs to no rule that is listed", path.display()).into());
        }
    }
    Ok(())
}

fn schema() -> Result<(), Failed> {
    expect::file(&root().join("schemas/gatewright.schema.json"), &gatewright_compiler::schema())
}

fn config_schema() -> Result<(), Failed> {
    expect::file(&root().join("schemas/gatewright-toml.schema.json"), &gatewright_compiler::config::schema())
}

fn index() -> Result<(), Failed> {
    let output = gatewright().args(["rules", "--format", "markdown"]).output()?;
    let table = String::from_utf8(output.stdout)?;
    let text = format!(
        "# All rules\n\n`gatewright explain RULE` shows the page of a rule; the pages stand beside the rules in `src/rules`.\n\n{table}"
    );
    expect::file(&root().join("crates/gatewright-rules/README.md"), &text)
}

fn picture() -> Result<(), Failed> {
    let folder = root().join("examples/orders");
    let output =
        gatewright().args(["graph", "gatewright.yaml", "--format", "svg"]).current_dir(&folder).output()?;
    expect::file(&folder.join("graph.svg"), &String::from_utf8(output.stdout)?)
}

fn top_level() -> Result<(), Failed> {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "LICENSE",
        "README.md",
        "crates",
        "examples",
        "schemas",
        "target",
        "tests",
    ];
    for entry in std::fs::read_dir(root())? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && !allowed.contains(&&*name) {
            return Err(format!("`{name}` does not belong at the top level").into());
        }
    }
    Ok(())
}
