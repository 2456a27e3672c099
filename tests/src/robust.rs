//! Whatever the bytes: every prefix and every removed line of every input compiles without a panic, CRLF changes
//! nothing, and twice gives the same.

use gatewright_compiler::rules::{self, Page};
use gatewright_compiler::{Compilation, NoFiles, compile};
use libtest_mimic::{Failed, Trial};

use crate::case;

pub(crate) fn trials() -> Vec<Trial> {
    let mut out = Vec::new();
    for below in ["tests/suite", "examples"] {
        for folder in case::folders(below) {
            let path = folder.join("gatewright.yaml");
            let name = case::name(&folder);
            out.push(Trial::test(format!("robust::{name}"), move || {
                robust(&std::fs::read(&path).map_err(|it| it.to_string())?)
            }));
        }
    }
    for rule in rules::all() {
        let page = Page::parse(rule.page);
        for text in page.code("Bad", "yaml").into_iter().chain(page.code("Good", "yaml")) {
            out.push(Trial::test(format!("robust::page::{}", rule.name), move || robust(text.as_bytes())));
        }
    }
    out
}

fn robust(bytes: &[u8]) -> Result<(), Failed> {
    let run = |bytes: Vec<u8>| compile("gatewright.yaml", bytes, &NoFiles);
    // Beyond 2 KB only ends of words, lines and brackets.
    for end in 0..bytes.len() {
        if end < 2048 || (!bytes[end].is_ascii_alphanumeric() && end % 7 == 0) {
            run(bytes[..end].to_vec());
        }
    }
    let lines: Vec<&[u8]> = bytes.split_inclusive(|it| *it == b'\n').collect();
    for at in 0..lines.len() {
        let mut rest = lines.clone();
        rest.remove(at);
        run(rest.concat());
    }
    let once = shown(&run(bytes.to_vec()));
    if once != shown(&run(bytes.to_vec())) {
        return Err("two runs differ".into());
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\r')
    {
        let crlf = shown(&run(text.replace('\n', "\r\n").into_bytes()));
        if crlf != once {
            return Err(crate::expect::differs("with CRLF it", &once, &crlf));
        }
    }
    Ok(())
}

/// The findings with lines and columns: byte offsets differ with CRLF.
fn shown(compilation: &Compilation) -> String {
    let mut out = String::new();
    for it in &compilation.diagnostics {
        let (_, at) = compilation.sources.locate(it.span).expect("every finding is in a file");
        let message = it.message.replace("\r\n", "\n");
        out.push_str(&format!("{}:{} {} {message}\n", at.line, at.column, it.rule));
    }
    out
}
