//! `gatewright check`

use std::io::Read as _;
use std::path::{Path, PathBuf};

use gatewright_compiler::source::Severity;
use gatewright_compiler::{Compilation, compile};
use rayon::prelude::*;

use super::{coloured, compile_file, counted, print, style};
use crate::args::{Check, FailOn, Format};
use crate::disk::Disk;
use crate::render::{self, concise, full, github, json, sarif};
use crate::{Failure, Outcome};

/// From this many files on, threads are worth starting.
const PARALLEL: usize = 4;

/// Checks files and folders.
pub(crate) fn run(args: &Check) -> Result<Outcome, Failure> {
    let compilations = compilations(args)?;
    let mut out = String::new();
    match args.format {
        Format::Full => {
            let style = style(coloured(&std::io::stdout()));
            compilations.iter().for_each(|it| full::render(it, style, &mut out));
        }
        Format::Concise => compilations.iter().for_each(|it| concise::render(it, &mut out)),
        Format::Json => out = json::document(&compilations),
        Format::JsonLines => compilations.iter().for_each(|it| json::lines(it, &mut out)),
        Format::Sarif => out = sarif::render(&compilations),
        Format::Github => compilations.iter().for_each(|it| github::render(it, &mut out)),
    }
    print(&out)?;
    let count = |severity| {
        compilations.iter().flat_map(|it| &it.diagnostics).filter(|it| it.severity == severity).count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    summary(compilations.len(), errors, warnings);
    let failed = match args.fail_on {
        FailOn::Error => errors > 0,
        FailOn::Warning => errors + warnings > 0,
        FailOn::Never => false,
    };
    Ok(if failed { Outcome::Found } else { Outcome::Clean })
}

fn summary(files: usize, errors: usize, warnings: usize) {
    let colour = match (errors, warnings) {
        (0, 0) => render::BOLD,
        (0, _) => render::BOLD_YELLOW,
        _ => render::BOLD_RED,
    };
    let files = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
    anstream::eprintln!("{colour}{}{} in {files}", counted(errors, warnings), render::RESET);
}

fn compilations(args: &Check) -> Result<Vec<Compilation>, Failure> {
    if args.paths.iter().any(|it| it.as_os_str() == "-") {
        if args.paths.len() > 1 {
            return Err(Failure::new("`-` stands alone: check standard input and files in two runs"));
        }
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|it| Failure::new(format!("cannot read standard input: {it}")))?;
        let name = args.stdin_filename.replace('\\', "/");
        let root = super::folder(Path::new(&name));
        return Ok(vec![compile(&name, bytes, None, &Disk { root, contents: false })]);
    }
    let files = discover(&args.paths)?;
    if files.len() < PARALLEL {
        return files.iter().map(|it| compile_file(it, false)).collect();
    }
    files.par_iter().map(|it| compile_file(it, false)).collect()
}

/// The files to check: those that were named, and specifications below the folders that were named.
fn discover(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut out = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut below = Vec::new();
            for entry in ignore::WalkBuilder::new(path).hidden(true).require_git(false).build() {
                let entry =
                    entry.map_err(|it| Failure::new(format!("cannot search `{}`: {it}", path.display())))?;
                if entry.file_type().is_some_and(|it| it.is_file()) && is_specification(entry.path()) {
                    below.push(entry.into_path());
                }
            }
            below.sort();
            out.extend(below);
        } else {
            out.push(path.clone());
        }
    }
    if out.is_empty() {
        return Err(Failure::new("no specification found: name a file, or start one with `gatewright init`"));
    }
    let mut seen = std::collections::HashSet::new();
    out.retain(|it| seen.insert(it.clone()));
    Ok(out)
}

/// Whether a file below a folder is a specification, by its name.
fn is_specification(path: &Path) -> bool {
    let name = path.file_name().map(|it| it.to_string_lossy()).unwrap_or_default();
    ["yaml", "yml", "json"].iter().any(|end| {
        name.strip_suffix(end)
            .and_then(|it| it.strip_suffix('.'))
            .is_some_and(|it| it == "gatewright" || it.ends_with(".gatewright"))
    })
}
