//! Loads a specification and all that it includes.

use std::collections::hash_map::Entry;

use gatewright_ir::ApiKind;
use gatewright_source::{Comment, Diagnostic, FileId, Sources, Span, Spanned, Text, Tree};
use gatewright_spec::Spec;
use rustc_hash::FxHashMap;

use crate::Files;

/// A file on its way through the first stages.
pub(crate) struct Unit {
    pub(crate) file: FileId,
    pub(crate) comments: Vec<Comment>,
    pub(crate) spec: Option<Spec>,
    /// Whether there was a specification at all.
    pub(crate) is_mapping: bool,
    pub(crate) start: Span,
    /// Relative to the folder of the specification, with `/`.
    path: String,
    /// The files that it includes, by their place in the list, and where they are named.
    includes: Vec<(usize, Span)>,
    /// The mapping templates that stand in files of their own, by the place where the file is named.
    pub(crate) templates: FxHashMap<Span, Text>,
    /// The kind of API that it says it describes.
    kind: Option<ApiKind>,
}

/// Reads a specification and what it includes: each file once, the specification first.
pub(crate) fn load(
    sources: &mut Sources,
    name: &str,
    first: Parsed,
    files: &dyn Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Unit> {
    let (folder, file) = name.split_at(name.rfind('/').map_or(0, |at| at + 1));
    let mut units = vec![decode(first, file.to_owned(), None, diagnostics)];
    let kind = units[0].kind;
    let mut at = 0;
    while at < units.len() {
        let list = units[at].spec.as_ref().and_then(|it| it.include.value());
        for include in list.map(|it| it.0.clone()).unwrap_or_default() {
            if include.value.starts_with('/') {
                let why = "a path begins in the folder of the file that names it";
                diagnostics.push(missing_file(&include, &include.value, why));
                continue;
            }
            let beside = units[at].path.rfind('/').map_or("", |end| &units[at].path[..=end]);
            let path = normalise(&format!("{beside}{}", include.value));
            let index = match units.iter().position(|it| it.path == path) {
                Some(known) => known,
                None => match files.read(&path) {
                    Ok(bytes) => {
                        let parsed = parse(sources, &format!("{folder}{path}"), bytes);
                        units.push(decode(parsed, path, kind, diagnostics));
                        units.len() - 1
                    }
                    Err(why) => {
                        diagnostics.push(missing_file(&include, &path, &why));
                        continue;
                    }
                },
            };
            units[at].includes.push((index, include.span));
        }
        at += 1;
    }
    cycles(&units, diagnostics);
    units
}

/// Reads the mapping templates that stand in files of their own.
pub(crate) fn templates(
    unit: &Unit,
    files: &dyn Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> FxHashMap<Span, Text> {
    let mut out = FxHashMap::default();
    let mut texts: FxHashMap<String, Result<Text, String>> = FxHashMap::default();
    let beside = unit.path.rfind('/').map_or("", |end| &unit.path[..=end]);
    for named in unit.spec.as_ref().map(Spec::template_files).unwrap_or_default() {
        if named.value.starts_with('/') {
            let why = "a path begins in the folder of the file that names it";
            diagnostics.push(missing_file(named, &named.value, why));
            continue;
        }
        let path = normalise(&format!("{beside}{}", named.value));
        let text = match texts.entry(path) {
            Entry::Occupied(it) => it.into_mut(),
            Entry::Vacant(it) => {
                let read = files.read(it.key());
                let text = read.and_then(|bytes| {
                    String::from_utf8(bytes).map_err(|_| "it is not text in UTF-8".to_owned())
                });
                // Line ends are those of the system on which it was written, and no part of it.
                it.insert(text.map(|text| text.replace("\r\n", "\n").into()))
            }
        };
        match text {
            Ok(text) => {
                out.insert(named.span, text.clone());
            }
            Err(why) => diagnostics.push(missing_file(named, &named.value, why)),
        }
    }
    out
}

/// Reports each include that leads back to a file on the way to it.
fn cycles(units: &[Unit], diagnostics: &mut Vec<Diagnostic>) {
    let mut done = vec![false; units.len()];
    // The way to the file that is looked at, and which of its includes comes next.
    let mut way: Vec<(usize, usize)> = vec![(0, 0)];
    while let Some((at, next)) = way.last_mut() {
        let Some((to, span)) = units[*at].includes.get(*next) else {
            done[*at] = true;
            way.pop();
            continue;
        };
        *next += 1;
        if let Some(start) = way.iter().position(|it| it.0 == *to) {
            let names: Vec<String> = way[start..]
                .iter()
                .map(|it| it.0)
                .chain([*to])
                .map(|it| format!("`{}`", units[it].path))
                .collect();
            diagnostics.push(
                Diagnostic::error("include-cycle", *span, format!("`{}` includes itself", units[*to].path))
                    .help(format!("the way is {}", names.join(" → "))),
            );
        } else if !done[*to] {
            way.push((*to, 0));
        }
    }
}

/// A file that was parsed.
pub(crate) struct Parsed {
    pub(crate) file: FileId,
    pub(crate) tree: Tree,
    pub(crate) problems: Vec<Diagnostic>,
}

impl Parsed {
    /// Whether it has syntax errors.
    pub(crate) fn is_broken(&self) -> bool {
        self.problems.iter().any(|it| it.rule == "syntax")
    }
}

/// Parses one file.
pub(crate) fn parse(sources: &mut Sources, name: &str, bytes: Vec<u8>) -> Parsed {
    let (file, mut problems) = sources.add(name, bytes);
    let (tree, mut more) = gatewright_source::parse(sources.file(file));
    problems.append(&mut more);
    Parsed { file, tree, problems }
}

/// Decodes one file.
fn decode(parsed: Parsed, path: String, kind: Option<ApiKind>, diagnostics: &mut Vec<Diagnostic>) -> Unit {
    let Parsed { file, tree, mut problems } = parsed;
    let first_error = problems.iter().filter(|it| it.rule == "syntax").map(|it| it.span.start).min();
    let kind = kind.or_else(|| gatewright_spec::kind_of(&tree));
    let (spec, decoded) = gatewright_spec::decode_spec(&tree, kind);
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
    Unit {
        file,
        comments,
        spec,
        is_mapping,
        start: Span::new(start, start + 1),
        path,
        includes: Vec::new(),
        templates: FxHashMap::default(),
        kind,
    }
}

/// A path without `.`, and without `..` where that is possible.
pub fn normalise(path: &str) -> String {
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

pub(crate) fn missing_file(at: &Spanned<Text>, path: &str, why: &str) -> Diagnostic {
    Diagnostic::error("missing-file", at.span, format!("cannot read `{path}`: {why}"))
        .help("paths are relative to the file that names them")
}
