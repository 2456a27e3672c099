//! `gatewright check --fix` and `--diff`: fixes are written, or shown.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::Path;

use gatewright_compiler::source::{Safety, Text};
use gatewright_compiler::{Compilation, Fixed, Given, Request, Rewritten, fix};
use rayon::prelude::*;

use super::super::{coloured, folder};
use crate::args::Check;
use crate::configuration::Configurations;
use crate::disk::{Disk, read, reason, rewrite};
use crate::render::{BOLD, DIM, GREEN, RED, RESET};
use crate::visible::visible;
use crate::{Failure, Outcome};

/// Fixes what can be fixed, and writes it: files to disk, standard input to standard output. Says how many findings were
/// fixed.
pub(super) fn write(
    args: &Check,
    configurations: &Configurations,
    compilations: &mut [Compilation],
) -> Result<usize, Failure> {
    let is_stdin = args.is_stdin();
    let mut count = 0;
    let mut written: HashMap<String, Text> = HashMap::new();
    let mut problems = Vec::new();
    for (at, mut fixed) in all(args, configurations, compilations) {
        // Of a file that is a part of several others only those fixes hold that know of each other.
        let is_stale = |it: &Rewritten| written.get(&it.name).is_some_and(|known| *known != it.after);
        if fixed.files.iter().any(is_stale)
            && let Some(again) =
                one(args, configurations, &compilations[at], read(Path::new(fixed.compilation.name())))
        {
            fixed = again;
        }
        if !is_stdin && let Err((path, why)) = rewrite(&fixed.files) {
            problems.push(format!("cannot write `{}`: {why}", path.display()));
            continue;
        }
        written.extend(fixed.files.iter().map(|it| (it.name.clone(), it.after.clone())));
        count += fixed.fixed;
        compilations[at] = fixed.compilation;
    }
    if is_stdin {
        let text =
            compilations.iter().flat_map(|it| it.sources.files().next()).map(|it| it.text().as_bytes());
        let mut out = std::io::stdout().lock();
        text.into_iter()
            .try_for_each(|it| out.write_all(it))
            .and_then(|()| out.flush())
            .map_err(|it| Failure::new(format!("cannot write to standard output: {}", reason(&it))))?;
    }
    if problems.is_empty() { Ok(count) } else { Err(Failure::new(problems.join("\n"))) }
}

/// Shows what fixes would change, as a diff that `patch` understands.
pub(super) fn show(
    args: &Check,
    configurations: &Configurations,
    compilations: &[Compilation],
) -> Result<Outcome, Failure> {
    let fixed = all(args, configurations, compilations);
    let is_coloured = coloured(&std::io::stdout());
    let mut out = Vec::new();
    let mut seen: HashMap<&str, &Text> = HashMap::new();
    for file in fixed.iter().flat_map(|it| &it.1.files) {
        if seen.insert(&file.name, &file.after).is_none() {
            diff(file, is_coloured, &mut out);
        }
    }
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(&out).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            return Err(Failure::new(format!("cannot write to standard output: {}", reason(&error))));
        }
        _ => {}
    }
    let (count, files) = (fixed.iter().map(|it| it.1.fixed).sum::<usize>(), seen.len());
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    match count {
        0 => anstream::eprintln!("{BOLD}nothing would be fixed{RESET}"),
        _ => anstream::eprintln!(
            "{BOLD}{count} finding{} would be fixed{RESET} in {files} file{}",
            plural(count),
            plural(files)
        ),
    }
    Ok(if count == 0 { Outcome::Clean } else { Outcome::Found })
}

/// One file's changes.
fn diff(file: &Rewritten, is_coloured: bool, out: &mut Vec<u8>) {
    let name = visible(&file.name);
    let diff = similar::TextDiff::from_lines(&*file.before, &*file.after);
    let text = diff.unified_diff().context_radius(3).header(&name, &name).to_string();
    for line in text.split_inclusive('\n') {
        let colour = match line.as_bytes().first() {
            _ if !is_coloured => "",
            Some(b'+') => GREEN,
            Some(b'-') => RED,
            Some(b'@') => DIM,
            _ => "",
        };
        if colour.is_empty() {
            // What is read by programs stays what it is.
            out.extend_from_slice(line.as_bytes());
        } else {
            let (line, end) = line.strip_suffix('\n').map_or((line, ""), |it| (it, "\n"));
            out.extend_from_slice(format!("{colour}{line}{RESET}{end}").as_bytes());
        }
    }
}

/// Which fixes are asked for.
fn safety(args: &Check) -> Safety {
    if args.unsafe_fixes { Safety::Unsafe } else { Safety::Safe }
}

/// Fixes every file that has something to fix; nothing is written.
fn all(args: &Check, configurations: &Configurations, compilations: &[Compilation]) -> Vec<(usize, Fixed)> {
    let is_fixable = |it: &Compilation| {
        let fixes = it.diagnostics.iter().filter_map(|it| it.fix.as_ref());
        fixes.into_iter().any(|it| it.safety <= safety(args))
    };
    let fixable: Vec<(usize, &Compilation)> =
        compilations.iter().enumerate().filter(|it| is_fixable(it.1)).collect();
    let fixed = |(at, it): &(usize, &Compilation)| {
        let text = it.sources.files().next().map(|it| it.text().as_bytes().to_vec());
        Some((*at, one(args, configurations, it, Ok(text?))?))
    };
    fixable.par_iter().filter_map(fixed).collect()
}

/// Fixes one file.
fn one(
    args: &Check,
    configurations: &Configurations,
    compilation: &Compilation,
    bytes: std::io::Result<Vec<u8>>,
) -> Option<Fixed> {
    let name = compilation.name();
    let root = folder(Path::new(name));
    let may_change = |other: &str| other == name || !args.is_stdin() && is_ours(Path::new(other), &root);
    let settings = configurations.settings(Path::new(name));
    let request = Request { given: Given::As(compilation.format), settings: &settings, before: None };
    let disk = Disk { root: root.clone(), contents: false };
    fix(name, bytes.ok()?, &request, &disk, safety(args), &may_change)
}

/// Whether a file that another one names is a part of the same project: below the folder of that one, or below the folder
/// in which the program runs.
fn is_ours(path: &Path, root: &Path) -> bool {
    let Ok(path) = path.canonicalize() else { return false };
    let is_below = |folder: &Path| folder.canonicalize().is_ok_and(|it| path.starts_with(it));
    path.is_file() && (is_below(root) || is_below(Path::new(".")))
}

/// "3 can be fixed with `--fix` (1 more with `--unsafe-fixes`)"; empty if nothing can.
pub(super) fn hint(args: &Check, compilations: &[Compilation]) -> String {
    let fixes = compilations.iter().flat_map(|it| &it.diagnostics).filter_map(|it| it.fix.as_ref());
    let (safe, other): (Vec<_>, Vec<_>) = fixes.partition(|it| it.safety == Safety::Safe);
    match (safe.len(), other.len()) {
        (0, 0) => String::new(),
        (safe, other) if args.unsafe_fixes => {
            format!("{} can be fixed with `--fix --unsafe-fixes`", safe + other)
        }
        (safe, 0) => format!("{safe} can be fixed with `--fix`"),
        (0, other) => format!("{other} can be fixed with `--fix --unsafe-fixes`"),
        (safe, other) => format!("{safe} can be fixed with `--fix` ({other} more with `--unsafe-fixes`)"),
    }
}
