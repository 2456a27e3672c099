//! From fixes to text in place of text, and from several of them to whole new texts.

use std::collections::BTreeMap;

use gatewright_ir::Format;
use gatewright_source::{Diagnostic, File, Fix, Replacement, Sources, Span, Text, Written};
use rustc_hash::{FxHashMap, FxHashSet};

use super::change::{Change, change, entry_of, is_key};
use super::outcome::is_as_meant;
use super::text::Edited;
use super::write::write;

/// Finds out for each finding what its fix comes to in the text. Fixes that cannot be written exactly as they are meant
/// are taken away.
pub(crate) fn place(found: &mut [Diagnostic], sources: &Sources, format: Format) {
    let mut editor = Editor::new(sources, format);
    for it in found {
        let Some(fix) = &mut it.fix else { continue };
        match editor.place(fix) {
            Some(placed) => fix.replacements = placed.replacements,
            None => it.fix = None,
        }
    }
}

/// The files of a compilation, as far as fixes touch them.
pub(super) struct Editor<'c> {
    sources: &'c Sources,
    format: Format,
    /// By the base of each file; none of files with syntax errors.
    edited: FxHashMap<u32, Option<Edited<'c>>>,
}

/// A fix that has its place.
pub(super) struct Placed {
    pub(super) replacements: Vec<Replacement>,
    /// What it means for the trees of the files, by their bases.
    changes: Vec<(u32, Change)>,
}

impl<'c> Editor<'c> {
    pub(super) fn new(sources: &'c Sources, format: Format) -> Self {
        Self { sources, format, edited: FxHashMap::default() }
    }

    /// The file of a span.
    fn file(&mut self, span: Span) -> Option<&Edited<'c>> {
        let file = self.sources.file_of(span)?;
        let format = self.format;
        self.edited.entry(file.base()).or_insert_with(|| Edited::new(file, format)).as_ref()
    }

    /// What a fix comes to. None if it cannot be written as it is meant.
    pub(super) fn place(&mut self, fix: &Fix) -> Option<Placed> {
        let (mut replacements, mut changes) = (Vec::new(), Vec::new());
        for edit in &fix.edits {
            let file = self.file(edit.place())?;
            let base = file.file.base();
            let change = change(file, edit)?;
            for (range, text) in write(file, &change)? {
                let span = Span::new(base + range.start as u32, base + range.end as u32);
                if file.text.get(range) != Some(&*text) {
                    replacements.push(Replacement { span, text });
                }
            }
            changes.push((base, change));
        }
        // Stable: what is added at one place stays in order.
        replacements.sort_by_key(|it| it.span.start);
        let is_apart = replacements.windows(2).all(|it| it[0].span.end <= it[1].span.start);
        let placed = Placed { replacements, changes };
        let fits = is_apart && !placed.replacements.is_empty() && Chosen::default().takes(self, &placed);
        fits.then_some(placed)
    }

    /// The files that fixes change, by their names, with what they are then. None if that is not what was meant.
    pub(super) fn texts(&self, chosen: &[&Placed]) -> Option<BTreeMap<String, Text>> {
        let bases: FxHashSet<u32> = chosen.iter().flat_map(|it| &it.changes).map(|it| it.0).collect();
        let text = |base: u32| {
            let old = self.edited.get(&base)?.as_ref()?;
            let span = old.file.span();
            let parts = chosen.iter().flat_map(|it| &it.replacements);
            let mut parts: Vec<&Replacement> = parts.filter(|it| span.contains(it.span)).collect();
            parts.sort_by_key(|it| it.span.start);
            let text = replaced(old.file, &parts);
            let mut sources = Sources::new();
            let (id, _) = sources.add(old.file.name(), text.clone().into_bytes());
            let new = Edited::new(sources.file(id), self.format)?;
            let changes = chosen.iter().flat_map(|it| &it.changes);
            let changes: Vec<&Change> = changes.filter(|it| it.0 == base).map(|it| &it.1).collect();
            is_as_meant(old, &changes, &new).then(|| (old.file.name().to_owned(), text.into()))
        };
        bases.into_iter().map(text).collect()
    }
}

/// The text of a file with parts of it replaced.
fn replaced(file: &File, parts: &[&Replacement]) -> String {
    let text = file.text();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for part in parts {
        let range = file.local(part.span);
        out.push_str(&text[at..range.start.max(at)]);
        out.push_str(&part.text);
        at = range.end.max(at);
    }
    out.push_str(&text[at..]);
    out
}

/// What fixes that are made together touch.
#[derive(Default)]
pub(super) struct Chosen {
    /// Where replaced parts start, and where they end.
    parts: BTreeMap<u32, u32>,
    /// How many entries collections lose.
    losses: FxHashMap<(u32, usize), usize>,
    /// Keys that mappings get.
    keys: FxHashSet<(u32, usize, String)>,
}

impl Chosen {
    /// Takes a fix, unless it and those that were taken before touch each other.
    pub(super) fn takes(&mut self, editor: &Editor<'_>, fix: &Placed) -> bool {
        let touches = |part: &Replacement| {
            let Span { start, end } = part.span;
            let before = self.parts.range(..=end).next_back();
            // Where something is added, nothing else may happen.
            before.is_some_and(|(from, to)| {
                if from == to || start == end { *to >= start } else { *to > start && *from < end }
            })
        };
        if fix.replacements.iter().any(touches) {
            return false;
        }
        let mut losses: FxHashMap<(u32, usize), usize> = FxHashMap::default();
        let mut keys = Vec::new();
        for (base, change) in &fix.changes {
            let Some(Some(file)) = editor.edited.get(base) else { return false };
            match change {
                Change::Remove { node } => {
                    let Some((collection, _)) = entry_of(file, *node) else { return false };
                    let known = self.losses.get(&(*base, collection)).copied().unwrap_or_default();
                    let lost = losses.entry((*base, collection)).or_insert(known);
                    *lost += 1;
                    // A collection that loses everything one by one would be none at all.
                    if *lost > 1 && *lost >= file.count(collection) {
                        return false;
                    }
                }
                Change::Add { collection, key: Some(key), .. } => {
                    keys.push((*base, *collection, key.clone()));
                }
                Change::Set { node, value: Written::Text(key) } | Change::Reword { node, whole: key, .. }
                    if is_key(file, *node) =>
                {
                    keys.extend(file.nodes[*node].parent.map(|it| (*base, it, key.clone())));
                }
                _ => {}
            }
        }
        let once: FxHashSet<_> = keys.iter().collect();
        if once.len() < keys.len() || keys.iter().any(|it| self.keys.contains(it)) {
            return false;
        }
        for part in &fix.replacements {
            let end = self.parts.entry(part.span.start).or_insert(part.span.end);
            *end = part.span.end.max(*end);
        }
        self.losses.extend(losses);
        self.keys.extend(keys);
        true
    }
}
