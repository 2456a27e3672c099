//! Sources: the files of a compilation, in one address space.

use crate::{Diagnostic, Span, Text};

/// The largest file that is read, in bytes (256 MiB). Offsets are 32 bits wide.
pub const MAX_FILE_BYTES: usize = 256 << 20;

/// How many bytes that are not UTF-8 are reported.
const MAX_BAD_BYTES: usize = 20;

/// Names one file of a [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// One file: its name and its text.
#[derive(Debug)]
pub struct File {
    name: String,
    text: Text,
    base: u32,
    /// The starts of all lines, relative to the file; made when first asked for.
    lines: std::sync::OnceLock<Vec<u32>>,
    /// Whether every character is one byte; found out when first asked for.
    ascii: std::sync::OnceLock<bool>,
}

/// A place as people count: from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from one.
    pub line: usize,
    /// The column in characters (Unicode scalar values), from one.
    pub column: usize,
}

impl File {
    /// The name under which the file was added: a path as the user wrote it, with `/`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The offset of the file's first byte in the shared address space.
    pub fn base(&self) -> u32 {
        self.base
    }

    /// The span of the whole file.
    pub fn span(&self) -> Span {
        Span::new(self.base, self.base + self.text.len() as u32)
    }

    /// A span within this file as a range of the file's own bytes, cut to the file and to whole characters.
    pub fn local(&self, span: Span) -> std::ops::Range<usize> {
        let cut = |at: u32| {
            let mut at = (at.saturating_sub(self.base) as usize).min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = cut(span.start);
        start..cut(span.end).max(start)
    }

    /// The offsets of the starts of all lines, relative to the file.
    pub fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            std::iter::once(0)
                .chain(
                    self.text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at as u32 + 1),
                )
                .collect()
        })
    }

    /// Line and column of an offset relative to the file.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start as usize <= offset).max(1);
        let start = starts[line - 1] as usize;
        // On one line of megabytes, characters that are bytes are not counted again for each finding.
        let column = match self.ascii.get_or_init(|| self.text.is_ascii()) {
            true => offset.saturating_sub(start),
            false => self.text.get(start..offset).map_or(0, |it| it.chars().count()),
        } + 1;
        LineColumn { line, column }
    }
}

/// The files of a compilation.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<File>,
}

impl Sources {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file. Bytes that are not UTF-8 are replaced and reported, and so is a file that is too large
    /// (which is then read as if it were empty).
    pub fn add(&mut self, name: impl Into<String>, bytes: Vec<u8>) -> (FileId, Vec<Diagnostic>) {
        let base = self.files.last().map_or(0, |it| it.base + it.text.len() as u32 + 1);
        let mut problems = Vec::new();
        let free = (u32::MAX - base) as usize;
        let text = if bytes.len() > MAX_FILE_BYTES.min(free.saturating_sub(1)) {
            problems.push(
                Diagnostic::error("syntax", Span::new(base, base), "the file is larger than 256 MiB")
                    .help("split it with `include`"),
            );
            String::new()
        } else {
            decode(bytes, base, &mut problems)
        };
        let id = FileId(self.files.len() as u32);
        self.files.push(File {
            name: name.into(),
            text: text.into(),
            base,
            lines: std::sync::OnceLock::new(),
            ascii: std::sync::OnceLock::new(),
        });
        (id, problems)
    }

    /// A file by its id.
    pub fn file(&self, id: FileId) -> &File {
        &self.files[id.0 as usize]
    }

    /// All files, in the order in which they were added.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.files.iter()
    }

    /// The file that a span is in.
    pub fn file_of(&self, span: Span) -> Option<&File> {
        let at = self.files.partition_point(|it| it.base <= span.start);
        at.checked_sub(1).map(|it| &self.files[it])
    }

    /// The text that a span is of, as it was written.
    pub fn text(&self, span: Span) -> &str {
        self.file_of(span).map_or("", |file| &file.text[file.local(span)])
    }

    /// File, line and column where a span starts.
    pub fn locate(&self, span: Span) -> Option<(&File, LineColumn)> {
        let file = self.file_of(span)?;
        Some((file, file.line_column(file.local(span).start)))
    }
}

/// Text from bytes; what is not UTF-8 is reported with its place and replaced.
fn decode(bytes: Vec<u8>, base: u32, problems: &mut Vec<Diagnostic>) -> String {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        problems.push(
            Diagnostic::error("syntax", Span::new(base, base), "the file is UTF-16").help("save it as UTF-8"),
        );
        return String::new();
    }
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let mut text = String::with_capacity(error.as_bytes().len() + 16);
            for chunk in error.as_bytes().utf8_chunks() {
                text.push_str(chunk.valid());
                if chunk.invalid().is_empty() {
                    continue;
                }
                let at = base + text.len() as u32;
                text.push(char::REPLACEMENT_CHARACTER);
                if problems.len() < MAX_BAD_BYTES {
                    problems.push(
                        Diagnostic::error("not-utf-8", Span::new(at, at + 3), "this byte is not UTF-8")
                            .help("save the file as UTF-8"),
                    );
                }
            }
            text
        }
    }
}
