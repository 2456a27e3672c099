//! `gatewright build`

use std::collections::BTreeMap;
use std::path::Path;

use clap::ValueEnum as _;
use gatewright_compiler::emit::{self, Artifact, OpenApiOptions, Options, Output};
use gatewright_compiler::ir::{ApiKind, Format, Ir, StageId};
use gatewright_compiler::source::{Severity, did_you_mean};
use gatewright_compiler::{Compilation, Model, check_layout, check_output};

use super::{compile_file, counted, folder, show_findings, shown, way_back};
use crate::args::{Build, Form, Layout, Target};
use crate::disk::{self, MANIFEST, is_theirs, manifest, reason};
use crate::render::{BOLD, RESET};
use crate::visible::visible;
use crate::{Failure, Outcome};

/// Writes artifacts, all or none.
pub(crate) fn run(args: &Build) -> Result<Outcome, Failure> {
    let (mut compilation, configurations) = compile_file(&args.file, None, true, &args.configuration)?;
    let settings = configurations.settings(&args.file);
    let kind = specification(&args.file, &compilation)?.ir.api.kind;
    let targets = targets(args, kind)?;
    let layout = layout(args, kind)?;
    if targets.contains(&Target::Cloudformation) && !compilation.has_errors() {
        let mut more = check_layout(specification(&args.file, &compilation)?, layout);
        settings.apply(&mut more);
        compilation.diagnostics.extend(more);
    }
    if compilation.has_errors() {
        return Ok(refuse(&compilation));
    }
    let ir = &specification(&args.file, &compilation)?.ir;
    let stage = args.stage.as_deref().map(|it| stage(ir, it)).transpose()?;
    let out = args.out.clone().unwrap_or_else(|| folder(&args.file).join("build"));
    let wanted = Wanted { targets: &targets, layout, stage };
    let output = artifacts(args, ir, wanted, &out)?;
    let mut more = check_output(&compilation, &output);
    settings.apply(&mut more);
    compilation.diagnostics.extend(more);
    if compilation.has_errors() {
        return Ok(refuse(&compilation));
    }
    show_findings(&compilation);
    let artifacts = output.artifacts;
    if args.check {
        return check(&out, &artifacts);
    }
    write(&out, &artifacts, args.force)?;
    for it in &artifacts {
        anstream::eprintln!("wrote {}", shown(&out.join(&it.path)));
    }
    for it in &output.notes {
        anstream::eprintln!("{BOLD}note{RESET}: {}", visible(&it.message));
    }
    Ok(Outcome::Clean)
}

/// Shows what speaks against a build.
fn refuse(compilation: &Compilation) -> Outcome {
    show_findings(compilation);
    let count = |severity| compilation.diagnostics.iter().filter(|it| it.severity == severity).count();
    let found = counted(count(Severity::Error), count(Severity::Warning));
    anstream::eprintln!("{BOLD}nothing was written{RESET}: {found}");
    Outcome::Found
}

/// The model of the specification: artifacts are made of nothing else.
fn specification<'c>(file: &Path, compilation: &'c Compilation) -> Result<&'c Model, Failure> {
    match compilation.model() {
        Some(it) if compilation.format == Format::Gatewright => Ok(it),
        _ => Err(Failure::new(format!(
            "`{}` is {}: `gatewright import {0}` writes a specification of it, which can be built",
            file.display(),
            compilation.format.title()
        ))),
    }
}

fn stage(ir: &Ir, name: &str) -> Result<StageId, Failure> {
    let stages = &ir.stages;
    if let Some((id, _)) = stages.iter().find(|(_, it)| &*it.name.value == name) {
        return Ok(id);
    }
    let names: Vec<&str> = stages.values().map(|it| &*it.name.value).collect();
    let help = match did_you_mean(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are `{}`", names.join("`, `")),
    };
    Err(Failure::new(format!("there is no stage `{name}`: {help}")))
}

/// What is written: all that was asked for, or all that there is.
fn targets(args: &Build, kind: ApiKind) -> Result<Vec<Target>, Failure> {
    let websocket = kind == ApiKind::WebSocket;
    if websocket && args.target.contains(&Target::Openapi) {
        return Err(Failure::new(
            "OpenAPI cannot describe a WebSocket API: leave `openapi` out of `--target`",
        ));
    }
    if !args.target.is_empty() {
        return Ok(args.target.clone());
    }
    let all = Target::value_variants().iter().copied();
    Ok(all.filter(|it| !websocket || *it != Target::Openapi).collect())
}

fn layout(args: &Build, kind: ApiKind) -> Result<emit::Layout, Failure> {
    match (args.layout, kind) {
        (Some(Layout::Body), ApiKind::WebSocket) => Err(Failure::new(
            "a WebSocket API has no body, as OpenAPI cannot describe it: leave `--layout body` out",
        )),
        (Some(Layout::Resources), _) | (None, ApiKind::WebSocket) => Ok(emit::Layout::Resources),
        (Some(Layout::Body) | None, _) => Ok(emit::Layout::Body),
    }
}

/// What is built, once it is known what kind of API it is.
#[derive(Clone, Copy)]
struct Wanted<'w> {
    targets: &'w [Target],
    layout: emit::Layout,
    stage: Option<StageId>,
}

/// Everything that was asked for, in memory.
fn artifacts(args: &Build, ir: &Ir, wanted: Wanted<'_>, out: &Path) -> Result<Output, Failure> {
    let Wanted { targets, layout, stage } = wanted;
    let base = way_back(out, &folder(&args.file));
    let format = match args.format {
        Form::Yaml => emit::Format::Yaml,
        Form::Json => emit::Format::Json,
    };
    let mut all = Output::default();
    let mut add = |mut it: Output| {
        all.artifacts.append(&mut it.artifacts);
        all.notes.append(&mut it.notes);
        all.missing.append(&mut it.missing);
    };
    if targets.contains(&Target::Cloudformation) {
        let redeploy_token = args.redeploy_token.as_deref();
        add(emit::cloudformation(ir, &Options { layout, format, stage, base: &base, redeploy_token }));
    }
    if targets.contains(&Target::Openapi) {
        add(emit::openapi(ir, &OpenApiOptions { format, plain: args.plain, stage }));
    }
    let mut texts = Vec::new();
    if targets.contains(&Target::Summary) {
        texts.push(Artifact { path: "summary.md".to_owned(), text: emit::summary(ir, stage) });
    }
    for template in &args.template {
        texts.push(own(template, args.values.as_deref(), ir, stage)?);
    }
    add(Output { artifacts: texts, ..Output::default() });
    let name = args.file.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    for it in &mut all.artifacts {
        if it.path.ends_with(".yaml") {
            it.text.insert_str(
                0,
                &format!("# Built by Gatewright from {name}. Change that file, not this one.\n"),
            );
        }
    }
    let mut seen = std::collections::HashSet::new();
    if let Some(twice) = all.artifacts.iter().find(|it| !seen.insert(it.path.clone())) {
        return Err(Failure::new(format!(
            "two artifacts would be called `{}`: rename the template",
            twice.path
        )));
    }
    Ok(all)
}

/// Renders a template of the user's own.
fn own(path: &Path, values: Option<&Path>, ir: &Ir, stage: Option<StageId>) -> Result<Artifact, Failure> {
    let read = |path: &Path| {
        std::fs::read_to_string(path)
            .map_err(|it| Failure::new(format!("cannot read `{}`: {}", path.display(), reason(&it))))
    };
    let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let Some(name) = name.strip_suffix(".tera").filter(|it| !it.is_empty()) else {
        return Err(Failure::new(format!(
            "`{}` does not end in `.tera`: `routes.md.tera` becomes `routes.md`",
            path.display()
        )));
    };
    let template = read(path)?;
    let mut model = emit::model(ir, stage);
    if let Some(values) = values {
        model["values"] = serde_yaml::from_str(&read(values)?)
            .map_err(|it| Failure::new(format!("cannot read `{}`: {it}", values.display())))?;
    }
    let text = emit::render(name, &template, &model)
        .map_err(|it| Failure::new(format!("cannot render `{}`:\n{it}", path.display())))?;
    Ok(Artifact { path: name.to_owned(), text })
}

/// Compares what is on disk with what would be written.
fn check(out: &Path, artifacts: &[Artifact]) -> Result<Outcome, Failure> {
    let mut stale = Vec::new();
    for it in artifacts {
        let there = std::fs::read(out.join(&it.path)).unwrap_or_default();
        if there != it.text.as_bytes() {
            stale.push(shown(&out.join(&it.path)));
        }
    }
    for name in manifest(out).keys() {
        if !artifacts.iter().any(|it| it.path == *name) {
            stale.push(shown(&out.join(name)));
        }
    }
    if stale.is_empty() {
        return Ok(Outcome::Clean);
    }
    for it in &stale {
        anstream::eprintln!("out of date: {it}");
    }
    anstream::eprintln!("run `gatewright build` again");
    Ok(Outcome::Found)
}

/// Writes the artifacts and takes away those of an earlier build that are no longer made.
fn write(out: &Path, artifacts: &[Artifact], force: bool) -> Result<(), Failure> {
    let before = manifest(out);
    let refused: Vec<String> = artifacts
        .iter()
        .filter(|it| !force && is_theirs(out, &it.path, &before) && !is_same(out, it))
        .map(|it| shown(&out.join(&it.path)))
        .collect();
    if !refused.is_empty() {
        return Err(Failure::new(format!(
            "`{}` was not written by Gatewright, or was changed since: move it, choose another `--out`, or overwrite it with `--force`",
            refused.join("`, `")
        )));
    }
    let mut files: Vec<(String, String)> =
        artifacts.iter().map(|it| (it.path.clone(), it.text.clone())).collect();
    let lines: BTreeMap<&str, String> =
        artifacts.iter().map(|it| (&*it.path, disk::sha256(&it.text))).collect();
    let manifest: String = lines.iter().map(|(name, digest)| format!("{digest}  {name}\n")).collect();
    // The manifest comes last: until it is there, the old one says truly what is whose.
    files.push((MANIFEST.to_owned(), manifest));
    disk::write_all(out, &files)
        .map_err(|it| Failure::new(format!("cannot write into `{}`: {}", out.display(), reason(&it))))?;
    for name in before.keys() {
        if !lines.contains_key(&**name) && !is_theirs(out, name, &before) {
            // One that cannot be removed does no harm.
            let _ = std::fs::remove_file(out.join(name));
        }
    }
    Ok(())
}

/// Whether a file is there and is what would be written.
fn is_same(out: &Path, artifact: &Artifact) -> bool {
    std::fs::read(out.join(&artifact.path)).is_ok_and(|it| it == artifact.text.as_bytes())
}
