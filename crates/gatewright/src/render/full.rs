//! Findings with the lines they are about, drawn by miette over an indexed source.

use std::borrow::Cow;
use std::fmt;

use gatewright_compiler::Compilation;
use gatewright_compiler::source::{self, Safety, Severity};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, SourceCode, SourceSpan, SpanContents,
};

use super::{explain, help, message, place};
use crate::visible::visible;

/// Lines longer than this, in bytes, are cut around what is shown of them.
const LONG_LINE: usize = 400;

/// How findings are drawn: in colour or not, and how wide.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) colour: bool,
    pub(crate) width: usize,
}

/// Draws all findings of a compilation.
pub(crate) fn render(compilation: &Compilation, style: Style, out: &mut String) {
    if compilation.diagnostics.is_empty() {
        return;
    }
    let theme = if style.colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(style.width)
        .with_context_lines(1)
        // What is to be copied stays whole: URLs, ARNs, the quotes around code.
        .with_word_separator(textwrap::WordSeparator::AsciiSpace)
        .with_break_words(false)
        .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
        .with_links(false);
    // Files are indexed once, not for each finding.
    let files: Vec<Indexed<'_>> = compilation.sources.files().map(Indexed::new).collect();
    for it in &compilation.diagnostics {
        let file = compilation.sources.file_of(it.span);
        let indexed = file.and_then(|file| files.iter().find(|it| it.base == file.base()));
        let report = Report { compilation, of: it, file: indexed };
        if handler.render_report(out, &report).is_err() {
            // Drawing failed: the words must not be lost.
            out.push_str(&message(it));
        }
        out.push('\n');
    }
}

/// A finding as miette wants it.
struct Report<'c> {
    compilation: &'c Compilation,
    of: &'c source::Diagnostic,
    file: Option<&'c Indexed<'c>>,
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.of, f)
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&message(self.of))
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.of.rule))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.of.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let mut text = help(self.of).unwrap_or_default();
        // miette draws one file; other places are named.
        for label in &self.of.labels {
            let at = place(self.compilation, label.span);
            if self.file.is_none_or(|file| file.name != at.file) {
                let (line, column) = (at.start.line, at.start.column);
                let more = format!("{}: {}:{line}:{column}", visible(&label.message), visible(at.file));
                text = if text.is_empty() { more } else { format!("{text}\n{more}") };
            }
        }
        if let Some(fix) = &self.of.fix {
            let title = visible(&fix.title);
            let line = match fix.safety {
                Safety::Safe => format!("fix: {title}"),
                Safety::Unsafe => format!("fix (unsafe): {title}"),
            };
            text = if text.is_empty() { line } else { format!("{text}\n{line}") };
        }
        if text.is_empty() {
            text = format!("`{}` says more", explain(self.of.rule));
        }
        Some(Box::new(text))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.file.map(|it| it as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let file = self.file?;
        let span = |span: source::Span| {
            let at = place(self.compilation, span);
            (at.file == file.name).then(|| {
                // One line is enough to see where something long begins.
                let text = file.text.get(at.bytes.clone()).unwrap_or_default();
                let length = text.find('\n').unwrap_or(text.len());
                let length = file.text.floor_char_boundary(at.bytes.start + length.min(LONG_LINE / 2))
                    - at.bytes.start;
                SourceSpan::new(at.bytes.start.into(), text[..length].trim_end().len())
            })
        };
        let first = span(self.of.span).map(|it| LabeledSpan::new_primary_with_span(None, it));
        let others = self.of.labels.iter().filter_map(move |label| {
            let text = (!label.message.is_empty()).then(|| visible(&label.message).into_owned());
            Some(LabeledSpan::new_with_span(text, span(label.span)?))
        });
        Some(Box::new(first.into_iter().chain(others)))
    }
}

/// A file whose lines are indexed: miette's own sources read the file from its start for each label.
struct Indexed<'f> {
    name: &'f str,
    base: u32,
    text: Cow<'f, str>,
    lines: &'f [u32],
}

impl<'f> Indexed<'f> {
    fn new(file: &'f source::File) -> Self {
        let mut text = visible(file.text());
        if file.text().contains('\r') {
            // The line end of Windows is nothing to see.
            text = Cow::Owned(visible(&file.text().replace('\r', " ")).into_owned());
        }
        Self { name: file.name(), base: file.base(), text, lines: file.line_starts() }
    }

    /// What stands around a span on a line that is too long to show.
    fn cut(&self, span: &SourceSpan) -> miette::MietteSpanContents<'_> {
        let line = self.line(span.offset());
        let line_start = self.lines[line] as usize;
        let line_end = self.lines.get(line + 1).map_or(self.text.len(), |it| *it as usize);
        let start = span.offset().saturating_sub(LONG_LINE / 8).max(line_start);
        let start = self.text.floor_char_boundary(start);
        let end = (span.offset() + span.len().clamp(1, LONG_LINE) + LONG_LINE / 8).min(line_end);
        let end = self.text.ceil_char_boundary(end);
        let column = self.text.get(line_start..span.offset()).map_or(0, |it| it.chars().count());
        miette::MietteSpanContents::new_named(
            visible(self.name).into_owned(),
            self.text[start..end].trim_end_matches('\n').as_bytes(),
            SourceSpan::new(start.into(), end - start),
            line,
            column,
            1,
        )
    }

    /// The line of an offset, from zero.
    fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|it| *it as usize <= offset).saturating_sub(1)
    }
}

impl SourceCode for Indexed<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let first = self.line(span.offset()).saturating_sub(before);
        let start = self.lines[first] as usize;
        // One line more than asked for: what miette reads ends within the window.
        let last = self.line(span.offset() + span.len()) + after + 2;
        let end = self.lines.get(last).map_or(self.text.len(), |it| *it as usize);
        if end - start > LONG_LINE * (before + after + 3) {
            return Ok(Box::new(self.cut(span)));
        }
        let window = &self.text.as_bytes()[start..end];
        let local = SourceSpan::new((span.offset() - start).into(), span.len());
        let inner = window.read_span(&local, before, after)?;
        let at = SourceSpan::new((inner.span().offset() + start).into(), inner.span().len());
        // The place in the heading: columns count characters, as everywhere.
        let line_start = self.lines[self.line(span.offset())] as usize;
        let column = match (before, after) {
            (0, 0) => self.text.get(line_start..span.offset()).map_or(0, |it| it.chars().count()),
            _ => inner.column(),
        };
        Ok(Box::new(miette::MietteSpanContents::new_named(
            visible(self.name).into_owned(),
            inner.data(),
            at,
            first + inner.line(),
            column,
            inner.line_count(),
        )))
    }
}
