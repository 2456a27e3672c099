//! `gatewright graph`

use gatewright_compiler::graph::draw::{self, Picture};
use gatewright_compiler::ir::Generated;
use gatewright_compiler::source::did_you_mean;
use gatewright_compiler::{Compilation, Model};

use super::{compile_file, print, show_findings};
use crate::args::{Drawing, Graph};
use crate::{Failure, Outcome};

/// Prints the dependency graph: of what could be read, whatever was wrong.
pub(crate) fn run(args: &Graph) -> Result<Outcome, Failure> {
    let compilation = compile_file(&args.file, args.kind, false)?;
    if compilation.has_errors() {
        show_findings(&compilation);
    }
    let pictures = wanted(args, &compilation)?;
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

/// All APIs of the file, or the one that was asked for.
fn wanted<'c>(args: &Graph, compilation: &'c Compilation) -> Result<Vec<Picture<'c>>, Failure> {
    let models = &compilation.models;
    let Some(wanted) = &args.api else {
        if models.is_empty() {
            let (file, title) = (args.file.display(), compilation.format.title());
            return Err(Failure::new(format!("`{file}` is {title} without an API of API Gateway")));
        }
        return Ok(models.iter().map(|it| (&it.ir, &it.graph)).collect());
    };
    let found: Vec<Picture<'_>> =
        models.iter().filter(|it| names(it).contains(&&**wanted)).map(|it| (&it.ir, &it.graph)).collect();
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
