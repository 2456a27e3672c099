//! `gatewright check`

mod baseline;
mod fix;
mod watch;

use std::collections::{HashMap, HashSet};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gatewright_compiler::ir::Format as FileFormat;
use gatewright_compiler::rules::Settings;
use gatewright_compiler::source::Severity;
use gatewright_compiler::{Compilation, Given, Request, compile_given, normalise};
use rayon::prelude::*;

use super::{coloured, compile_path, counted, given, print, settings, style, unknown};
use crate::args::{Check, Format};
use crate::configuration::{Configurations, refuse};
use crate::disk::Disk;
use crate::render::{self, checkstyle, concise, full, github, gitlab, json, junit, sarif, statistics};
use crate::visible::visible;
use crate::walk::{is_built, walk};
use crate::{Failure, Outcome};

/// From this many files on, threads are worth starting.
const PARALLEL: usize = 4;

/// Checks files and folders.
pub(crate) fn run(args: &Check) -> Result<Outcome, Failure> {
    if args.watch { watch::run(args) } else { once(args) }
}

fn once(args: &Check) -> Result<Outcome, Failure> {
    let arguments = settings::of(args.preset.as_deref(), &args.rules, args.fail_on.map(Into::into))?;
    let configurations = Arc::new(Configurations::new(&args.configuration, arguments)?);
    let mut compilations = compilations(args, &configurations)?;
    if args.diff {
        return fix::show(args, &configurations, &compilations);
    }
    let fixed = if args.fix { fix::write(args, &configurations, &mut compilations)? } else { 0 };
    baseline::apply(args, &mut compilations)?;
    // After fixes and baseline: those are about files that were checked.
    compilations.splice(0..0, configurations.problems()?);
    write(args, &compilations)?;
    let count = |severity| {
        compilations.iter().flat_map(|it| &it.diagnostics).filter(|it| it.severity == severity).count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    summary(&compilations, errors, warnings, fixed);
    let hint = fix::hint(args, &compilations);
    if !hint.is_empty() {
        anstream::eprintln!("{hint}");
    }
    let failed = compilations.iter().any(|it| {
        let count = |severity| it.diagnostics.iter().filter(|it| it.severity == severity).count();
        let fail_on = configurations.fail_on(Path::new(it.name()));
        fail_on.fails(count(Severity::Error), count(Severity::Warning))
    });
    Ok(if failed { Outcome::Found } else { Outcome::Clean })
}

/// Whether standard output has the fixed text, and findings go to standard error.
fn is_text_out(args: &Check) -> bool {
    args.fix && args.is_stdin()
}

/// Writes all findings.
fn write(args: &Check, compilations: &[Compilation]) -> Result<(), Failure> {
    let out = written(args, compilations)?;
    if is_text_out(args) {
        anstream::eprint!("{out}");
    } else {
        print(&out)?;
    }
    Ok(())
}

/// All findings, in the format that was asked for.
fn written(args: &Check, compilations: &[Compilation]) -> Result<String, Failure> {
    let mut out = String::new();
    match args.format {
        Format::Full | Format::Concise if args.statistics => out = statistics::table(compilations),
        Format::Json if args.statistics => out = statistics::json(compilations),
        _ if args.statistics => {
            return Err(Failure::new("`--statistics` goes with the formats `full` and `json`"));
        }
        Format::Full => {
            let colour = match is_text_out(args) {
                true => coloured(&std::io::stderr()),
                false => coloured(&std::io::stdout()),
            };
            compilations.iter().for_each(|it| full::render(it, style(colour), &mut out));
        }
        Format::Concise => compilations.iter().for_each(|it| concise::render(it, &mut out)),
        Format::Json => out = json::document(compilations),
        Format::JsonLines => compilations.iter().for_each(|it| json::lines(it, &mut out)),
        Format::Sarif => out = sarif::render(compilations),
        Format::Github => compilations.iter().for_each(|it| github::render(it, &mut out)),
        Format::Gitlab => out = gitlab::render(compilations),
        Format::Junit => out = junit::render(compilations),
        Format::Checkstyle => out = checkstyle::render(compilations),
    }
    Ok(out)
}

/// "3 errors in 12 files: 10 SAM, 2 OpenAPI"; which formats these are goes without saying where all are ours.
fn summary(compilations: &[Compilation], errors: usize, warnings: usize, fixed: usize) {
    let colour = match (errors, warnings) {
        (0, 0) => render::BOLD,
        (0, _) => render::BOLD_YELLOW,
        _ => render::BOLD_RED,
    };
    let files = match compilations.len() {
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    };
    let formats: Vec<String> = FileFormat::ALL
        .into_iter()
        .map(|format| (format, compilations.iter().filter(|it| it.format == format).count()))
        .filter(|it| it.1 > 0)
        .map(|(format, count)| format!("{count} {}", format.name()))
        .collect();
    let formats = match compilations.iter().all(|it| it.format == FileFormat::Gatewright) {
        true => String::new(),
        false => format!(": {}", formats.join(", ")),
    };
    let known: usize = compilations.iter().map(|it| it.known.len()).sum();
    let known = if known > 0 { format!(" ({known} known)") } else { String::new() };
    let found = counted(errors, warnings);
    let fixed = if fixed == 0 { String::new() } else { format!("; {fixed} fixed") };
    anstream::eprintln!("{colour}{found}{}{known} in {files}{formats}{fixed}", render::RESET);
    // Only files that were named: the others are passed over.
    for it in compilations.iter().filter(|it| it.models.is_empty() && it.format != FileFormat::Gatewright) {
        let (name, title) = (visible(it.name()), it.format.title());
        anstream::eprintln!(
            "{}note{}: `{name}` is {title} without an API of API Gateway",
            render::BOLD,
            render::RESET
        );
    }
}

fn compilations(args: &Check, configurations: &Arc<Configurations>) -> Result<Vec<Compilation>, Failure> {
    let named = if args.skip_unknown { Given::Found } else { given(args.kind) };
    if args.is_stdin() {
        if args.paths.len() > 1 {
            return Err(Failure::new("`-` stands alone: check standard input and files in two runs"));
        }
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|it| Failure::new(format!("cannot read standard input: {it}")))?;
        let name = args.stdin_filename.replace('\\', "/");
        let root = super::folder(Path::new(&name));
        let disk = Disk { root, contents: false };
        let settings = configurations.settings(Path::new(&name));
        stop_if_broken(args, configurations)?;
        let request = Request { given: named, settings: &settings, before: None };
        return Ok(vec![compile_given(&name, bytes, &request, &disk).ok_or_else(|| unknown(&name))?]);
    }
    let mut files = walk(&args.paths, named, configurations)?;
    let all = files.len();
    files.retain(|(path, how)| *how != Given::Found || !configurations.excludes(path, false));
    let excluded = all - files.len();
    let settings: Vec<Arc<Settings>> = files.iter().map(|it| configurations.settings(&it.0)).collect();
    stop_if_broken(args, configurations)?;
    let read = |((path, how), settings): (&(PathBuf, Given), &Arc<Settings>)| {
        if *how == Given::Found && is_built(path) {
            return Ok(None);
        }
        let request = Request { given: *how, settings, before: None };
        match compile_path(path, &request, false)? {
            None if *how == named && !args.skip_unknown => Err(unknown(&path.display().to_string())),
            it => Ok(it),
        }
    };
    let compilations: Vec<Option<Compilation>> = if files.len() < PARALLEL {
        files.iter().zip(&settings).map(read).collect::<Result<_, _>>()?
    } else {
        files.par_iter().zip(&settings).map(read).collect::<Result<_, _>>()?
    };
    let compilations = whole(compilations.into_iter().flatten().collect());
    if compilations.is_empty() && !args.skip_unknown {
        return Err(Failure::new(match excluded {
            0 => "no API found: name a file, or start a specification with `gatewright init`",
            _ => "no API found, and some files are excluded: a file that is named is checked nevertheless",
        }));
    }
    Ok(compilations)
}

/// Where a configuration has errors, those are written, and the run ends.
fn stop_if_broken(args: &Check, configurations: &Configurations) -> Result<(), Failure> {
    let mut problems = configurations.problems()?;
    problems.retain(Compilation::has_errors);
    if problems.is_empty() {
        return Ok(());
    }
    write(args, &problems)?;
    refuse(&problems)
}

/// Leaves out files that are a part of another: what is wrong with them was said there. Of two that name each other the
/// first is kept.
fn whole(all: Vec<Compilation>) -> Vec<Compilation> {
    let parts: Vec<HashSet<String>> = all.iter().map(|it| it.others().collect()).collect();
    let names: Vec<String> = all.iter().map(|it| normalise(it.name())).collect();
    let places: HashMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (&**name, at)).collect();
    let mut is_part = vec![false; all.len()];
    for (of, parts_of) in parts.iter().enumerate() {
        for at in parts_of.iter().filter_map(|it| places.get(&**it)) {
            is_part[*at] |= *at > of || *at < of && !parts[*at].contains(&names[of]);
        }
    }
    all.into_iter().zip(is_part).filter(|it| !it.1).map(|it| it.0).collect()
}
