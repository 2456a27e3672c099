//! Real files: what of each is understood. They are not in the repository; the environment variable `GATEWRIGHT_CORPUS` names
//! the folder that holds them, with a table of what is in them, `INDEX.tsv`.
//!
//! A file is right if it shows to be of its format, if the kinds of API are those of the table, and if there are as many
//! routes. The table counts what stands in the file itself: events of functions, operations of inline definitions, and
//! resources for methods and routes. Preflight methods are operations there, too.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use gatewright_compiler::ir::{ApiKind, Format, Ir};
use gatewright_compiler::{Compilation, Given, compile_given};
use libtest_mimic::{Failed, Trial};

use crate::build::Folder;
use crate::{expect, root};

/// What a file may take.
const LONGEST: Duration = Duration::from_millis(100);

/// How often a file is tried that takes longer: machines are busy with other things, too.
const TRIES: usize = 5;

pub(crate) fn trials() -> Vec<Trial> {
    match std::env::var("GATEWRIGHT_CORPUS") {
        Ok(folder) => {
            vec![Trial::test("corpus::real_files_are_understood", move || corpus(Path::new(&folder)))]
        }
        Err(_) => {
            vec![
                Trial::test("corpus::real_files_are_understood, if GATEWRIGHT_CORPUS names them", || Ok(()))
                    .with_ignored_flag(true),
            ]
        }
    }
}

/// A line of the table.
struct Entry {
    path: String,
    class: String,
    format: Format,
    /// The kinds of API, joined by `+`.
    kinds: String,
    routes: usize,
}

fn index(folder: &Path) -> Result<Vec<Entry>, Failed> {
    let text = std::fs::read_to_string(folder.join("INDEX.tsv"))?;
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| {
        names.iter().position(|it| *it == name).ok_or_else(|| format!("INDEX.tsv has no column `{name}`"))
    };
    let (path, class, format) = (column("path")?, column("class")?, column("format")?);
    let (kinds, routes) = (column("api_kinds")?, column("routes")?);
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let cell = |at: usize| cells.get(at).copied().unwrap_or_default().to_owned();
            Ok(Entry {
                path: cell(path),
                class: cell(class),
                format: match &*cell(format) {
                    "sam" => Format::Sam,
                    "cfn" => Format::CloudFormation,
                    "openapi" => Format::OpenApi,
                    "serverless" => Format::Serverless,
                    other => return Err(format!("INDEX.tsv names a format `{other}`").into()),
                },
                kinds: cell(kinds),
                routes: cell(routes).parse()?,
            })
        })
        .collect()
}

/// Reads all files, writes down the figures, and names what is not as the table of misses says.
fn corpus(folder: &Path) -> Result<(), Failed> {
    let mut figures: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    let mut misses: BTreeMap<&str, String> = BTreeMap::new();
    let mut slow = Vec::new();
    let entries = index(folder)?;
    for entry in &entries {
        let (compilation, taken) = compiled(folder, entry)?;
        if taken > LONGEST {
            slow.push(format!("{} takes {} ms", entry.path, taken.as_millis()));
        }
        let wrong = wrong(entry, compilation.as_ref());
        let figure = figures.entry((entry.format.as_str(), &entry.class)).or_default();
        figure.0 += 1;
        figure.1 += usize::from(wrong.is_none());
        if let Some(wrong) = wrong {
            misses.insert(&entry.path, wrong);
        }
    }
    if !slow.is_empty() {
        return Err(slow.join("\n").into());
    }
    let beside = root().join("tests/suite/corpus");
    explained(&std::fs::read_to_string(beside.join("misses.tsv"))?, &misses)?;
    let table = table(&figures);
    println!("{table}");
    expect::file(&beside.join("figures.md"), &table)
}

/// A file as a walk finds it, and the time that it takes. Plain OpenAPI documents are passed over there, so they are named.
fn compiled(folder: &Path, entry: &Entry) -> Result<(Option<Compilation>, Duration), Failed> {
    let path = folder.join(&entry.path);
    let bytes = std::fs::read(&path)?;
    let files = Folder(path.parent().unwrap_or(folder).to_owned());
    let given = if entry.class == "openapi-plain" { Given::Named } else { Given::Found };
    let run = || {
        let bytes = bytes.clone();
        let start = Instant::now();
        let compilation = compile_given("input.yaml", bytes, given, &files);
        (compilation, start.elapsed())
    };
    let (compilation, mut taken) =
        std::panic::catch_unwind(run).map_err(|_| format!("{} makes it panic", entry.path))?;
    for _ in 1..TRIES {
        if taken <= LONGEST {
            break;
        }
        taken = taken.min(run().1);
    }
    Ok((compilation, taken))
}

/// What is not as the table says.
fn wrong(entry: &Entry, compilation: Option<&Compilation>) -> Option<String> {
    let Some(it) = compilation else { return Some("passed over".to_owned()) };
    if it.format != entry.format {
        return Some(format!("taken for {}", it.format.title()));
    }
    if entry.class == "fixture-negative" {
        return None;
    }
    let mut kinds: Vec<&str> = it.models.iter().map(|it| kind(it.ir.api.kind)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let kinds = kinds.join("+");
    let as_expected = match &*entry.kinds {
        // Parts of an API of the second version, of which nothing says more.
        "V2-other" => ["HTTP", "WS"].contains(&&*kinds),
        "plain" => it.models.len() == 1,
        expected => expected == kinds,
    };
    if !as_expected {
        return Some(format!("{kinds} instead of {}", entry.kinds));
    }
    let written = |ir: &Ir| match entry.format {
        Format::Serverless => ir.routes.len(),
        _ => ir.routes.len() + ir.provenance.preflights.len(),
    };
    let routes: usize = it.models.iter().map(|it| written(&it.ir)).sum();
    (routes != entry.routes).then(|| format!("{routes} routes instead of {}", entry.routes))
}

fn kind(it: ApiKind) -> &'static str {
    match it {
        ApiKind::Http => "HTTP",
        ApiKind::Rest => "REST",
        ApiKind::WebSocket => "WS",
    }
}

/// Every miss must have a reason, and every reason a miss.
fn explained(table: &str, misses: &BTreeMap<&str, String>) -> Result<(), Failed> {
    let known: BTreeMap<&str, &str> = table.lines().filter_map(|it| it.split_once('\t')).collect();
    let mut out = String::new();
    for (path, wrong) in misses.iter().filter(|it| !known.contains_key(*it.0)) {
        let _ = writeln!(out, "{path}\t{wrong}");
    }
    let right: BTreeSet<&&str> = known.keys().filter(|it| !misses.contains_key(**it)).collect();
    for path in right {
        let _ = writeln!(out, "{path}\tis right now: remove it from tests/suite/corpus/misses.tsv");
    }
    if out.is_empty() { Ok(()) } else { Err(format!("\n{out}").into()) }
}

fn table(figures: &BTreeMap<(&str, &str), (usize, usize)>) -> String {
    let mut out = String::from("| format | class | files | right |\n| --- | --- | ---: | ---: |\n");
    let mut valid = (0, 0);
    for ((format, class), (files, right)) in figures {
        let _ = writeln!(out, "| {format} | {class} | {files} | {right} |");
        if *class != "fixture-negative" {
            valid = (valid.0 + files, valid.1 + right);
        }
    }
    let share = valid.1 as f64 * 100.0 / valid.0.max(1) as f64;
    let _ = writeln!(out, "| all | valid | {} | {} ({share:.1} %) |", valid.0, valid.1);
    out
}
