//! YAML and JSON: from text to a tree. The only file that knows the parser underneath.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle as Style, StructureStyle, Tag};
use rustc_hash::FxHashMap;

use crate::tree::{Node, OWNED, TAGS, UNKNOWN_TAG};
use crate::{Comment, Diagnostic, File, Kind, NodeId, ScalarStyle, Span, Syntax, Tree, did_you_mean};

/// How deep lists and mappings may be nested.
pub const MAX_NESTING: usize = 128;

/// How many syntax errors of one file are looked for. Each costs a pass over the text.
const MAX_SYNTAX_ERRORS: usize = 20;

/// Parses a file. Never fails: the tree holds what could be read, the problems say what could not.
///
/// After a syntax error the line that holds it is skipped and parsing begins anew, so that several are found.
pub fn parse(file: &File) -> (Tree, Vec<Diagnostic>) {
    let mut problems: Vec<Diagnostic> = Vec::new();
    let mut text: Cow<'_, str> = Cow::Borrowed(file.text());
    loop {
        match build(file, &text, true) {
            Ok((tree, more)) => {
                problems.extend(more);
                problems.sort_by_key(|it| it.span);
                problems.dedup();
                return (tree, problems);
            }
            Err((problem, offset)) => {
                let again = blank_line(&text, offset);
                problems.push(*problem);
                match again {
                    Some(next) if problems.len() < MAX_SYNTAX_ERRORS => text = Cow::Owned(next),
                    _ => {
                        problems.sort_by_key(|it| it.span);
                        problems.dedup();
                        return (Tree::empty(file), problems);
                    }
                }
            }
        }
    }
}

/// Parses a file as PyYAML does, which takes flow collections and quoted text however they are indented. None if it
/// cannot be parsed nevertheless: [`parse`] says why.
pub fn parse_leniently(file: &File) -> Option<(Tree, Vec<Diagnostic>)> {
    build(file, file.text(), false).ok().filter(|it| it.1.iter().all(|it| it.rule != "syntax"))
}

impl Tree {
    pub(crate) fn empty(file: &File) -> Self {
        Self {
            text: file.text().clone(),
            nodes: Vec::new(),
            owned: Vec::new(),
            comments: Vec::new(),
            base: file.base(),
            syntax: Syntax::Yaml,
        }
    }
}

/// The text with the line at `offset` (or, if that is blank, the one before it) replaced by spaces; none if
/// nothing is left to blank.
fn blank_line(text: &str, offset: usize) -> Option<String> {
    let bytes = text.as_bytes();
    let mut at = offset.min(bytes.len());
    loop {
        let start = bytes[..at].iter().rposition(|it| *it == b'\n').map_or(0, |it| it + 1);
        let end = bytes[at..].iter().position(|it| *it == b'\n').map_or(bytes.len(), |it| at + it);
        if !bytes[start..end].iter().all(u8::is_ascii_whitespace) {
            let mut next = String::with_capacity(text.len());
            next.push_str(&text[..start]);
            next.extend(std::iter::repeat_n(' ', end - start));
            next.push_str(&text[end..]);
            return Some(next);
        }
        at = start.checked_sub(1)?;
    }
}

/// A collection whose end has not come yet.
struct Open {
    node: usize,
    /// Its latest child, or itself: a block collection ends with its last child.
    last: usize,
    flow: bool,
}

/// One pass over the text; an error comes with its offset. `strict`: with the indentation that YAML asks for.
fn build(file: &File, text: &str, strict: bool) -> Result<(Tree, Vec<Diagnostic>), (Box<Diagnostic>, usize)> {
    let mut options = Options::default();
    options.strict_indentation = strict;
    options.emit_unresolved_aliases = true;
    options.flow_nesting_limit = MAX_NESTING;
    options.block_nesting_limit = MAX_NESTING;
    options.max_buffered_comment_events = 1 << 20;

    let base = file.base();
    let mut tree = Tree::empty(file);
    // A line of YAML is two or three nodes; growing a large list would copy it.
    tree.nodes.reserve(text.len() / 24);
    let mut problems = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut anchors: FxHashMap<usize, NodeId> = FxHashMap::default();
    let mut documents = 0;
    // Where the latest event stands.
    let mut last = 0..0;

    for event in Parser::new_from_str_with_options(text, options) {
        let (event, at) = match event {
            Ok(it) => it,
            Err(error) => {
                let offset = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
                let offset = blame(text, error.kind(), &last, offset);
                return Err((Box::new(syntax_error(file, &error, offset)), offset));
            }
        };
        let range = at.byte_range().unwrap_or_default();
        if matches!(event, Event::Scalar(..)) || range.end > last.end {
            last = range.clone();
        }
        let span = Span::new(base + range.start as u32, base + range.end as u32);
        let tag_span = at
            .tag_span()
            .and_then(|it| it.byte_range())
            .map_or(span, |it| Span::new(base + it.start as u32, base + it.end as u32));
        match event {
            Event::DocumentStart(..) => {
                documents += 1;
                if documents == 2 {
                    problems.push(
                        Diagnostic::error("syntax", span, "a second document starts here")
                            .help("one file describes one API: remove the `---`, or use `include`"),
                    );
                }
            }
            _ if documents > 1 => {}
            Event::Comment(..) => tree.comments.push(Comment { span }),
            Event::Scalar(value, style, anchor, tag) => {
                // A borrowed value mostly stands in the text itself, but an empty one may be the parser's own.
                let within = (value.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
                let (a, b) = match &value {
                    Cow::Borrowed(it) if within.saturating_add(it.len()) <= text.len() => {
                        (within as u32, it.len() as u32)
                    }
                    _ => {
                        tree.owned.push(value.as_ref().into());
                        (tree.owned.len() as u32 - 1, OWNED)
                    }
                };
                let style = if style == Style::Plain { ScalarStyle::Plain } else { ScalarStyle::Quoted };
                let tag = known_tag(tag.as_deref(), tag_span, strict, &mut problems);
                let node = Node { kind: Kind::Scalar(style), tag, span, a, b, next: 0 };
                push(&mut tree, &mut open, &mut anchors, anchor, node);
            }
            Event::Alias(target) => {
                let target = anchors.get(&target).copied();
                let cyclic = target.is_some_and(|it| open.iter().any(|open| open.node == it.0 as usize));
                let (kind, a) = match target {
                    Some(it) if !cyclic => (Kind::Alias, it.0),
                    _ => {
                        problems.push(
                            Diagnostic::error("syntax", span, "this alias stands within its own anchor")
                                .help("write the value out"),
                        );
                        (Kind::Sequence, 0)
                    }
                };
                push(&mut tree, &mut open, &mut anchors, 0, Node { kind, tag: 0, span, a, b: 0, next: 0 });
            }
            Event::UnresolvedAlias(name) => {
                let text = format!("no anchor `&{name}` stands before this alias");
                problems.push(Diagnostic::error("syntax", span, text));
                let node = Node { kind: Kind::Sequence, tag: 0, span, a: 0, b: 0, next: 0 };
                push(&mut tree, &mut open, &mut anchors, 0, node);
            }
            Event::SequenceStart(style, anchor, tag) => {
                let tag = known_tag(tag.as_deref(), tag_span, strict, &mut problems);
                // Of a list as far left as its key the parser says where its first item begins.
                let is_entry = open.last().is_some_and(|it| tree.nodes[it.node].kind == Kind::Mapping);
                let before = text[..range.start].trim_end();
                let span = match style == StructureStyle::Block && is_entry && before.ends_with('-') {
                    true => Span::new(base + before.len() as u32 - 1, span.end),
                    false => span,
                };
                let node = Node { kind: Kind::Sequence, tag, span, a: 0, b: 0, next: 0 };
                let node = push(&mut tree, &mut open, &mut anchors, anchor, node);
                open.push(Open { node, last: node, flow: style == StructureStyle::Flow });
            }
            Event::MappingStart(style, anchor, tag) => {
                let tag = known_tag(tag.as_deref(), tag_span, strict, &mut problems);
                let node = Node { kind: Kind::Mapping, tag, span, a: 0, b: 0, next: 0 };
                let node = push(&mut tree, &mut open, &mut anchors, anchor, node);
                open.push(Open { node, last: node, flow: style == StructureStyle::Flow });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(Open { node, last: child, flow }) = open.pop() {
                    let last = tree.nodes.len() as u32;
                    let end = if flow { span.end } else { tree.nodes[child].span.end };
                    let it = &mut tree.nodes[node];
                    it.next = last;
                    it.span.end = end.max(it.span.start);
                }
            }
            _ => {}
        }
    }
    tree.nodes.shrink_to_fit();
    Ok((tree, problems))
}

/// The place that is to blame for an error that the parser met at `offset`, `last` being the last value that it read:
/// where a quote was opened, or the line that should have had a `:`.
fn blame(text: &str, kind: &ErrorKind, last: &Range<usize>, offset: usize) -> usize {
    let (start, last) = (last.start, last.end);
    let rest = text.get(last..offset).unwrap_or_default();
    match kind {
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::InvalidTrailingDoubleQuotedScalar
        | ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::DocumentIndicatorInQuotedScalar => rest.find(['"', '\'']).map_or(offset, |at| last + at),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey | ErrorKind::MappingValueNotAllowed => {
            // Text that goes on over lines, since the first of them has no `:`.
            if text.get(start..last).is_some_and(|it| it.contains('\n')) {
                return start;
            }
            let mut at = last;
            for line in rest.split_inclusive('\n') {
                let word = line.trim_start();
                if at > last && !word.is_empty() && !word.starts_with('#') {
                    return at + line.len() - word.len();
                }
                at += line.len();
            }
            offset
        }
        _ => offset,
    }
}

/// Adds a node to the collection that is open, and returns its index.
fn push(
    tree: &mut Tree,
    open: &mut [Open],
    anchors: &mut FxHashMap<usize, NodeId>,
    anchor: usize,
    mut node: Node,
) -> usize {
    let at = tree.nodes.len();
    if let Some(parent) = open.last_mut() {
        parent.last = at;
        tree.nodes[parent.node].a += 1;
    }
    node.next = at as u32 + 1;
    tree.nodes.push(node);
    if anchor != 0 {
        anchors.insert(anchor, NodeId(at as u32));
    }
    at
}

/// The index of a tag in [`TAGS`], plus one; zero for none. An unknown tag is reported, unless it is one of a program that
/// reads the file before AWS does, such as `!Rain::Embed`: only files of ours are read by nobody else (`strict`).
fn known_tag(tag: Option<&Tag>, span: Span, strict: bool, problems: &mut Vec<Diagnostic>) -> u8 {
    let Some(tag) = tag else { return 0 };
    if let Some(core) = tag.core_suffix() {
        return if core == "str" { TAGS.len() as u8 } else { 0 };
    }
    // `! text` says that this is text.
    let original = tag.original();
    if original == "!" {
        return TAGS.len() as u8;
    }
    let short = original.strip_prefix('!').unwrap_or(&original);
    if let Some(at) = TAGS[..TAGS.len() - 1].iter().position(|it| it.0 == short) {
        return at as u8 + 1;
    }
    if !strict && short.contains("::") {
        return UNKNOWN_TAG;
    }
    let mut problem =
        Diagnostic::error("unknown-tag", span, format!("`{original}` is not a tag that is known here"));
    if let Some(near) = did_you_mean(short, TAGS[..TAGS.len() - 1].iter().map(|it| it.0)) {
        problem = problem.help(format!("did you mean `!{near}`?"));
    }
    problems.push(problem);
    UNKNOWN_TAG
}

/// A syntax error in words that say what to do.
fn syntax_error(file: &File, error: &granit_parser::ScanError, offset: usize) -> Diagnostic {
    let text = file.text();
    let rest = text.get(offset..).unwrap_or_default();
    // At the end of a line or of the file there is nothing to underline: take the last character before it.
    let (start, end) = match rest.chars().next() {
        Some(it) if it != '\n' && it != '\r' => (offset, offset + it.len_utf8()),
        _ => {
            let before = text.get(..offset).unwrap_or_default().trim_end();
            let last = before.chars().next_back().map_or(0, char::len_utf8);
            (before.len() - last, before.len())
        }
    };
    let span = Span::new(file.base() + start as u32, file.base() + end as u32);
    let (message, help) = match error.kind() {
        ErrorKind::TabNotAllowed | ErrorKind::TabInBlockIndentation | ErrorKind::TabInIndentation => {
            ("a tab stands where YAML wants spaces".to_owned(), Some("indent with spaces"))
        }
        ErrorKind::RecursionLimitExceeded => {
            (format!("more than {MAX_NESTING} levels are nested here"), Some("flatten the structure"))
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey | ErrorKind::MappingValueNotAllowed => (
            "this line is neither `key: value` nor a list item".to_owned(),
            Some("write a `:` and a space after the key, or quote text that spans lines"),
        ),
        ErrorKind::InvalidIndentation | ErrorKind::ExpectedBlockMappingKey => (
            "this line does not line up with the ones before it".to_owned(),
            Some("give keys of one mapping the same indentation"),
        ),
        ErrorKind::UnclosedQuotedScalar | ErrorKind::InvalidQuotedScalarIndent => {
            ("this quote is never closed".to_owned(), Some("close it, or double a quote that is meant"))
        }
        ErrorKind::UnclosedFlowCollection { open } => (format!("this `{open}` is never closed"), None),
        ErrorKind::ExpectedFlowMappingSeparator => (
            "a `,` or `}` is missing here".to_owned(),
            Some("within `{ }`, quote keys that hold braces: `\"GET /orders/{id}\": orders`"),
        ),
        ErrorKind::ExpectedFlowSequenceSeparator => ("a `,` or `]` is missing here".to_owned(), None),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            (format!("a `{open}` is closed by this `{close}`"), None)
        }
        ErrorKind::UnexpectedCharacter { character } => {
            (format!("text cannot begin with {}", shown(*character)), Some("put the text in quotes"))
        }
        _ => {
            let info = error.info();
            let mut message = info.trim_end_matches('.').replace('\'', "`");
            if let Some(first) = message.get(..1) {
                let lower = first.to_lowercase();
                message.replace_range(..1, &lower);
            }
            (message, None)
        }
    };
    let problem = Diagnostic::error("syntax", span, message);
    match help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

/// A character as it may be shown in a message.
fn shown(it: char) -> String {
    if it.is_control() { format!("the control character U+{:04X}", it as u32) } else { format!("`{it}`") }
}

#[cfg(test)]
mod tests;
