//! From a file to diagnostics and the model.

use gatewright_emit::{Layout, Missing, Output};
use gatewright_graph::Graph;
use gatewright_ir::{ApiKind, BUILT_IN_MODELS, CodeSource, Ir, Name, Origin, Source};
use gatewright_source::{Diagnostic, Severity, Sources, Span};
use gatewright_spec::Spec;

use crate::Files;
use crate::load::{Unit, load, missing_file, normalise, templates};

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

/// What speaks against a layout: a quota that an import uses up sooner, circles that only arise where the whole
/// definition of the API is one resource, and models that are there already where they are resources of their own.
pub fn check_layout(compilation: &Compilation, layout: Layout) -> Vec<Diagnostic> {
    let (ir, graph) = (&compilation.ir, &compilation.graph);
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
        let span = place(&it.id).unwrap_or(compilation.ir.api.name.span);
        Diagnostic::error("unknown-reference", span, format!("this build has no `{}`", it.id)).help(it.why)
    };
    output.missing.iter().map(problem).collect()
}

/// Integrations that an HTTP API may have; not adjustable. An imported document makes one for each route.
///
/// Source: API Gateway Developer Guide, "Quotas for configuring and running an HTTP API".
const BODY_ROUTES: usize = 300;

/// Compiles the specification `bytes`, whose name is shown in messages. A pure function but for what `files` reads.
pub fn compile(name: &str, bytes: Vec<u8>, files: &dyn Files) -> Compilation {
    let mut sources = Sources::new();
    let mut diagnostics = Vec::new();
    let folder = name.rfind('/').map_or("", |at| &name[..=at]);
    let mut units = load(&mut sources, name, bytes, files, &mut diagnostics);

    // What a missing file would have brought is missing, too: that is no news.
    let has_syntax_errors = diagnostics.iter().any(|it| matches!(it.rule, "syntax" | "missing-file"));
    for unit in &mut units {
        unit.templates = templates(unit, files, &mut diagnostics);
    }
    let (mut ir, mut problems) = lower(&units);
    units.iter_mut().for_each(|it| it.spec = None);
    digests(&mut ir, &sources, folder, files, &mut problems);
    let graph = gatewright_graph::build(&ir);
    if !has_syntax_errors && units[0].is_mapping {
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
        let problems = compile("gatewright.yaml", text.into_bytes(), &NoFiles).diagnostics;
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
