//! From a file to diagnostics and the model.

use std::sync::Arc;

use gatewright_emit::{Layout, Missing, Output};
use gatewright_formats::Schema;
use gatewright_graph::Graph;
use gatewright_ir::{ApiKind, BUILT_IN_MODELS, CodeSource, Format, Generated, Ir, Name, Origin, Raw, Source};
use gatewright_rules::{Allowed, Change, Settings};
use gatewright_source::{Comment, Diagnostic, FileId, Severity, Sources, Span};
use gatewright_spec::Spec;
use rustc_hash::FxHashMap;

use crate::Files;
use crate::load::{Parsed, Unit, load, missing_file, normalise, templates};
use crate::others::Others;

/// What a file compiles to. The models are there whatever was wrong; artifacts may be emitted only if
/// [`Compilation::has_errors`] says no.
#[derive(Debug, Default)]
pub struct Compilation {
    /// All files that were read; the first is the one that was named.
    pub sources: Sources,
    /// What the file is.
    pub format: Format,
    /// The APIs in it: of a specification exactly one, of other files as many as they describe.
    pub models: Vec<Model>,
    /// All problems, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Problems that the files themselves allow.
    pub allowed: Vec<Allowed>,
    /// Problems that a [`crate::Baseline`] has taken out: they were known before.
    pub known: Vec<Diagnostic>,
}

/// One API.
#[derive(Debug)]
pub struct Model {
    /// What it means.
    pub ir: Ir,
    /// Who needs whom.
    pub graph: Graph,
}

impl Compilation {
    /// The model of a specification; of other files the first one, if there is any.
    pub fn model(&self) -> Option<&Model> {
        self.models.first()
    }

    /// The name of the file that was compiled.
    pub fn name(&self) -> &str {
        self.sources.files().next().map_or("", |it| it.name())
    }

    /// The other files that were read, by their names as paths without detours.
    pub fn others(&self) -> impl Iterator<Item = String> + '_ {
        self.sources.files().skip(1).map(|it| normalise(it.name()))
    }

    /// Whether anything stops the build.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|it| it.severity == Severity::Error)
    }
}

/// What speaks against a layout: a quota that an import uses up sooner, circles that only arise where the whole
/// definition of the API is one resource, and models that are there already where they are resources of their own.
pub fn check_layout(model: &Model, layout: Layout) -> Vec<Diagnostic> {
    let Model { ir, graph } = model;
    if layout != Layout::Body {
        return second_models(ir);
    }
    let mut out = Vec::new();
    if ir.api.kind == ApiKind::Http
        && let Some((_, route)) = ir.routes.iter().nth(BODY_ROUTES)
    {
        let message = format!(
            "the body makes an integration for each of {} routes, and {BODY_ROUTES} is the quota",
            ir.routes.len()
        );
        let problem = Diagnostic::warning("exceeded-quota", route.key.span, message);
        out.push(problem.help("build with `--layout resources`, where routes share integrations"));
    }
    let Some(way) = graph.way_back_to_api() else { return out };
    let Some(last) = way.last() else { return out };
    let named: Vec<String> = way.iter().map(|it| format!("`{}`", gatewright_graph::name(ir, *it))).collect();
    let problem = Diagnostic::error(
        "circular-reference",
        gatewright_rules::place(ir, *last),
        format!("{} refers to the API, and the API's body names it", named[named.len() - 1]),
    );
    let way = if named.len() > 2 { format!("the way is {}; ", named.join(" → ")) } else { String::new() };
    out.push(problem.help(format!("{way}build with `--layout resources`, where this is no circle")));
    out
}

/// Models that a REST API has anyway. An import replaces those; a resource of that name is refused.
fn second_models(ir: &Ir) -> Vec<Diagnostic> {
    let is_there = |it: &&Name| ir.api.kind == ApiKind::Rest && BUILT_IN_MODELS.contains(&&*it.value);
    let report = |it: &Name| {
        let message = format!("every REST API has a model `{}` of its own", it.value);
        Diagnostic::error("colliding-names", it.span, message)
            .help(format!("choose another name, such as `{}Body`, or build with `--layout body`", it.value))
    };
    ir.models.values().map(|it| &it.name).filter(is_there).map(report).collect()
}

/// What speaks against artifacts: references to resources that this build does not have, where they were written.
pub fn check_output(compilation: &Compilation, output: &Output) -> Vec<Diagnostic> {
    let place = |id: &str| {
        compilation.sources.files().find_map(|file| {
            let at = file.text().find(id)? as u32 + file.base();
            Some(Span::new(at, at + id.len() as u32))
        })
    };
    let problem = |it: &Missing| {
        let span = place(&it.id).or_else(|| Some(compilation.model()?.ir.api.name.span)).unwrap_or_default();
        Diagnostic::error("unknown-reference", span, format!("this build has no `{}`", it.id)).help(it.why)
    };
    output.missing.iter().map(problem).collect()
}

/// Integrations that an HTTP API may have; not adjustable. An imported document makes one for each route.
///
/// Source: API Gateway Developer Guide, "Quotas for configuring and running an HTTP API".
const BODY_ROUTES: usize = 300;

/// How a file came to be compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// Its format was said.
    As(Format),
    /// It was named: what it is shows from its content.
    Named,
    /// It lay in a folder: most of such files are none of ours, and are passed over.
    Found,
}

/// How a file is compiled.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// How the file came to be compiled.
    pub given: Given,
    /// What is in force for it.
    pub settings: &'r Settings,
    /// The same file as it was: what has changed since is looked at, too.
    pub before: Option<&'r Compilation>,
}

/// Compiles the file `bytes`, whose name is shown in messages: what it is shows from its content, unless that is said. A
/// pure function but for what `files` reads.
pub fn compile(name: &str, bytes: Vec<u8>, format: Option<Format>, files: &dyn Files) -> Compilation {
    let mut sources = Sources::new();
    let (parsed, format) = recognise(&mut sources, name, bytes, format);
    let given = format.map_or(Given::Named, Given::As);
    let request = Request { given, settings: &Settings::default(), before: None };
    read(sources, parsed, name, format.unwrap_or_default(), &request, files)
}

/// Compiles a file if it is one of ours.
///
/// Of those that were named, these are all that show to be of a format, and all that cannot be parsed: that is then
/// said. Of those that were found they are those with an API in them, and of OpenAPI documents those that are meant for
/// API Gateway; after a syntax error only those that are ours without doubt.
pub fn compile_given(
    name: &str,
    bytes: Vec<u8>,
    request: &Request<'_>,
    files: &dyn Files,
) -> Option<Compilation> {
    let given = request.given;
    let is_found = given == Given::Found && !is_named_ours(name);
    if is_found && !gatewright_formats::may_be_ours(&bytes) {
        return None;
    }
    let has_extensions = !is_found || gatewright_formats::has_extensions(&bytes);
    let said = match given {
        Given::As(format) => Some(format),
        Given::Named | Given::Found => None,
    };
    let mut sources = Sources::new();
    let (parsed, format) = recognise(&mut sources, name, bytes, said);
    let is_foreign = || parsed.is_broken() && is_foreign(sources.file(parsed.file).text());
    match format.or_else(|| is_named_ours(name).then_some(Format::Gatewright)) {
        Some(format) if is_found && (format == Format::OpenApi && !has_extensions || is_foreign()) => None,
        Some(format) => {
            let compilation = read(sources, parsed, name, format, request, files);
            (!is_found || !compilation.models.is_empty()).then_some(compilation)
        }
        // What it might have been without its syntax errors.
        None if !is_found && parsed.is_broken() && !is_foreign() => {
            let format = Format::default();
            let diagnostics = parsed.problems;
            Some(Compilation {
                sources,
                format,
                models: Vec::new(),
                diagnostics,
                allowed: Vec::new(),
                known: Vec::new(),
            })
        }
        None => None,
    }
}

/// Reads a file, and what it is. Those of other formats are read as those do who use them: AWS and the Serverless
/// Framework are less strict than YAML is.
fn recognise(
    sources: &mut Sources,
    name: &str,
    bytes: Vec<u8>,
    said: Option<Format>,
) -> (Parsed, Option<Format>) {
    let is_ours = said == Some(Format::Gatewright) || said.is_none() && is_named_ours(name);
    let (file, problems) = sources.add(name, bytes);
    if !is_ours && let Some((tree, more)) = gatewright_source::parse_leniently(sources.file(file)) {
        let format = said.or_else(|| gatewright_formats::detect(&tree));
        if format != Some(Format::Gatewright) {
            return (Parsed { file, tree, problems: problems.into_iter().chain(more).collect() }, format);
        }
    }
    let (tree, more) = gatewright_source::parse(sources.file(file));
    let format = said.or_else(|| gatewright_formats::detect(&tree));
    (Parsed { file, tree, problems: problems.into_iter().chain(more).collect() }, format)
}

/// Whether a file is called as specifications of ours are: `gatewright.yaml`, `orders.gatewright.yml`.
pub fn is_named_ours(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    ["yaml", "yml", "json"].iter().any(|end| {
        let stem = file.strip_suffix(end).and_then(|it| it.strip_suffix('.'));
        stem.is_some_and(|it| it == "gatewright" || it.ends_with(".gatewright"))
    })
}

/// Whether text that cannot be parsed is none of the user's mistakes: some program renders it first, or it is a stream
/// of documents.
fn is_foreign(text: &str) -> bool {
    gatewright_formats::is_rendered(text) || text.trim_start().get(3..).is_some_and(|it| it.contains("\n---"))
}

fn read(
    sources: Sources,
    parsed: Parsed,
    name: &str,
    format: Format,
    request: &Request<'_>,
    files: &dyn Files,
) -> Compilation {
    match format {
        Format::Gatewright => specification(sources, parsed, name, request, files),
        format => document(sources, parsed, name, format, request, files),
    }
}

/// What rules say of the models, and of what became of them.
fn judge(models: &[Model], sources: &Sources, request: &Request<'_>) -> Vec<Diagnostic> {
    let apis = models.iter().map(|it| (&it.ir, &it.graph));
    let mut found = gatewright_rules::check(apis, sources, request.settings);
    for (before, after) in request.before.into_iter().flat_map(|it| pairs(&it.models, models)) {
        found.append(&mut gatewright_rules::compare(Change { before, after, settings: request.settings }));
    }
    found
}

/// The APIs of a file as they were and as they are: by their logical ids or names, and the only ones by being that.
fn pairs<'m>(before: &'m [Model], after: &'m [Model]) -> Vec<(&'m Ir, &'m Ir)> {
    if let ([before], [after]) = (before, after) {
        return vec![(&before.ir, &after.ir)];
    }
    let name = |it: &'m Model| -> &'m str {
        let id = it.ir.provenance.logical_ids.get(&Generated::Api);
        id.unwrap_or(&it.ir.api.name.value)
    };
    let known: FxHashMap<&str, &Ir> = before.iter().map(|it| (name(it), &it.ir)).collect();
    after.iter().filter_map(|it| Some((*known.get(name(it))?, &it.ir))).collect()
}

/// Makes findings as severe as they are to be, takes those away that comments allow, sorts what is left, and finds the
/// places of their fixes.
fn settle(
    mut diagnostics: Vec<Diagnostic>,
    comments: &[(FileId, Vec<Comment>)],
    document: Option<&Raw>,
    sources: &Sources,
    format: Format,
    settings: &Settings,
) -> (Vec<Diagnostic>, Vec<Allowed>) {
    settings.apply(&mut diagnostics);
    let mut allowed = Vec::new();
    for (at, (file, comments)) in comments.iter().enumerate() {
        let (file, document) = (sources.file(*file), document.filter(|_| at == 0));
        allowed.append(&mut gatewright_rules::allow(file, comments, document, settings, &mut diagnostics));
    }
    diagnostics.sort_by_key(|it| it.span);
    // What two APIs of a file share is looked at twice.
    diagnostics.dedup();
    gatewright_rules::gather(&mut diagnostics);
    crate::fix::place(&mut diagnostics, sources, format);
    (diagnostics, allowed)
}

fn specification(
    mut sources: Sources,
    parsed: Parsed,
    name: &str,
    request: &Request<'_>,
    files: &dyn Files,
) -> Compilation {
    let mut diagnostics = Vec::new();
    let folder = name.rfind('/').map_or("", |at| &name[..=at]);
    let mut units = load(&mut sources, name, parsed, files, &mut diagnostics);

    // What a missing file would have brought is missing, too: that is no news.
    let has_syntax_errors = diagnostics.iter().any(|it| matches!(it.rule, "syntax" | "missing-file"));
    for unit in &mut units {
        unit.templates = templates(unit, files, &mut diagnostics);
    }
    let (mut ir, mut problems) = lower(&units);
    units.iter_mut().for_each(|it| it.spec = None);
    digests(&mut ir, &sources, folder, files, &mut problems);
    let graph = gatewright_graph::build(&ir);
    let models = vec![Model { ir, graph }];
    if !has_syntax_errors && units[0].is_mapping {
        // After a syntax error, or where there is no mapping, half of the API is missing: what follows is no news.
        diagnostics.append(&mut problems);
        diagnostics.append(&mut judge(&models, &sources, request));
    }
    let comments: Vec<_> = units.into_iter().map(|it| (it.file, it.comments)).collect();
    let format = Format::Gatewright;
    let (diagnostics, allowed) = settle(diagnostics, &comments, None, &sources, format, request.settings);
    Compilation { sources, format, models, diagnostics, allowed, known: Vec::new() }
}

/// Compiles what is no specification of ours.
fn document(
    mut sources: Sources,
    parsed: Parsed,
    name: &str,
    format: Format,
    request: &Request<'_>,
    files: &dyn Files,
) -> Compilation {
    let Parsed { file, tree, problems: mut diagnostics } = parsed;
    let has_syntax_errors = diagnostics.iter().any(|it| it.rule == "syntax");
    let schema = if format.is_template() { Schema::Yaml11 } else { Schema::Yaml12 };
    let (root, mut problems) = gatewright_formats::document(&tree, schema);
    let root = Arc::new(root);
    diagnostics.append(&mut problems);
    let mut comments = vec![(file, tree.into_comments())];
    let folder = name.rfind('/').map_or("", |at| &name[..=at]);
    let mut others = Others {
        sources: &mut sources,
        files,
        folder,
        known: FxHashMap::default(),
        comments: &mut comments,
        problems: &mut diagnostics,
    };
    let (irs, mut problems) = gatewright_formats::read(format, &root, &mut others);
    diagnostics.append(&mut problems);
    let models: Vec<Model> = irs
        .into_iter()
        .map(|ir| {
            let graph = gatewright_graph::build(&ir);
            Model { ir, graph }
        })
        .collect();
    if !has_syntax_errors {
        diagnostics.append(&mut judge(&models, &sources, request));
    }
    let (diagnostics, allowed) =
        settle(diagnostics, &comments, Some(&root), &sources, format, request.settings);
    Compilation { sources, format, models, diagnostics, allowed, known: Vec::new() }
}

fn lower(units: &[Unit]) -> (Ir, Vec<Diagnostic>) {
    let empty = Spec::default();
    let source = |it| -> Source<'_> {
        let Unit { spec, start, templates, .. }: &Unit = it;
        Source { spec: spec.as_ref().unwrap_or(&empty), start: *start, templates }
    };
    let specs: Vec<Source<'_>> = units.iter().map(source).collect();
    gatewright_ir::lower(&specs)
}

/// Looks at the folders of functions that are created: they must be there, and their contents decide whether a new
/// version is published. Their paths become relative to the specification's folder.
fn digests(ir: &mut Ir, sources: &Sources, folder: &str, files: &dyn Files, problems: &mut Vec<Diagnostic>) {
    for id in ir.functions.ids() {
        let Origin::Created(it) = &mut ir.functions[id].origin else { continue };
        let CodeSource::Folder { path, digest } = &mut it.code else { continue };
        let file = sources.file_of(path.span).map_or("", |it| it.name());
        let beside = file.rfind('/').map_or("", |at| &file[..=at]);
        let beside =
            if path.value.starts_with('/') { "" } else { beside.strip_prefix(folder).unwrap_or_default() };
        let full = normalise(&format!("{beside}{}", path.value));
        match files.digest(&full) {
            Ok(it) => *digest = Some(it.into()),
            Err(why) => problems.push(missing_file(path, &path.value, &why)),
        }
        path.value = full.into();
    }
}

#[cfg(test)]
mod tests {
    use super::compile;
    use crate::NoFiles;

    /// What is found in a REST API with one template and one model.
    fn found(template: usize, model: usize) -> Vec<String> {
        let (template, model) = ("x".repeat(template), "x".repeat(model));
        let text = format!(
            "gatewright: 1\nname: a\nkind: rest\ncors: none\n\
             models: {{ M: {{ type: object, description: {model} }}, N: {{ type: object }} }}\n\
             routes:\n  POST /: {{ http: https://example.com, authorizer: iam, request: {{ text/xml: {template} }}, \
             validate: {{ body: {{ text/xml: M, text/plain: N }} }} }}\n"
        );
        let problems = compile("gatewright.yaml", text.into_bytes(), None, &NoFiles).diagnostics;
        problems.into_iter().map(|it| format!("{}: {}", it.rule, it.message)).collect()
    }

    #[test]
    fn sizes_are_measured() {
        assert_eq!(found(300 * 1024, 400 * 1000), Vec::<String>::new());
        assert_eq!(
            found(300 * 1024 + 1, 1),
            ["exceeded-quota: this mapping template has 301 KB, more than the quota of 300"]
        );
        assert_eq!(
            found(1, 401 * 1024),
            ["exceeded-quota: all models together have 402 KB, more than the quota of 400"]
        );
    }
}
