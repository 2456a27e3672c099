//! Benchmarks: every stage and the whole, for the three kinds and 10 to 30,000 routes, and files of other formats, as ratios to the
//! bare YAML parse of the same bytes in the same run. `cargo bench` runs it; tests/bench/README.md says how to read it.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, missing_docs)]

mod foreign;
mod many;
mod specification;

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use gatewright_compiler::emit;
use gatewright_compiler::ir::{self, Source};
use gatewright_compiler::{Given, NoFiles, Request, compile, compile_given, formats, graph, rules};
use gatewright_source::{Sources, Span};
use peak_alloc::PeakAlloc;
use specification::Kind;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const SIZES: [usize; 4] = [10, 300, 3_000, 30_000];

fn main() {
    println!("Times are the least of several runs; ratios are to the bare YAML parse of the same bytes.\n");
    println!(
        "| kind | routes | bytes | bare parse | parse | decode | lower | graph | rules | check | body | resources | memory |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for kind in Kind::ALL {
        for routes in SIZES {
            row(kind, routes);
        }
    }
    println!("\n| format | routes | bytes | bare parse | passed over | parse | document | check | memory |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for kind in foreign::Kind::ALL {
        for routes in &SIZES[..3] {
            foreign_row(kind, *routes);
        }
    }
    start_up();
    many::measure();
}

/// One line of the table of other formats.
fn foreign_row(kind: foreign::Kind, routes: usize) {
    let text = kind.file(routes);
    let bytes = text.clone().into_bytes();
    let runs = (100_000 / (routes + 100)).clamp(5, 300);
    let bare = least(runs, || bare_parse(&text));

    // The same without what shows that it may be ours: most files of a repository are such.
    let other = text.replace("apigateway", "other").replace("AWS::", "Other::").replace("provider", "other");
    let pass = least(runs, || assert!(!formats::may_be_ours(other.as_bytes())));
    let mut sources = Sources::new();
    let (file, _) = sources.add("file.yaml", bytes.clone());
    let parse = least(runs, || gatewright_source::parse(sources.file(file)));
    let (tree, _) = gatewright_source::parse(sources.file(file));
    let document = least(runs, || formats::document(&tree, formats::Schema::Yaml11));
    let settings = rules::Settings::default();
    let request = Request { given: Given::Found, settings: &settings, before: None };
    let whole = least(runs, || compile_given("file.yaml", bytes.clone(), &request, &NoFiles));
    drop((tree, sources));

    let input = bytes.clone();
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let compilation = compile_given("file.yaml", input, &request, &NoFiles).unwrap();
    let memory = MEMORY.peak_usage() - before;
    let found: usize = compilation.models.iter().map(|it| it.ir.routes.len()).sum();
    assert_eq!(found, routes, "{}", kind.as_str());

    let ratio = |it: Duration| format!("{:.2}×", it.as_secs_f64() / bare.as_secs_f64());
    println!(
        "| {} | {routes} | {} | {:.3} ms | {:.4}× | {} | {} | **{}** | {:.1}× file |",
        kind.as_str(),
        text.len(),
        bare.as_secs_f64() * 1000.0,
        pass.as_secs_f64() / bare.as_secs_f64(),
        ratio(parse),
        ratio(document),
        ratio(whole),
        memory as f64 / text.len() as f64,
    );
}

/// One line of the table.
fn row(kind: Kind, routes: usize) {
    let text = kind.specification(routes);
    let bytes = text.clone().into_bytes();
    let runs = (300_000 / (routes + 100)).clamp(5, 300);
    let bare = least(runs, || bare_parse(&text));

    let mut sources = Sources::new();
    let (file, _) = sources.add("gatewright.yaml", bytes.clone());
    let parse = least(runs, || gatewright_source::parse(sources.file(file)));
    let (tree, _) = gatewright_source::parse(sources.file(file));
    let decode = least(runs, || gatewright_spec::decode_spec(&tree, gatewright_spec::kind_of(&tree)));
    let (spec, problems) = gatewright_spec::decode_spec(&tree, gatewright_spec::kind_of(&tree));
    assert!(problems.is_empty(), "{problems:?}");
    let spec = spec.unwrap();
    let templates = Default::default();
    let files = [Source { spec: &spec, start: Span::new(0, 1), templates: &templates }];
    let lower = least(runs, || ir::lower(&files));
    let (model, problems) = ir::lower(&files);
    assert!(problems.is_empty(), "{problems:?}");
    let build = least(runs, || graph::build(&model));
    let needs = graph::build(&model);
    let settings = rules::Settings::default();
    let check = least(runs, || rules::check(std::iter::once((&model, &needs)), &sources, &settings));
    let whole = least(runs, || compile("gatewright.yaml", bytes.clone(), None, &NoFiles));
    let options = |layout| emit::Options {
        layout,
        format: emit::Format::Yaml,
        stage: None,
        base: "",
        redeploy_token: None,
    };
    // A WebSocket API has no body.
    let body = (kind != Kind::WebSocket)
        .then(|| least(runs, || emit::cloudformation(&model, &options(emit::Layout::Body))));
    let resources = least(runs, || emit::cloudformation(&model, &options(emit::Layout::Resources)));

    drop((needs, model, spec, tree, sources));
    let input = bytes.clone();
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let compilation = compile("gatewright.yaml", input, None, &NoFiles);
    let memory = MEMORY.peak_usage() - before;
    assert!(!compilation.has_errors() || routes > 300, "{:?}", compilation.diagnostics);

    let ratio = |it: Duration| format!("{:.2}×", it.as_secs_f64() / bare.as_secs_f64());
    println!(
        "| {} | {routes} | {} | {:.3} ms | {} | {} | {} | {} | {} | **{}** | {} | {} | {:.1}× file |",
        kind.as_str(),
        text.len(),
        bare.as_secs_f64() * 1000.0,
        ratio(parse),
        ratio(decode),
        ratio(lower),
        ratio(build),
        ratio(check),
        ratio(whole),
        body.map_or_else(|| "–".to_owned(), ratio),
        ratio(resources),
        memory as f64 / text.len() as f64,
    );
}

/// The events of the YAML parser underneath, and nothing else.
fn bare_parse(text: &str) -> usize {
    granit_parser::Parser::new_from_str(text).filter(Result::is_ok).count()
}

/// The least time of several runs.
fn least<T>(runs: usize, mut run: impl FnMut() -> T) -> Duration {
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            let out = black_box(run());
            let time = start.elapsed();
            drop(out);
            time
        })
        .min()
        .unwrap_or_default()
}

/// A cold `check` of ten routes, against the same program printing its help.
fn start_up() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("gatewright.yaml"), Kind::Http.specification(10)).unwrap();
    let spawn = |arguments: &[&str]| {
        let start = Instant::now();
        let status = Command::new(env!("CARGO_BIN_EXE_gatewright"))
            .args(arguments)
            .current_dir(&folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success());
        start.elapsed()
    };
    let (mut help, mut check) = (Vec::new(), Vec::new());
    for _ in 0..200 {
        help.push(spawn(&["--help"]));
        check.push(spawn(&["check", "gatewright.yaml"]));
    }
    help.sort();
    check.sort();
    let shown = |it: &[Duration]| {
        format!("{:.2} ms least, {:.2} ms median", it[0].as_secs_f64() * 1e3, it[100].as_secs_f64() * 1e3)
    };
    println!("\nA process that prints its help: {}", shown(&help));
    println!("A process that checks 10 routes: {}", shown(&check));
}
