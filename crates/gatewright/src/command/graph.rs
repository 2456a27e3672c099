//! `gatewright graph`

use gatewright_compiler::graph::draw::{self, Picture};

use super::{compile_file, print, show_findings, wanted};
use crate::args::{Drawing, Graph};
use crate::{Failure, Outcome};

/// Prints the dependency graph: of what could be read, whatever was wrong.
pub(crate) fn run(args: &Graph) -> Result<Outcome, Failure> {
    let (compilation, _) = compile_file(&args.file, args.kind, false, &args.configuration)?;
    if compilation.has_errors() {
        show_findings(&compilation);
    }
    let models = wanted(&args.file, args.api.as_deref(), &compilation)?;
    let pictures: Vec<Picture<'_>> = models.into_iter().map(|it| (&it.ir, &it.graph)).collect();
    let out = match args.format {
        Drawing::Text => draw::text(&pictures),
        Drawing::Dot => draw::dot(&pictures),
        Drawing::Mermaid => draw::mermaid(&pictures),
        Drawing::Json => draw::json(&pictures),
        Drawing::Svg => draw::svg(&pictures),
    };
    print(&out)?;
    Ok(if compilation.has_errors() { Outcome::Found } else { Outcome::Clean })
}
