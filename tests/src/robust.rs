//! Whatever the bytes: every prefix and every removed line of every input compiles without a panic, CRLF changes
//! nothing, and twice gives the same.

use gatewright_compiler::rules::{self, Page};
use gatewright_compiler::{Compilation, NoFiles, compile, emit, graph};
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};

use crate::case;

pub(crate) fn trials() -> Vec<Trial> {
    let mut out = Vec::new();
    for below in ["tests/suite", "examples"] {
        for folder in case::folders(below) {
            for path in inputs(&folder) {
                let name = case::name(&folder);
                let file = case::name(&path);
                out.push(Trial::test(format!("robust::{name}::{file}"), move || {
                    robust(&std::fs::read(&path).map_err(|it| it.to_string())?)
                }));
            }
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

/// The specification in a folder, and what it may include: all YAML but what was built.
fn inputs(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir()
            && path.file_name().is_some_and(|it| it != "build")
            && !path.join("gatewright.yaml").exists()
        {
            out.extend(inputs(&path));
        } else if path.extension().is_some_and(|it| it == "yaml" || it == "yml") {
            out.push(path);
        }
    }
    out.sort();
    out
}

fn robust(bytes: &[u8]) -> Result<(), Failed> {
    let run = |bytes: Vec<u8>| compile("gatewright.yaml", bytes, &NoFiles);
    // Beyond 2 KB only the ends of words and what stands between them.
    for end in 0..bytes.len() {
        let inside = end > 0 && bytes[end].is_ascii_alphanumeric() && bytes[end - 1].is_ascii_alphanumeric();
        if end < 2048 || !inside {
            let compilation = run(bytes[..end].to_vec());
            // What is cut at the end of a line is most often a specification still.
            if end > 0 && bytes[end - 1] == b'\n' {
                draw(&compilation);
            }
        }
    }
    let lines: Vec<&[u8]> = bytes.split_inclusive(|it| *it == b'\n').collect();
    for at in 0..lines.len() {
        let mut rest = lines.clone();
        rest.remove(at);
        draw(&run(rest.concat()));
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

/// Emits and draws: whatever was wrong with the input, neither may panic.
fn draw(compilation: &Compilation) {
    let ir = &compilation.ir;
    for layout in [emit::Layout::Body, emit::Layout::Resources] {
        let format = emit::Format::Yaml;
        emit::cloudformation(
            ir,
            &emit::Options { layout, format, stage: None, base: "", redeploy_token: None },
        );
    }
    emit::openapi(ir, &emit::OpenApiOptions { format: emit::Format::Json, plain: false, stage: None });
    emit::summary(ir, None);
    graph::draw::text(ir, &compilation.graph);
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
