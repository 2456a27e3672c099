//! JUnit's XML, as CI systems read it: one suite for each file, one failure for each finding.

use gatewright_compiler::Compilation;
use gatewright_compiler::source::Severity;
use quick_xml::events::BytesText;

use super::xml::{self, Xml};
use super::{help, message, place};

/// All findings of all files. A file without any has one test that passes, so that its report is not empty.
pub(crate) fn render(compilations: &[Compilation]) -> String {
    let failures = |it: &Compilation| it.diagnostics.len();
    let tests = |it: &Compilation| failures(it).max(1).to_string();
    xml::document(|xml| {
        let total: usize = compilations.iter().map(failures).sum();
        let count: usize = compilations.iter().map(|it| failures(it).max(1)).sum();
        let (total, count) = (total.to_string(), count.to_string());
        let attributes = [("name", "gatewright"), ("tests", &*count), ("failures", &*total), ("errors", "0")];
        xml::element(xml, "testsuites", attributes, |xml| {
            for it in compilations {
                let (name, tests, failed) = (xml::text(it.name()), tests(it), failures(it).to_string());
                let attributes =
                    [("name", &*name), ("tests", &*tests), ("failures", &*failed), ("errors", "0")];
                xml::element(xml, "testsuite", attributes, |xml| suite(xml, it, &name))?;
            }
            Ok(())
        })
    })
}

fn suite(xml: &mut Xml, compilation: &Compilation, name: &str) -> std::io::Result<()> {
    if compilation.diagnostics.is_empty() {
        return xml::empty(xml, "testcase", [("name", "no findings"), ("classname", name)]);
    }
    for it in &compilation.diagnostics {
        let at = place(compilation, it.span);
        let severity = match it.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let (file, line) = (xml::text(at.file), at.start.line.to_string());
        let place = format!("{file}:{line}:{}", at.start.column);
        let said = xml::text(&message(it)).into_owned();
        let title = format!("{} {place}", it.rule);
        let attributes = [("name", &*title), ("classname", name), ("file", &*file), ("line", &*line)];
        xml::element(xml, "testcase", attributes, |xml| {
            let mut text = format!("{place}: {said}");
            if let Some(help) = help(it) {
                text = format!("{text}\nhelp: {}", xml::text(&help));
            }
            xml.create_element("failure")
                .with_attributes([("type", severity), ("message", &*said)])
                .write_text_content(BytesText::new(&text))
                .map(drop)
        })?;
    }
    Ok(())
}
