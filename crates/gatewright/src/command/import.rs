//! `gatewright import`

use std::path::{Path, PathBuf};

use gatewright_compiler::ir::Format;
use gatewright_compiler::raise::{Note, Options, Raised, raise};
use gatewright_compiler::rules::Settings;
use gatewright_compiler::source::{Severity, Sources};
use gatewright_compiler::{Compilation, Given, Model, Request, compile_given};

use super::{compile_file, counted, folder, print, shown, wanted, way_back};
use crate::args::Import;
use crate::configuration::Configurations;
use crate::disk::{self, Disk, reason};
use crate::render::{BOLD, RESET};
use crate::visible::visible;
use crate::{Failure, Outcome};

/// Writes a specification of each API in a file, all or none.
pub(crate) fn run(args: &Import) -> Result<Outcome, Failure> {
    let (mut compilation, configurations) = compile_file(&args.file, args.kind, false, &args.configuration)?;
    if compilation.format == Format::Gatewright {
        let file = args.file.display();
        return Err(Failure::new(format!("`{file}` is a Gatewright specification already")));
    }
    compilation.diagnostics.retain(|it| it.rule == "syntax");
    if compilation.has_errors() {
        super::show_findings(&compilation);
        anstream::eprintln!("{BOLD}nothing was written{RESET}: half of the file may be missing");
        return Ok(Outcome::Found);
    }
    let models = wanted(&args.file, args.api.as_deref(), &compilation)?;
    if args.out.as_os_str() == "-" {
        return to_standard_output(args, &compilation, &configurations, &models);
    }
    let place = folder(&args.out);
    let base = way_back(&place, &folder(&args.file));
    let names = names(args, &models);
    let there: Vec<String> = names
        .iter()
        .map(|it| place.join(it))
        .filter(|it| !args.force && it.exists())
        .map(|it| shown(&it))
        .collect();
    if !there.is_empty() {
        return Err(Failure::new(format!(
            "`{}` is there already: choose another `--out`, or overwrite it with `--force`",
            there.join("`, `")
        )));
    }
    let raised: Vec<Raised> = models.iter().map(|it| raise(&it.ir, options(args, &base))).collect();
    let files: Vec<(String, String)> =
        names.iter().cloned().zip(raised.iter().map(|it| it.text.clone())).collect();
    disk::write_all(&place, &files)
        .map_err(|it| Failure::new(format!("cannot write into `{}`: {}", place.display(), reason(&it))))?;
    for (name, it) in names.iter().zip(&raised) {
        show_notes(&compilation.sources, &it.notes);
        let path = place.join(name);
        anstream::eprintln!("wrote {}", shown(&path));
        show_check(&shown(&path), &it.text, place.clone(), &configurations.settings(&path));
    }
    if names.len() > 1 {
        anstream::eprintln!(
            "{BOLD}note{RESET}: what travels along under `resources` stands in each of them: keep it in one, and take its \
             outputs in the others"
        );
    }
    Ok(Outcome::Clean)
}

fn to_standard_output(
    args: &Import,
    compilation: &Compilation,
    configurations: &Configurations,
    models: &[&Model],
) -> Result<Outcome, Failure> {
    let [model] = models else {
        let names: Vec<&str> = models.iter().map(|it| &*it.ir.api.name.value).collect();
        return Err(Failure::new(format!(
            "`{}` has {} APIs: choose one with `--api` (`{}`), or write a file for each with `--out gatewright.yaml`",
            args.file.display(),
            models.len(),
            names.join("`, `")
        )));
    };
    let raised = raise(&model.ir, options(args, ""));
    let outcome = print(&raised.text)?;
    show_notes(&compilation.sources, &raised.notes);
    show_check("the specification", &raised.text, folder(&args.file), &configurations.settings(&args.file));
    Ok(outcome)
}

fn options<'o>(args: &Import, base: &'o str) -> Options<'o> {
    Options { base, keep_logical_ids: args.keep_logical_ids }
}

/// The names of the files: the one that was given; of several APIs with the name of each before it.
fn names(args: &Import, models: &[&Model]) -> Vec<String> {
    let file = args.out.file_name().map(|it| it.to_string_lossy().into_owned());
    let file = file.unwrap_or_else(|| "gatewright.yaml".to_owned());
    if models.len() == 1 {
        return vec![file];
    }
    let mut out: Vec<String> = Vec::new();
    for it in models {
        let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_');
        let name: String =
            it.ir.api.name.value.chars().map(|it| if is_plain(it) { it } else { '-' }).collect();
        let mut unique = format!("{name}.{file}");
        for number in 2.. {
            if !out.contains(&unique) {
                break;
            }
            unique = format!("{name}-{number}.{file}");
        }
        out.push(unique);
    }
    out
}

/// Says line by line what could not be carried over.
fn show_notes(sources: &Sources, notes: &[Note]) {
    for it in notes {
        let place = sources.file_of(it.span).map(|file| {
            let line = file.line_column(file.local(it.span).start).line;
            format!("{}:{line}: ", file.name())
        });
        anstream::eprintln!("{BOLD}{}{RESET}{}", place.unwrap_or_default(), visible(&it.message));
        anstream::eprintln!("    help: {}", visible(&it.help));
    }
}

/// Says what a check of the specification finds.
fn show_check(what: &str, text: &str, root: PathBuf, settings: &Settings) {
    let name = Path::new(what).file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let disk = Disk { root, contents: false };
    let request = Request { given: Given::As(Format::Gatewright), settings, before: None };
    let found = compile_given(&name, text.as_bytes().to_vec(), &request, &disk);
    let found = found.map(|it| it.diagnostics).unwrap_or_default();
    let count = |severity| found.iter().filter(|it| it.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings > 0 {
        anstream::eprintln!("a check of {} finds {}", visible(what), counted(errors, warnings));
    }
}
