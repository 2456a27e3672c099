//! One file for each command.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod graph;
pub(crate) mod init;
pub(crate) mod rules;
pub(crate) mod schema;

use std::path::{Path, PathBuf};

use gatewright_compiler::{Compilation, Given, compile_given};

use crate::args::FileKind;
use crate::disk::{Disk, read, reason};
use crate::render::{self, full::Style};
use crate::{Failure, Outcome};

/// Reads and compiles one file that was named. `contents`: whether code folders are read for their digests.
fn compile_file(path: &Path, kind: Option<FileKind>, contents: bool) -> Result<Compilation, Failure> {
    let given = given(kind);
    compile_path(path, given, contents)?.ok_or_else(|| unknown(&path.display().to_string()))
}

/// How a file that was named is read.
fn given(kind: Option<FileKind>) -> Given {
    kind.map_or(Given::Named, |it| Given::As(it.into()))
}

/// Reads and compiles one file, if it is one of ours.
fn compile_path(path: &Path, given: Given, contents: bool) -> Result<Option<Compilation>, Failure> {
    let bytes = read(path)
        .map_err(|it| Failure::new(format!("cannot read `{}`: {}", path.display(), reason(&it))))?;
    Ok(compile_given(&shown(path), bytes, given, &Disk { root: folder(path), contents }))
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
fn show_findings(compilation: &Compilation) {
    let mut text = String::new();
    render::full::render(compilation, style(coloured(&std::io::stderr())), &mut text);
    anstream::eprint!("{text}");
}

/// "1 error and 2 warnings".
fn counted(errors: usize, warnings: usize) -> String {
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
