//! Real files: what of each is understood. They are not in the repository; the environment variable `GATEWRIGHT_CORPUS` names
//! the folder that holds them, with a table of what is in them, `INDEX.tsv`.
//!
//! A file is right if it shows to be of its format, if the kinds of API are those of the table, and if there are as many
//! routes. The table counts what stands in the file itself: events of functions, operations of inline definitions, and
//! resources for methods and routes. Preflight methods are operations there, too.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use gatewright_compiler::ir::{ApiKind, Format, Ir};
use gatewright_compiler::rules::Settings;
use gatewright_compiler::{Compilation, Given, Request, compile_given};
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

/// Reads all files, writes down the figures, and names what is not as the tables say.
fn corpus(folder: &Path) -> Result<(), Failed> {
    let beside = root().join("tests/suite/corpus");
    let exceptions = std::fs::read_to_string(beside.join("exceptions.tsv"))?;
    let mut exceptions =
        exceptions.lines().skip(1).map(Exception::read).collect::<Result<BTreeMap<_, _>, _>>()?;
    let mut figures: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    let mut wrong = String::new();
    let entries = index(folder)?;
    for entry in &entries {
        let (compilation, taken) = compiled(folder, entry)?;
        if taken > LONGEST {
            let _ = writeln!(wrong, "{}\ttakes {} ms", entry.path, taken.as_millis());
        }
        let found = found(entry, compilation.as_ref());
        let is_expected = found == expected(entry, &found);
        let exception = exceptions.remove(&*entry.path);
        let is_right = match &exception {
            Some(it) if found != it.found || is_expected => {
                let _ =
                    writeln!(wrong, "{}\tis now {found}: see tests/suite/corpus/exceptions.tsv", entry.path);
                is_expected
            }
            Some(it) => it.verdict == "recounted",
            None => {
                if !is_expected {
                    let _ =
                        writeln!(wrong, "{}\tis {found} instead of {}", entry.path, expected(entry, &found));
                }
                is_expected
            }
        };
        let is_invalid = exception.is_some_and(|it| it.verdict == "invalid");
        let class = if is_invalid { "invalid" } else { &entry.class };
        let is_right = is_right || is_invalid;
        let figure = figures.entry((entry.format.as_str(), class)).or_default();
        figure.0 += 1;
        figure.1 += usize::from(is_right);
    }
    for path in exceptions.keys() {
        let _ = writeln!(wrong, "{path}\tis an exception, but not in INDEX.tsv");
    }
    if !wrong.is_empty() {
        return Err(format!("\n{wrong}").into());
    }
    let table = table(&figures);
    println!("{table}");
    expect::file(&beside.join("figures.md"), &table)
}

/// A line of `exceptions.tsv`: a file that is not as `INDEX.tsv` says, and why.
struct Exception<'t> {
    /// `recounted`: the index counts something else, and this is what stands there. `invalid`: CloudFormation refuses the
    /// file, whatever its class. `miss`: it should be otherwise.
    verdict: &'t str,
    /// The kinds and the number of routes, or `-` if the file is passed over.
    found: &'t str,
}

impl<'t> Exception<'t> {
    fn read(line: &'t str) -> Result<(&'t str, Self), Failed> {
        match line.split('\t').collect::<Vec<_>>()[..] {
            [path, verdict @ ("recounted" | "invalid" | "miss"), found, why] if !why.is_empty() => {
                Ok((path, Self { verdict, found }))
            }
            _ => Err(format!("no line of exceptions: {line}").into()),
        }
    }
}

/// A file as a walk finds it, and the time that it takes. Plain OpenAPI documents are passed over there, and so are files in
/// which something is wrong on purpose and hence no API: these are named.
fn compiled(folder: &Path, entry: &Entry) -> Result<(Option<Compilation>, Duration), Failed> {
    let path = folder.join(&entry.path);
    let bytes = std::fs::read(&path)?;
    let files = Folder(path.parent().unwrap_or(folder).to_owned());
    let is_named = ["openapi-plain", "fixture-negative"].contains(&&*entry.class);
    let given = if is_named { Given::Named } else { Given::Found };
    let settings = Settings::default();
    let request = Request { given, settings: &settings, before: None };
    let run = || {
        let bytes = bytes.clone();
        let start = Instant::now();
        let compilation = compile_given("input.yaml", bytes, &request, &files);
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

/// What is understood of a file: the kinds of API and the number of routes, or what it is taken for.
fn found(entry: &Entry, compilation: Option<&Compilation>) -> String {
    let Some(it) = compilation else { return "-".to_owned() };
    if it.format != entry.format {
        return it.format.title().to_owned();
    }
    let mut kinds: Vec<&str> = it.models.iter().map(|it| kind(it.ir.api.kind)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let written = |ir: &Ir| match entry.format {
        Format::Serverless => ir.routes.len(),
        _ => ir.routes.len() + ir.provenance.preflights.len(),
    };
    let routes: usize = it.models.iter().map(|it| written(&it.ir)).sum();
    format!("{} {routes}", kinds.join("+"))
}

/// What the index says; where it leaves something open, that is what was found.
fn expected(entry: &Entry, found: &str) -> String {
    let kinds = found.split_once(' ').map_or("", |it| it.0);
    match &*entry.kinds {
        // What is wrong on purpose is of its format, and that is all that can be said.
        _ if entry.class == "fixture-negative" && !found.contains("a ") && found != "-" => found.to_owned(),
        // Parts of an API of the second version, of which nothing says more.
        "V2-other" if ["HTTP", "WS"].contains(&kinds) => format!("{kinds} {}", entry.routes),
        "plain" => format!("{kinds} {}", entry.routes),
        expected => format!("{expected} {}", entry.routes),
    }
}

fn kind(it: ApiKind) -> &'static str {
    match it {
        ApiKind::Http => "HTTP",
        ApiKind::Rest => "REST",
        ApiKind::WebSocket => "WS",
    }
}

fn table(figures: &BTreeMap<(&str, &str), (usize, usize)>) -> String {
    let mut out = String::from("| format | class | files | right |\n| --- | --- | ---: | ---: |\n");
    let mut valid = (0, 0);
    for ((format, class), (files, right)) in figures {
        let _ = writeln!(out, "| {format} | {class} | {files} | {right} |");
        if !["fixture-negative", "invalid"].contains(class) {
            valid = (valid.0 + files, valid.1 + right);
        }
    }
    let share = valid.1 as f64 * 100.0 / valid.0.max(1) as f64;
    let _ = writeln!(out, "| all | valid | {} | {} ({share:.1} %) |", valid.0, valid.1);
    out
}
