//! TOML: from text to a tree. The only file that knows the parser underneath.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::tree::{Node, OWNED, UNKNOWN_TAG};
use crate::{Diagnostic, File, Kind, ScalarStyle, Span, Syntax, Tree};

/// How many syntax errors of one file are reported.
const MOST_ERRORS: usize = 20;

/// Parses a file. Never fails: the tree holds what could be read, the problems say what could not. What stands where a
/// problem is counts as unreadable.
pub fn parse_toml(file: &File) -> (Tree, Vec<Diagnostic>) {
    let (table, errors) = DeTable::parse_recoverable(file.text());
    let (again, errors): (Vec<_>, Vec<_>) =
        errors.into_iter().partition(|it| it.message() == "duplicate key");
    let root = table.into_inner();
    let mut found = broken(file, &root, &errors);
    let broken = found.iter().map(|it| it.0.clone()).collect();
    let tree = Tree { syntax: Syntax::Toml, ..Tree::empty(file) };
    let mut build = Build { file, tree, keys: Vec::new(), broken };
    build.mapping(&root, 0..file.text().len());
    let duplicate = |it: &toml::de::Error| build.duplicate(it.span()?);
    let mut problems: Vec<Diagnostic> = again.iter().filter_map(duplicate).take(MOST_ERRORS).collect();
    problems.extend(found.drain(..).map(|it| it.1));
    problems.sort_by_key(|it| it.span);
    (build.tree, problems)
}

/// The errors that are not mere consequences of one before, each with how far its consequences reach: to the end of its
/// line, and of the list that it is in.
fn broken(file: &File, root: &DeTable<'_>, errors: &[toml::de::Error]) -> Vec<(Range<usize>, Diagnostic)> {
    let text = file.text();
    let mut lists = Vec::new();
    if !errors.is_empty() {
        root.values().for_each(|it| collect(it, &mut lists));
    }
    let mut errors: Vec<(Range<usize>, &str)> =
        errors.iter().map(|it| (it.span().unwrap_or(0..0), it.message())).collect();
    errors.sort_by_key(|it| it.0.start);
    let mut out: Vec<(Range<usize>, Diagnostic)> = Vec::new();
    for (at, message) in errors {
        if out.last().is_some_and(|it| at.start <= it.0.end) {
            continue;
        }
        let start = text[..at.start].rfind('\n').map_or(0, |it| it + 1);
        let end = text[at.start..].find('\n').map_or(text.len(), |it| at.start + it);
        let around = lists.iter().filter(|it| it.start <= at.start && at.start <= it.end);
        let list = around.min_by_key(|it| it.start).cloned().unwrap_or(at.start..at.start);
        let span = |it: Range<usize>| {
            Span::new(file.base() + it.start as u32, file.base() + it.end.max(it.start) as u32)
        };
        // A place between two characters is shown by the one behind it.
        let next = text[at.start..end].chars().next().map_or(0, char::len_utf8);
        let place = span(at.start..at.end.max(at.start + next));
        let mut problem = Diagnostic::error("syntax", place, message.replacen("invalid", "malformed", 1));
        if list.start < start {
            problem = problem.label(span(list.start..list.start + 1), "this is not closed before");
        }
        if message.starts_with("string values must be quoted") {
            problem = problem.help(match text[at.start..end].split(['#', ' ']).next() {
                Some(word) if !word.trim().is_empty() => format!("write `\"{}\"`", word.trim()),
                _ => "write a value behind the `=`, text in quotes".to_owned(),
            });
        }
        if out.len() + 1 == MOST_ERRORS {
            out.push((start.min(list.start)..text.len(), problem));
            break;
        }
        out.push((start.min(list.start)..end.max(list.end), problem));
    }
    out
}

/// The spans of all lists and tables in a value.
fn collect(value: &Spanned<DeValue<'_>>, out: &mut Vec<Range<usize>>) {
    match value.get_ref() {
        DeValue::Array(items) => {
            out.push(value.span());
            items.iter().for_each(|it| collect(it, out));
        }
        DeValue::Table(table) => {
            out.push(value.span());
            table.values().for_each(|it| collect(it, out));
        }
        _ => {}
    }
}

struct Build<'f> {
    file: &'f File,
    tree: Tree,
    /// All keys with their places in the tree.
    keys: Vec<usize>,
    /// What syntax errors spoil, in order.
    broken: Vec<Range<usize>>,
}

impl Build<'_> {
    /// Adds a node, and says where it is.
    fn push(&mut self, kind: Kind, at: &Range<usize>) -> usize {
        let spoils = |it: &Range<usize>| it.start <= at.start && at.start <= it.end;
        let base = self.file.base();
        let node = self.tree.nodes.len();
        self.tree.nodes.push(Node {
            kind,
            tag: if node > 0 && self.broken.iter().any(spoils) { UNKNOWN_TAG } else { 0 },
            span: Span::new(base + at.start as u32, base + at.end as u32),
            a: 0,
            b: 0,
            next: node as u32 + 1,
        });
        node
    }

    /// Says how many children a collection has, when all of them are there.
    fn close(&mut self, node: usize, children: usize) {
        self.tree.nodes[node].a = children as u32;
        self.tree.nodes[node].next = self.tree.nodes.len() as u32;
    }

    fn scalar(&mut self, style: ScalarStyle, text: &str, at: &Range<usize>) -> usize {
        let node = self.push(Kind::Scalar(style), at);
        self.tree.nodes[node].a = self.tree.owned.len() as u32;
        self.tree.nodes[node].b = OWNED;
        self.tree.owned.push(text.into());
        node
    }

    fn mapping(&mut self, table: &DeTable<'_>, at: Range<usize>) {
        let node = self.push(Kind::Mapping, &at);
        let mut entries: Vec<_> = table.iter().filter(|it| !it.0.get_ref().is_empty()).collect();
        entries.sort_by_key(|it| it.0.span().start);
        for (key, value) in &entries {
            let at = self.scalar(ScalarStyle::Quoted, key.get_ref(), &key.span());
            // The key of a broken value can be read.
            self.tree.nodes[at].tag = 0;
            self.keys.push(at);
            self.value(value);
        }
        self.close(node, entries.len() * 2);
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>) {
        let at = value.span();
        match value.get_ref() {
            DeValue::String(it) => drop(self.scalar(ScalarStyle::Quoted, it, &at)),
            DeValue::Integer(it) => {
                // In decimal, however it was written.
                let text = match i128::from_str_radix(it.as_str(), it.radix()) {
                    Ok(it) => it.to_string(),
                    Err(_) => it.as_str().to_owned(),
                };
                self.scalar(ScalarStyle::Plain, &text, &at);
            }
            DeValue::Float(it) => drop(self.scalar(ScalarStyle::Plain, it.as_str(), &at)),
            DeValue::Boolean(it) => drop(self.scalar(ScalarStyle::Plain, &it.to_string(), &at)),
            DeValue::Datetime(it) => drop(self.scalar(ScalarStyle::Plain, &it.to_string(), &at)),
            DeValue::Array(items) => {
                let node = self.push(Kind::Sequence, &at);
                items.iter().for_each(|it| self.value(it));
                self.close(node, items.len());
            }
            DeValue::Table(table) => self.mapping(table, at),
        }
    }

    /// The first line that is the heading of a table as the line at an offset is.
    fn heading(&self, at: usize) -> Option<Span> {
        let text = self.file.text();
        let start = text[..at].rfind('\n').map_or(0, |it| it + 1);
        let heading = text[start..].lines().next()?.trim();
        let mut before = 0;
        for line in text[..start].split_inclusive('\n') {
            if heading.starts_with('[') && line.trim() == heading {
                let from = self.file.base() + (before + line.find('[')?) as u32;
                return Some(Span::new(from, from + heading.len() as u32));
            }
            before += line.len();
        }
        None
    }

    /// A key that is given twice. The parser keeps the first, which is the nearest before it; of two headings the second.
    fn duplicate(&self, at: Range<usize>) -> Option<Diagnostic> {
        let start = self.file.base() + at.start as u32;
        let span = Span::new(start, self.file.base() + at.end as u32);
        let heading = self.heading(at.start);
        let written = self.file.text().get(at)?.trim_matches(['"', '\'']);
        let spans = self.keys.iter().filter_map(|it| {
            let node = self.tree.nodes[*it];
            (&*self.tree.owned[node.a as usize] == written && node.span.start < start).then_some(node.span)
        });
        let shown: String = written.chars().filter(|it| !it.is_control()).take(100).collect();
        let problem = Diagnostic::error("duplicate-key", span, format!("`{shown}` is given twice"));
        let problem = match heading.or_else(|| spans.max()) {
            Some(first) => problem.label(first, "first given here"),
            None => problem,
        };
        Some(problem.help("remove one of them"))
    }
}

#[cfg(test)]
mod tests {
    use crate::{Sources, parse_toml};

    fn problems(text: &str) -> Vec<String> {
        let mut sources = Sources::new();
        let (id, _) = sources.add("gatewright.toml", text.as_bytes().to_vec());
        let file = sources.file(id);
        let found = parse_toml(file).1;
        let line = |it: crate::Span| file.line_column(file.local(it).start).line;
        found.iter().map(|it| format!("{}: {}", line(it.span), it.message)).collect()
    }

    #[test]
    fn each_mistake_is_said_once() {
        let text = "a = \nb = strict\n[t]\nc = 1\nc = 2\nd = [1, 2\n[u]\ne = 3\n";
        assert_eq!(
            problems(text),
            [
                "1: string values must be quoted, expected literal string",
                "2: string values must be quoted, expected literal string",
                "5: `c` is given twice",
                "7: missing comma between array elements, expected `,`",
            ]
        );
    }

    #[test]
    fn duplicates_show_both_places() {
        let text = "[t]\na = 1\n[u]\na = 2\na = 3\n [t]\nb = 1\n";
        let mut sources = Sources::new();
        let (id, _) = sources.add("gatewright.toml", text.as_bytes().to_vec());
        let file = sources.file(id);
        let line = |it: crate::Span| file.line_column(file.local(it).start).line;
        let found = parse_toml(file).1;
        let places: Vec<_> = found.iter().map(|it| (line(it.span), line(it.labels[0].span))).collect();
        assert_eq!(places, [(5, 4), (6, 1)]);
    }

    #[test]
    fn whatever_the_text_it_ends() {
        let times = 40_000;
        for text in [
            "=".repeat(times),
            "=\n".repeat(times),
            "k = 1\n".repeat(times),
            format!("{}a = 1", "a.".repeat(times)),
            format!("a = {}", "[".repeat(times)),
            format!("a = {}", "{a=".repeat(times)),
            format!("[{}a]", "a.".repeat(times)),
            "[[a]]\n".repeat(times),
            "a = \"\u{e9}\u{0}".to_owned(),
            "\u{feff}a = \u{e9}".to_owned(),
        ] {
            assert!(problems(&text).len() <= 2 * super::MOST_ERRORS, "{text:.20}");
        }
    }
}
