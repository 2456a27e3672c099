//! One file for each command.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod config;
pub(crate) mod explain;
pub(crate) mod graph;
pub(crate) mod import;
pub(crate) mod init;
pub(crate) mod rules;
pub(crate) mod schema;
mod settings;

use std::path::{Path, PathBuf};

use gatewright_compiler::config::Layer;
use gatewright_compiler::ir::Generated;
use gatewright_compiler::source::did_you_mean;
use gatewright_compiler::{Compilation, Given, Model, Request, compile_given};

use crate::args::{Configuration, FileKind};
use crate::configuration::Configurations;
use crate::disk::{Disk, read, reason};
use crate::render::{self, full::Style};
use crate::{Failure, Outcome};

/// Reads and compiles one file that was named. `contents`: whether code folders are read for their digests.
fn compile_file(
    path: &Path,
    kind: Option<FileKind>,
    contents: bool,
    configuration: &Configuration,
) -> Result<(Compilation, Configurations), Failure> {
    let configurations = Configurations::new(configuration, Layer::default())?;
    let settings = configurations.settings(path);
    configurations.demand()?;
    let request = Request { given: given(kind), settings: &settings, before: None };
    let compilation = compile_path(path, &request, contents)?;
    Ok((compilation.ok_or_else(|| unknown(&path.display().to_string()))?, configurations))
}

/// How a file that was named is read.
fn given(kind: Option<FileKind>) -> Given {
    kind.map_or(Given::Named, |it| Given::As(it.into()))
}

/// Reads and compiles one file, if it is one of ours.
fn compile_path(path: &Path, request: &Request<'_>, contents: bool) -> Result<Option<Compilation>, Failure> {
    let bytes = read(path)
        .map_err(|it| Failure::new(format!("cannot read `{}`: {}", path.display(), reason(&it))))?;
    Ok(compile_given(&shown(path), bytes, request, &Disk { root: folder(path), contents }))
}

/// A file that was named, and is none of ours.
fn unknown(name: &str) -> Failure {
    Failure::new(format!(
        "`{name}` is nothing that Gatewright understands: a specification (`gatewright: 1`), a SAM or CloudFormation \
         template, an OpenAPI document or a serverless.yml for AWS; if it is one of these, say which with `--kind`"
    ))
}

/// A path with `/`, as messages and reports show it.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map(str::to_owned).unwrap_or(text)
}

/// The folder that holds a file.
fn folder(path: &Path) -> PathBuf {
    match path.parent() {
        Some(it) if !it.as_os_str().is_empty() => it.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// The way from one folder to another, with a `/` at its end: `../` for a folder and the one around it.
pub(crate) fn way_back(from: &Path, to: &Path) -> String {
    let absolute = |it: &Path| {
        let it = std::path::absolute(it).unwrap_or_else(|_| it.to_owned());
        let mut parts: Vec<String> = Vec::new();
        for part in it.components() {
            match part {
                std::path::Component::ParentDir => drop(parts.pop()),
                std::path::Component::CurDir => {}
                part => parts.push(part.as_os_str().to_string_lossy().into_owned()),
            }
        }
        parts
    };
    let (from, to) = (absolute(from), absolute(to));
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut out = "../".repeat(from.len() - shared);
    for part in &to[shared..] {
        out.push_str(part);
        out.push('/');
    }
    out
}

/// All APIs of a file, or the one that was asked for.
fn wanted<'c>(
    file: &Path,
    api: Option<&str>,
    compilation: &'c Compilation,
) -> Result<Vec<&'c Model>, Failure> {
    let models = &compilation.models;
    let Some(wanted) = api else {
        if models.is_empty() {
            let (file, title) = (file.display(), compilation.format.title());
            return Err(Failure::new(format!("`{file}` is {title} without an API of API Gateway")));
        }
        return Ok(models.iter().collect());
    };
    let found: Vec<&Model> = models.iter().filter(|it| names(it).contains(&wanted)).collect();
    if found.is_empty() {
        let all: Vec<&str> = models.iter().map(|it| &*it.ir.api.name.value).collect();
        let help = match did_you_mean(wanted, models.iter().flat_map(names)) {
            Some(near) => format!("did you mean `{near}`?"),
            None if all.is_empty() => "there is none".to_owned(),
            None => format!("there are `{}`", all.join("`, `")),
        };
        return Err(Failure::new(format!("there is no API `{wanted}`: {help}")));
    }
    Ok(found)
}

/// What an API is called: its name, and its logical id in a template.
fn names(it: &Model) -> Vec<&str> {
    let id = it.ir.provenance.logical_ids.get(&Generated::Api);
    [Some(&it.ir.api.name.value), id].into_iter().flatten().map(|it| &**it).collect()
}

/// How findings are drawn on standard error or output.
fn style(colour: bool) -> Style {
    let width = terminal_width().clamp(60, 120);
    Style { colour, width }
}

/// The width that the terminal says; 80 where it says nothing, so that output in a file is always the same.
fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(80, |it| usize::from(it.0.0))
}

/// Whether something may be coloured.
fn coloured(stream: &impl anstream::stream::RawStream) -> bool {
    anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never
}

/// Shows the findings of a command that is not `check`: on standard error.
pub(crate) fn show_findings(compilation: &Compilation) {
    let mut text = String::new();
    render::full::render(compilation, style(coloured(&std::io::stderr())), &mut text);
    anstream::eprint!("{text}");
}

/// "1 error and 2 warnings".
pub(crate) fn counted(errors: usize, warnings: usize) -> String {
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    match (errors, warnings) {
        (0, 0) => "no findings".to_owned(),
        (0, warnings) => plural(warnings, "warning"),
        (errors, 0) => plural(errors, "error"),
        (errors, warnings) => format!("{} and {}", plural(errors, "error"), plural(warnings, "warning")),
    }
}

/// Writes to standard output; a reader that went away is no failure.
fn print(text: &str) -> Result<Outcome, Failure> {
    use std::io::Write as _;
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(Outcome::Clean),
    }
}
