//! Whatever the bytes: every prefix and every removed line of every input compiles and is fixed without a panic, what was wrong or not is
//! built and drawn, CRLF changes nothing, twice gives the same, YAML and JSON say the same, and what is large takes no
//! longer than its size.

use gatewright_compiler::formats::{Schema, document};
use gatewright_compiler::ir::{Format, Ir};
use gatewright_compiler::rules::{self, Page, Settings};
use gatewright_compiler::source::Safety;
use gatewright_compiler::{Compilation, Files, Given, NoFiles, Request, compile, emit, fix, graph};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};

use crate::build::Folder;
use crate::{case, expect, formats};

pub(crate) fn trials() -> Vec<Trial> {
    let mut out = Vec::new();
    for below in ["tests/suite", "examples"] {
        for folder in case::folders(below) {
            for path in inputs(&folder, &["yaml", "yml"]) {
                let name = case::name(&folder);
                let file = case::name(&path);
                out.push(Trial::test(format!("robust::{name}::{file}"), move || {
                    robust(&std::fs::read(&path).map_err(|it| it.to_string())?, None, &NoFiles)
                }));
            }
        }
    }
    for (name, folder, input) in formats::cases() {
        let Some(input) = input else { continue };
        let here = folder.clone();
        out.push(Trial::test(format!("robust::{name}"), move || {
            let files = Folder(here);
            let bytes = std::fs::read(files.0.join(input))?;
            // What is left of a file is still of its format.
            let format = compile(input, bytes.clone(), None, &files).format;
            robust(&bytes, Some(format), &files)
        }));
        if !input.ends_with(".json") {
            out.push(Trial::test(format!("robust::json::{name}"), move || as_json(input, &Folder(folder))));
        }
    }
    for rule in rules::all() {
        let page = Page::parse(rule.page);
        for (_, text) in page.examples("Bad").into_iter().chain(page.examples("Good")) {
            out.push(Trial::test(format!("robust::page::{}", rule.name), move || {
                robust(text.as_bytes(), None, &NoFiles)
            }));
        }
    }
    for folder in ["examples", "tests/suite"].into_iter().flat_map(case::folders) {
        if let Ok(text) = std::fs::read_to_string(folder.join("gatewright.yaml"))
            && text.contains(".vtl")
        {
            let name = case::name(&folder);
            out.push(Trial::test(format!("robust::templates::{name}"), move || templates(&text, &folder)));
        }
    }
    for (name, text) in LARGE {
        out.push(Trial::test(format!("robust::large::{name}"), move || large(&text(16_000))));
    }
    out
}

/// A specification in which something comes so often.
type Specification = fn(usize) -> String;

/// Specifications in which something comes very often, and is compared with all others by whoever is careless.
const LARGE: [(&str, Specification); 4] = [
    ("references_to_no_model", |count| {
        let model = |at| format!("  Modelx{at}: {{ items: {{ $ref: '#/models/Modely{at}' }} }}\n");
        rest("models", (0..count).map(model).collect())
    }),
    ("references_to_definitions", |count| {
        let definitions = (0..count).map(|at| format!("      d{at}: {{ type: string }}\n"));
        let properties = (0..count).map(|at| format!("      p{at}: {{ $ref: '#/definitions/d{at}' }}\n"));
        let (definitions, properties): (String, String) = (definitions.collect(), properties.collect());
        rest("models", format!("  M:\n    definitions:\n{definitions}    properties:\n{properties}"))
    }),
    ("definitions_named_alike", |count| {
        let signs = (0..count as u32).filter_map(|at| char::from_u32(0x4e00 + at));
        let definitions: String = signs.map(|it| format!("      d{it}: {{ type: string }}\n")).collect();
        rest("models", format!("  M:\n    definitions:\n{definitions}"))
    }),
    ("properties_that_are_not_described", |count| {
        let required: String = (0..count).map(|at| format!("      - wanted{at}\n")).collect();
        let properties: String = (0..count).map(|at| format!("      given{at}: {{}}\n")).collect();
        rest("models", format!("  M:\n    required:\n{required}    properties:\n{properties}"))
    }),
];

/// A REST API with a section.
fn rest(section: &str, entries: String) -> String {
    format!(
        "gatewright: 1\nname: large\nkind: rest\nroutes: {{ GET /: {{ mock: {{}} }} }}\n{section}:\n{entries}"
    )
}

/// Far more than it takes, and far less than it would if everything was compared with everything.
const LONGEST: Duration = Duration::from_secs(20);

fn large(text: &str) -> Result<(), Failed> {
    let start = Instant::now();
    draw(&compile("gatewright.yaml", text.into(), None, &NoFiles));
    let taken = start.elapsed();
    if taken < LONGEST { Ok(()) } else { Err(format!("it took {} s", taken.as_secs()).into()) }
}

/// The files of a folder, of which mapping templates are not whole.
struct Cut<'a> {
    folder: &'a Path,
    end: usize,
}

impl Files for Cut<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let mut bytes = std::fs::read(self.folder.join(path)).map_err(|it| it.to_string())?;
        if path.ends_with(".vtl") {
            bytes.truncate(self.end);
        }
        Ok(bytes)
    }

    fn digest(&self, _: &str) -> Result<String, String> {
        Ok(String::new())
    }
}

/// Every prefix of the mapping templates that a specification names.
fn templates(text: &str, folder: &Path) -> Result<(), Failed> {
    let sizes = inputs(folder, &["vtl"]).into_iter().filter_map(|it| std::fs::metadata(it).ok());
    let longest = sizes.map(|it| it.len() as usize).max().unwrap_or_default();
    for end in 0..=longest {
        draw(&compile("gatewright.yaml", text.into(), None, &Cut { folder, end }));
    }
    Ok(())
}

/// The specification in a folder, and what it may include: all files with such an ending but what was built.
fn inputs(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir()
            && path.file_name().is_some_and(|it| it != "build")
            && !path.join("gatewright.yaml").exists()
        {
            out.extend(inputs(&path, endings));
        } else if path.extension().is_some_and(|it| endings.iter().any(|ending| it == *ending)) {
            out.push(path);
        }
    }
    out.sort();
    out
}

/// In JSON a file says the same: there are the same APIs in it, and there is the same to say about them.
fn as_json(input: &str, files: &Folder) -> Result<(), Failed> {
    let text = std::fs::read_to_string(files.0.join(input))?;
    let yaml = compile(input, text.clone().into_bytes(), None, files);
    let is_broken = yaml.diagnostics.iter().any(|it| matches!(it.rule, "syntax" | "duplicate-key"));
    // JSON has no comments, so nothing can be allowed there.
    let Some(file) =
        yaml.sources.files().next().filter(|_| !is_broken && !text.contains("gatewright: allow"))
    else {
        return Ok(());
    };
    let (tree, _) = gatewright_source::parse(file);
    let schema = if yaml.format.is_template() { Schema::Yaml11 } else { Schema::Yaml12 };
    let (document, _) = document(&tree, schema);
    let json = compile(input, serde_json::to_vec_pretty(&document.to_json())?, Some(yaml.format), files);
    let said = |it: &Compilation| -> Result<String, Failed> {
        let found = it.diagnostics.iter().map(|it| format!("{} {}\n", it.rule, it.message));
        // What stands on one line may stand on two, and is then found in another order.
        let mut found: Vec<String> = found.collect();
        found.sort();
        Ok(found.concat() + &formats::models(it)?)
    };
    let (yaml, json) = (said(&yaml)?, said(&json)?);
    if yaml == json { Ok(()) } else { Err(expect::differs("in JSON it", &yaml, &json)) }
}

fn robust(bytes: &[u8], format: Option<Format>, files: &dyn Files) -> Result<(), Failed> {
    let run = |bytes: Vec<u8>| compile("gatewright.yaml", bytes, format, files);
    let settings = Settings::default();
    let given = format.map_or(Given::Named, Given::As);
    let request = Request { given, settings: &settings, before: None };
    // Beyond 2 KB only the ends of words and what stands between them.
    for end in 0..bytes.len() {
        let inside = end > 0 && bytes[end].is_ascii_alphanumeric() && bytes[end - 1].is_ascii_alphanumeric();
        if end < 2048 || !inside {
            let compilation = run(bytes[..end].to_vec());
            // What is cut at the end of a line is most often a specification still.
            if end > 0 && bytes[end - 1] == b'\n' {
                draw(&compilation);
                if compilation.diagnostics.iter().any(|it| it.fix.is_some()) {
                    fix("gatewright.yaml", bytes[..end].to_vec(), &request, files, Safety::Unsafe, &|_| true);
                }
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
            return Err(expect::differs("with CRLF it", &once, &crlf));
        }
    }
    Ok(())
}

/// Emits and draws: whatever was wrong with the input, neither may panic.
fn draw(compilation: &Compilation) {
    if compilation.format == Format::Gatewright {
        build(&compilation.model().expect("a model").ir);
    }
    let pictures: Vec<graph::draw::Picture<'_>> =
        compilation.models.iter().map(|it| (&it.ir, &it.graph)).collect();
    for form in
        [graph::draw::text, graph::draw::dot, graph::draw::mermaid, graph::draw::json, graph::draw::svg]
    {
        form(&pictures);
    }
}

fn build(ir: &Ir) {
    for layout in [emit::Layout::Body, emit::Layout::Resources] {
        let format = emit::Format::Yaml;
        emit::cloudformation(
            ir,
            &emit::Options { layout, format, stage: None, base: "", redeploy_token: None },
        );
    }
    for plain in [false, true] {
        emit::openapi(ir, &emit::OpenApiOptions { format: emit::Format::Json, plain, stage: None });
    }
    emit::summary(ir, None);
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
