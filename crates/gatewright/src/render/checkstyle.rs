//! Checkstyle's XML, which many review tools read.

use std::collections::BTreeMap;

use gatewright_compiler::Compilation;
use gatewright_compiler::source::Diagnostic;

use super::xml;
use super::{help, message, place};

/// All findings, by the file that they are in.
pub(crate) fn render(compilations: &[Compilation]) -> String {
    let mut files: BTreeMap<&str, Vec<(&Compilation, &Diagnostic)>> = BTreeMap::new();
    for compilation in compilations {
        for it in &compilation.diagnostics {
            files.entry(place(compilation, it.span).file).or_default().push((compilation, it));
        }
    }
    xml::document(|xml| {
        xml::element(xml, "checkstyle", [("version", "4.3")], |xml| {
            for (file, found) in files {
                let file = xml::text(file);
                xml::element(xml, "file", [("name", &*file)], |xml| {
                    for (compilation, it) in found {
                        let at = place(compilation, it.span);
                        let (line, column) = (at.start.line.to_string(), at.start.column.to_string());
                        let mut said = message(it);
                        if let Some(help) = help(it).map(|it| it.replace('\n', "; ")) {
                            said = format!("{said} ({help})");
                        }
                        let (said, source) = (xml::text(&said), format!("gatewright.{}", it.rule));
                        let attributes = [
                            ("line", &*line),
                            ("column", &*column),
                            ("severity", it.severity.as_str()),
                            ("message", &*said),
                            ("source", &*source),
                        ];
                        xml::empty(xml, "error", attributes)?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })
    })
}
