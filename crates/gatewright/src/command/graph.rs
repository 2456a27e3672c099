//! `gatewright graph`

use gatewright_compiler::Model;
use gatewright_compiler::graph::draw;

use super::{compile_file, print, show_findings};
use crate::args::{Drawing, Graph};
use crate::{Failure, Outcome};

/// Prints the dependency graph: of what could be read, whatever was wrong.
pub(crate) fn run(args: &Graph) -> Result<Outcome, Failure> {
    let compilation = compile_file(&args.file, false)?;
    if compilation.has_errors() {
        show_findings(&compilation);
    }
    let mut out = String::new();
    for Model { ir, graph } in &compilation.models {
        out += &match args.format {
            Drawing::Text => draw::text(ir, graph),
            Drawing::Dot => draw::dot(ir, graph),
            Drawing::Mermaid => draw::mermaid(ir, graph),
            Drawing::Json => draw::json(ir, graph),
            Drawing::Svg => draw::svg(ir, graph),
        };
    }
    print(&out)?;
    Ok(if compilation.has_errors() { Outcome::Found } else { Outcome::Clean })
}
