//! The other files that a template or document names.

use std::sync::Arc;

use gatewright_formats::{Documents, Schema, document, is_rendered};
use gatewright_source::{Comment, Diagnostic, FileId, Sources, Text};
use gatewright_spec::Raw;
use rustc_hash::FxHashMap;

use crate::Files;
use crate::load::normalise;

/// Reads them, each once.
pub(crate) struct Others<'o> {
    pub(crate) sources: &'o mut Sources,
    pub(crate) files: &'o dyn Files,
    /// The folder of the file that was named, with its slash.
    pub(crate) folder: &'o str,
    pub(crate) known: FxHashMap<String, Result<Arc<Raw>, String>>,
    /// The comments of every file that was read, for allowances.
    pub(crate) comments: &'o mut Vec<(FileId, Vec<Comment>)>,
    /// What is wrong with them as documents.
    pub(crate) problems: &'o mut Vec<Diagnostic>,
}

impl Documents for Others<'_> {
    fn document(&mut self, path: &str, schema: Schema) -> Result<Arc<Raw>, String> {
        let path = relative(path)?;
        if let Some(known) = self.known.get(&path) {
            return known.clone();
        }
        let read = self.read(&path, schema);
        self.known.insert(path, read.clone());
        read
    }

    fn text(&mut self, path: &str) -> Result<Text, String> {
        let bytes = self.files.read(&relative(path)?)?;
        String::from_utf8(bytes).map(Text::from).map_err(|_| "it is not text in UTF-8".to_owned())
    }

    fn variable(&self, name: &str) -> Option<Text> {
        self.files.variable(name).map(Text::from)
    }
}

/// A path that begins in the folder of the file that was named. Others hold on one machine only.
fn relative(path: &str) -> Result<String, String> {
    if path.starts_with('/') {
        return Err("a path begins in the folder of the file that names it".to_owned());
    }
    Ok(normalise(path))
}

impl Others<'_> {
    fn read(&mut self, path: &str, schema: Schema) -> Result<Arc<Raw>, String> {
        let bytes = self.files.read(path)?;
        let (id, problems) = self.sources.add(format!("{}{path}", self.folder), bytes);
        self.problems.extend(problems);
        let file = self.sources.file(id);
        // Those who use it are less strict than YAML is.
        let Some((tree, problems)) = gatewright_source::parse_leniently(file) else {
            if has_ending(path) && !is_rendered(file.text()) {
                self.problems.extend(gatewright_source::parse(file).1);
            }
            return Err("it is neither YAML nor JSON".to_owned());
        };
        self.problems.extend(problems);
        let (root, mut problems) = document(&tree, schema);
        self.problems.append(&mut problems);
        self.comments.push((id, tree.into_comments()));
        Ok(Arc::new(root))
    }
}

/// Whether a file is YAML or JSON by its name.
fn has_ending(path: &str) -> bool {
    [".yaml", ".yml", ".json"].iter().any(|it| path.ends_with(it))
}
