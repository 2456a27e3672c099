//! From a file to diagnostics and the model.

use gatewright_emit::Layout;
use gatewright_graph::Graph;
use gatewright_ir::{CodeSource, Ir, Origin, Source};
use gatewright_source::{Comment, Diagnostic, FileId, Severity, Sources, Span, Spanned, Text};
use gatewright_spec::Spec;

use crate::Files;

/// What a specification compiles to. The model is there whatever was wrong; artifacts may be emitted only if
/// [`Compilation::has_errors`] says no.
#[derive(Debug)]
pub struct Compilation {
    /// All files that were read; the first is the specification.
    pub sources: Sources,
    /// The model.
    pub ir: Ir,
    /// Who needs whom.
    pub graph: Graph,
    /// All problems, by place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Compilation {
    /// Whether anything stops the build.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|it| it.severity == Severity::Error)
    }
}

/// What speaks against a layout: circles that only arise where the whole definition of the API is one resource.
pub fn check_layout(compilation: &Compilation, layout: Layout) -> Vec<Diagnostic> {
    let (ir, graph) = (&compilation.ir, &compilation.graph);
    let Some(way) = graph.way_back_to_api().filter(|_| layout == Layout::Body) else { return Vec::new() };
    let Some(last) = way.last() else { return Vec::new() };
    let named: Vec<String> = way.iter().map(|it| format!("`{}`", gatewright_graph::name(ir, *it))).collect();
    let problem = Diagnostic::error(
        "circular-reference",
        gatewright_rules::place(ir, *last),
        format!("{} refers to the API, and the API's body names it", named[named.len() - 1]),
    );
    let way = if named.len() > 2 { format!("the way is {}; ", named.join(" → ")) } else { String::new() };
    vec![problem.help(format!("{way}build with `--layout resources`, where this is no circle"))]
}

/// A file on its way through the first stages.
struct Unit {
    file: FileId,
    comments: Vec<Comment>,
    spec: Option<Spec>,
    /// Whether there was a specification at all.
    is_mapping: bool,
    start: Span,
    /// The paths of the files that lead to this one, outermost first.
    trail: Vec<String>,
}

/// Compiles the specification `bytes`, whose name is shown in messages. A pure function but for what `files` reads.
pub fn compile(name: &str, bytes: Vec<u8>, files: &dyn Files) -> Compilation {
    let mut sources = Sources::new();
    let mut diagnostics = Vec::new();
    let folder = name.rfind('/').map_or("", |at| &name[..=at]);
    let mut units = vec![read(&mut sources, name, bytes, Vec::new(), &mut diagnostics)];
    let mut at = 0;
    while at < units.len() {
        for include in includes(&units[at]) {
            let base = units[at].trail.last().map_or("", |it| it.rfind('/').map_or("", |end| &it[..=end]));
            let path = normalise(&format!("{base}{}", include.value));
            let mut trail = units[at].trail.clone();
            if trail.contains(&path) || normalise(&format!("{folder}{path}")) == name {
                diagnostics.push(
                    Diagnostic::error("include-cycle", include.span, format!("`{path}` includes itself"))
                        .help(format!("the way here is {}", cycle(name, &trail, &path))),
                );
                continue;
            }
            if units.iter().any(|it| it.trail.last() == Some(&path)) {
                // Included from two places: its names are there already.
                continue;
            }
            match files.read(&path) {
                Ok(bytes) => {
                    trail.push(path.clone());
                    units.push(read(
                        &mut sources,
                        &format!("{folder}{path}"),
                        bytes,
                        trail,
                        &mut diagnostics,
                    ));
                }
                Err(why) => diagnostics.push(missing_file(&include, &path, &why)),
            }
        }
        at += 1;
    }

    let has_syntax_errors = diagnostics.iter().any(|it| it.rule == "syntax");
    let (mut ir, mut problems) = lower(&units);
    units.iter_mut().for_each(|it| it.spec = None);
    digests(&mut ir, &sources, folder, files, &mut problems);
    let graph = gatewright_graph::build(&ir);
    if problems.iter().any(|it| it.rule == "unsupported-kind") {
        // The language of the other kinds is another one: nothing that this one says about the file is of use.
        diagnostics.retain(|it| it.rule == "syntax");
        diagnostics.extend(problems.into_iter().filter(|it| it.rule == "unsupported-kind"));
    } else if !has_syntax_errors && units[0].is_mapping {
        // After a syntax error, or where there is no mapping, half of the API is missing: what follows is no news.
        diagnostics.append(&mut problems);
        diagnostics.append(&mut gatewright_rules::check(&ir, &graph));
    }
    for unit in &units {
        gatewright_rules::allow(sources.file(unit.file), &unit.comments, &mut diagnostics);
    }
    diagnostics.sort_by_key(|it| it.span);
    Compilation { sources, ir, graph, diagnostics }
}

/// Parses and decodes one file.
fn read(
    sources: &mut Sources,
    name: &str,
    bytes: Vec<u8>,
    trail: Vec<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Unit {
    let (file, mut problems) = sources.add(name, bytes);
    let (tree, mut more) = gatewright_source::parse(sources.file(file));
    problems.append(&mut more);
    let first_error = problems.iter().filter(|it| it.rule == "syntax").map(|it| it.span.start).min();
    let (spec, decoded) = gatewright_spec::decode::<Spec>(&tree);
    // Behind a syntax error the structure is a guess: only what stands before it is reported. What is missing may
    // stand behind it.
    let sound = |it: &Diagnostic| match first_error {
        None => true,
        Some(error) => it.span.end < error && !matches!(it.rule, "missing-key" | "syntax"),
    };
    problems.extend(decoded.into_iter().filter(sound));
    problems.sort_by_key(|it| it.span);
    diagnostics.append(&mut problems);
    let start = tree.root().map_or(tree.span(), |it| tree.span_of(it)).start;
    // The tree has done its work; a large one is better gone before the model is made.
    let comments = tree.into_comments();
    let is_mapping = spec.is_some();
    Unit { file, comments, spec, is_mapping, start: Span::new(start, start + 1), trail }
}

fn lower(units: &[Unit]) -> (Ir, Vec<Diagnostic>) {
    let empty = Spec::default();
    let specs: Vec<Source<'_>> =
        units.iter().map(|it| Source { spec: it.spec.as_ref().unwrap_or(&empty), start: it.start }).collect();
    gatewright_ir::lower(&specs)
}

fn includes(unit: &Unit) -> Vec<Spanned<Text>> {
    let list = unit.spec.as_ref().and_then(|it| it.include.value());
    list.map(|it| it.0.clone()).unwrap_or_default()
}

/// A path without `.`, and without `..` where that is possible.
fn normalise(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            "" if !parts.is_empty() => {}
            ".." if parts.last().is_some_and(|it| !matches!(*it, ".." | "")) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

fn cycle(name: &str, trail: &[String], path: &str) -> String {
    let mut out = format!("`{name}`");
    for it in trail.iter().map(|it| &**it).chain([path]) {
        out.push_str(&format!(" → `{it}`"));
    }
    out
}

fn missing_file(at: &Spanned<Text>, path: &str, why: &str) -> Diagnostic {
    Diagnostic::error("missing-file", at.span, format!("cannot read `{path}`: {why}"))
        .help("paths are relative to the file that names them")
}

/// Looks at the folders of functions that are created: they must be there, and their contents decide whether a new
/// version is published. Their paths become relative to the specification's folder.
fn digests(ir: &mut Ir, sources: &Sources, folder: &str, files: &dyn Files, problems: &mut Vec<Diagnostic>) {
    for id in ir.functions.ids() {
        let Origin::Created(it) = &mut ir.functions[id].origin else { continue };
        let CodeSource::Folder { path, digest } = &mut it.code else { continue };
        let file = sources.file_of(path.span).map_or("", |it| it.name());
        let beside = file.rfind('/').map_or("", |at| &file[..=at]);
        let full = normalise(&format!("{}{}", beside.strip_prefix(folder).unwrap_or_default(), path.value));
        match files.digest(&full) {
            Ok(it) => *digest = Some(it.into()),
            Err(why) => problems.push(missing_file(path, &path.value, &why)),
        }
        path.value = full.into();
    }
}
