//! The other files that a template or document names.

use std::sync::Arc;

use gatewright_formats::{Documents, Schema, document};
use gatewright_source::{Comment, FileId, Sources, Text};
use gatewright_spec::Raw;
use rustc_hash::FxHashMap;

use crate::Files;
use crate::load::{Parsed, normalise, parse};

/// Reads them, each once.
pub(crate) struct Others<'o> {
    pub(crate) sources: &'o mut Sources,
    pub(crate) files: &'o dyn Files,
    /// The folder of the file that was named, with its slash.
    pub(crate) folder: &'o str,
    pub(crate) known: FxHashMap<String, Result<Arc<Raw>, String>>,
    /// The comments of every file that was read, for allowances.
    pub(crate) comments: &'o mut Vec<(FileId, Vec<Comment>)>,
}

impl Documents for Others<'_> {
    fn document(&mut self, path: &str, schema: Schema) -> Result<Arc<Raw>, String> {
        let path = normalise(path);
        if let Some(known) = self.known.get(&path) {
            return known.clone();
        }
        let read = self.read(&path, schema);
        self.known.insert(path, read.clone());
        read
    }

    fn text(&mut self, path: &str) -> Result<Text, String> {
        let bytes = self.files.read(&normalise(path))?;
        String::from_utf8(bytes).map(Text::from).map_err(|_| "it is not text in UTF-8".to_owned())
    }

    fn variable(&self, name: &str) -> Option<Text> {
        self.files.variable(name).map(Text::from)
    }
}

impl Others<'_> {
    fn read(&mut self, path: &str, schema: Schema) -> Result<Arc<Raw>, String> {
        let bytes = self.files.read(path)?;
        let Parsed { file, tree, problems } = parse(self.sources, &format!("{}{path}", self.folder), bytes);
        if problems.iter().any(|it| it.rule == "syntax") {
            return Err("it is neither YAML nor JSON".to_owned());
        }
        let (root, _) = document(&tree, schema);
        self.comments.push((file, tree.into_comments()));
        Ok(Arc::new(root))
    }
}
