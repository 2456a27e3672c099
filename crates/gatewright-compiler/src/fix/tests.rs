//! Edits: every kind at every node of every file here, and by hand what they look like.
#![allow(clippy::disallowed_methods)]

use std::path::{Path, PathBuf};

use gatewright_ir::Format;
use gatewright_source::{Edit, Fix, Replacement, Sources, Span, Written};

use super::editor::Editor;
use super::text::Edited;

/// A text after edits; `Ok(None)` if they are refused. Wrong is only what is not as it was meant.
fn edited(text: &str, format: Format, edits: Vec<Edit>) -> Result<Option<String>, String> {
    let mut sources = Sources::new();
    let (file, _) = sources.add("file", text.as_bytes().to_vec());
    let mut editor = Editor::new(&sources, format);
    let Some(placed) = editor.place(&Fix::safe("", edits.clone())) else { return Ok(None) };
    match editor.texts(&[&placed]).and_then(|it| it.into_iter().next()) {
        Some((_, text)) => Ok(Some(text.to_string())),
        None => {
            let around = |at: &Replacement| {
                let range = sources.file(file).local(at.span);
                let start = text.floor_char_boundary(range.start.saturating_sub(80));
                let end = text.ceil_char_boundary((range.end + 80).min(text.len()));
                format!("{}⟦{}⟧{}", &text[start..range.start], at.text, &text[range.end..end])
            };
            let parts: Vec<String> = placed.replacements.iter().map(around).collect();
            Err(format!("{edits:?}:\n{}\n", parts.join("\n---\n")))
        }
    }
}

/// All files with trees in the repository.
fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|it| ["yaml", "yml", "json"].iter().any(|end| it == *end)) {
            out.push(path);
        }
    }
    out.sort();
}

/// Every kind of edit of what stands at a span.
fn kinds(at: Span, scalar: &str) -> Vec<Edit> {
    let text = |it: &str| Written::text(it);
    let mapping =
        Written::Mapping(vec![("a".to_owned(), text("on")), ("b c".to_owned(), Written::number(1))]);
    let list = Written::List(vec![text("GET"), text("a, b")]);
    let set = [
        text("plain"),
        text("012: \"it's\" #"),
        text("a\nb\u{7}"),
        Written::flag(true),
        list.clone(),
        mapping.clone(),
    ];
    let mut out: Vec<Edit> = set.into_iter().map(|value| Edit::Set { at, value }).collect();
    out.push(Edit::Set { at, value: Written::reference("Queue") });
    out.push(Edit::Set { at, value: Written::attribute("Queue", "Arn") });
    out.push(Edit::Set { at, value: Written::substituted("a-${b}: c") });
    out.push(Edit::remove(at));
    out.push(Edit::remove_holder(at));
    let word = scalar.split_whitespace().last().unwrap_or_default().to_owned();
    for to in ["word", "it's: #", "[\"\\", ""] {
        out.push(Edit::Reword { at, from: word.clone(), to: to.to_owned() });
    }
    for value in [text("yes"), list, mapping] {
        out.push(Edit::AddBeside { entry: at, key: "new key".to_owned(), value: value.clone() });
        out.push(Edit::AddInto { collection: at, key: Some("12:30".to_owned()), value: value.clone() });
        out.push(Edit::AddInto { collection: at, key: None, value });
    }
    out
}

/// Whatever is edited anywhere: the tree is the old one but for the edit, and comments elsewhere are still there.
#[test]
fn edits_do_what_they_say_and_no_more() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut all = Vec::new();
    for folder in ["tests/suite", "examples"] {
        files(&root.join(folder), &mut all);
    }
    let (mut made, mut refused, mut wrong) = (0, 0, Vec::new());
    for path in all {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let texts = [text.clone(), text.replace('\n', "\r\n")];
        for (at, text) in texts.iter().enumerate() {
            let mut sources = Sources::new();
            let (id, _) = sources.add("file", text.as_bytes().to_vec());
            for format in [Format::Gatewright, Format::Sam] {
                let Some(file) = Edited::new(sources.file(id), format) else { continue };
                // Of large files not every node: each edit is parsed again.
                let step = (file.nodes.len() * text.len() / 20_000).max(1) + at * 7;
                for node in file.nodes.iter().step_by(step) {
                    for edit in kinds(file.tree.span_of(node.id), file.tree.scalar(node.id)) {
                        match edited(text, format, vec![edit.clone()]) {
                            Ok(Some(_)) => made += 1,
                            Ok(None) => refused += 1,
                            Err(it) => wrong.push(format!("{}: {it}", path.display())),
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong[..wrong.len().min(12)].join("\n"));
    assert!(made > refused, "most edits can be made: {made} were, {refused} were refused");
}

/// A text after an edit of the node that stands at the first `what` in it.
fn after(text: &str, what: &str, edit: impl Fn(Span) -> Edit) -> String {
    let mut sources = Sources::new();
    let (file, _) = sources.add("file", text.as_bytes().to_vec());
    let file = Edited::new(sources.file(file), Format::Sam).expect("it can be parsed");
    let at = text.find(what).expect("it stands there") as u32;
    let nodes = file.nodes.iter().map(|it| file.tree.span_of(it.id));
    // The innermost of those that begin there.
    let span = nodes.filter(|it| it.start == at && it.end > at).min_by_key(|it| it.end).expect("a node");
    match edited(text, Format::Sam, vec![edit(span)]) {
        Ok(Some(it)) => it,
        Ok(None) => "refused".to_owned(),
        Err(it) => panic!("{it}"),
    }
}

fn set(value: Written) -> impl Fn(Span) -> Edit {
    move |at| Edit::Set { at, value: value.clone() }
}

fn remove(entry: Span) -> Edit {
    Edit::Remove { entry }
}

fn beside(key: &'static str, value: Written) -> impl Fn(Span) -> Edit {
    move |entry| Edit::AddBeside { entry, key: key.to_owned(), value: value.clone() }
}

fn into(key: &'static str, value: Written) -> impl Fn(Span) -> Edit {
    move |collection| Edit::AddInto { collection, key: Some(key.to_owned()), value: value.clone() }
}

#[test]
fn values_are_written_as_those_around_them() {
    let text = Written::text;
    assert_eq!(after("a: b # c\nd: e\n", "b", set(text("f"))), "a: f # c\nd: e\n");
    assert_eq!(after("a: 'b'\n", "'b'", set(text("it's"))), "a: 'it''s'\n");
    assert_eq!(after("a: \"b\"\n", "\"b\"", set(text("c"))), "a: \"c\"\n");
    // Words that some reader takes for something else.
    for word in ["on", "yes", "012", "12:30", "1e3", "2010-09-09", "null", "~", "=", "<<", "- a", "a: b", "#"]
    {
        assert_eq!(after("a: b\n", "b", set(text(word))), format!("a: \"{word}\"\n"));
    }
    assert_eq!(after("a: b\nc: 'd'\n", "b", set(text("on"))), "a: 'on'\nc: 'd'\n");
    assert_eq!(after("{a: b}\n", "b", set(text("c, d"))), "{a: \"c, d\"}\n");
    assert_eq!(after("{\"a\":1}", "1", set(text("b"))), "{\"a\":\"b\"}");
    assert_eq!(after("a: '1'\n", "'1'", set(Written::number(1))), "a: 1\n");
    assert_eq!(after("a: >-\n  b\n  c\nd: e\n", "b", set(text("b c"))), "a: b c\nd: e\n");
    assert_eq!(after("a: | # why\n  b\n", "b", set(text("b c"))), "refused");
    let list = || Written::List(vec![text("b"), text("c")]);
    assert_eq!(after("a: b # c\n", "b", set(list())), "a: [b, c] # c\n");
    assert_eq!(after("a: b\n", "b", set(list())), "a:\n  - b\n  - c\n");
    assert_eq!(after("a:\n- b\nd: e\n", "e", set(list())), "a:\n- b\nd:\n- b\n- c\n");
    assert_eq!(after("a: [b]\nd: e\n", "e", set(list())), "a: [b]\nd: [b, c]\n");
    assert_eq!(after("a:\n  b: 1\n  c: 2\n\nd: 1\n", "a", set(text("e"))), "e:\n  b: 1\n  c: 2\n\nd: 1\n");
}

#[test]
fn functions_are_written_as_the_file_writes_them() {
    let queue = || Written::attribute("Queue", "Arn");
    assert_eq!(after("a: !Ref b\nc: d\n", "b", set(queue())), "a: !GetAtt Queue.Arn\nc: d\n");
    assert_eq!(after("a: !Ref b\nc: d\n", "d", set(queue())), "a: !Ref b\nc: !GetAtt Queue.Arn\n");
    assert_eq!(
        after("a: !Ref b\nc: {d: g}\n", "g", set(Written::substituted("${x}"))),
        "a: !Ref b\nc: {d: !Sub \"${x}\"}\n"
    );
    assert_eq!(after("a: b\n", "b", set(Written::reference("Queue"))), "a:\n  Ref: Queue\n");
    assert_eq!(
        after("{\"a\": \"b\"}", "\"b\"", set(queue())),
        "{\"a\": {\"Fn::GetAtt\": [\"Queue\", \"Arn\"]}}"
    );
    assert_eq!(after("a: !Ref b\n", "b", set(Written::text("c"))), "refused");
}

#[test]
fn words_become_others_where_they_stand() {
    let reword = |from: &'static str, to: &'static str| {
        move |at| Edit::Reword { at, from: from.to_owned(), to: to.to_owned() }
    };
    assert_eq!(after("a: GET /b\n", "GET", reword("GET", "PUT")), "a: PUT /b\n");
    assert_eq!(after("GET /b: c\n", "GET /b", reword("/b", "/b/{id}")), "GET /b/{id}: c\n");
    assert_eq!(after("{GET /b: c}\n", "GET /b", reword("/b", "/b/{id}")), "{\"GET /b/{id}\": c}\n");
    assert_eq!(after("a: !Sub 'x${y}z'\n", "'x", reword("y", "w")), "a: !Sub 'x${w}z'\n");
    assert_eq!(after("a: !Ref y\n", "y", reword("y", "w")), "a: !Ref w\n");
    assert_eq!(
        after("a: |\n  one\n  two # no comment\n\nb: 1\n", "one", reword("two", "2")),
        "a: |\n  one\n  2 # no comment\n\nb: 1\n"
    );
    assert_eq!(after("a: 'it''s'\n", "'it", reword("it's", "it's on")), "a: 'it''s on'\n");
    assert_eq!(after("a: b b\n", "b b", reword("b", "c")), "refused");
}

#[test]
fn what_is_removed_takes_its_lines_along_and_no_others() {
    assert_eq!(
        after("a: 1\n# about b\nb: 2 # b\n# about c\nc: 3\n", "b:", remove),
        "a: 1\n# about b\n# about c\nc: 3\n"
    );
    assert_eq!(after("a: 1\nb:\n  c: 1\n\n  # in b\nd: 1", "b", remove), "a: 1\nd: 1");
    assert_eq!(after("a: 1\nb: 2", "b", remove), "a: 1");
    assert_eq!(after("a: 1\r\nb: 2\r\nc: 3\r\n", "b", remove), "a: 1\r\nc: 3\r\n");
    assert_eq!(after("a:\n  b: 1\nc: 2\n", "b", remove), "a: {}\nc: 2\n");
    assert_eq!(after("a: # why\n  b: 1\n", "b", remove), "a: {} # why\n");
    assert_eq!(after("a:\n- b\n", "- b", |it| remove(Span::new(it.start + 2, it.end))), "a: []\n");
    assert_eq!(after("- a: 1\n  b: 2\n", "a", remove), "- b: 2\n");
    assert_eq!(after("- a: 1\n  # about b\n  b: 2\n", "a", remove), "-\n  # about b\n  b: 2\n");
    assert_eq!(after("- a: 1\n", "a", remove), "- {}\n");
    assert_eq!(after("{a: 1, b: 2, c: 3}\n", "a", remove), "{b: 2, c: 3}\n");
    assert_eq!(after("{a: 1, b: 2, c: 3}\n", "b", remove), "{a: 1, c: 3}\n");
    assert_eq!(after("{a: 1, b: 2, c: 3}\n", "c", remove), "{a: 1, b: 2}\n");
    assert_eq!(after("{ a: 1 }\n", "a", remove), "{}\n");
    assert_eq!(after("{\n  \"a\": 1,\n  \"b\": 2\n}\n", "\"b\"", remove), "{\n  \"a\": 1\n}\n");
    assert_eq!(after("{\n  \"a\": 1,\n  \"b\": 2\n}\n", "\"a\"", remove), "{\n  \"b\": 2\n}\n");
    assert_eq!(after("{\n  a: 1, # a\n  b: 2, # b\n}\n", "b:", remove), "{\n  a: 1, # a\n}\n");
    assert_eq!(after("{\n  a: 1, # a\n  b: 2, # b\n}\n", "a:", remove), "{\n  b: 2, # b\n}\n");
    // What is removed is mentioned elsewhere, or covers something that would show then.
    assert_eq!(after("a: &x 1\nb: *x\n", "a", remove), "refused");
    assert_eq!(after("a: &x { b: 1, c: 2 }\nd: *x\n", "b", remove), "refused");
    assert_eq!(after("a: &x { b: 1 }\nd:\n  <<: *x\n  b: 2\n  c: 1\n", "c", remove), "refused");
    assert_eq!(after("a: &x 1\nb: 2\n", "a", remove), "b: 2\n");
    assert_eq!(after("? a\n: 1\n", "a", remove), "refused");
}

#[test]
fn what_is_added_stands_as_its_neighbours_do() {
    let value = || Written::text("v");
    let mapping = || Written::Mapping(vec![("x".to_owned(), Written::number(1))]);
    assert_eq!(
        after("a:\n  b: 1 # b\n  # more\n  c: 2\n", "b", beside("k", value())),
        "a:\n  b: 1 # b\n  k: v\n  # more\n  c: 2\n"
    );
    assert_eq!(
        after("a:\n  b:\n    c: 1\n    # in b\n", "b", beside("k", mapping())),
        "a:\n  b:\n    c: 1\n    # in b\n  k:\n    x: 1\n"
    );
    assert_eq!(after("- a: 1\n- a: 2\n", "a", beside("k", value())), "- a: 1\n  k: v\n- a: 2\n");
    assert_eq!(after("a: 1", "a", |it| beside("k", value())(Span::new(it.start, it.end))), "a: 1\nk: v");
    assert_eq!(after("a: |\n  b\n\nc: 1\n", "a", beside("k", value())), "a: |\n  b\nk: v\n\nc: 1\n");
    assert_eq!(after("a: |+\n  b\n\nc: 1\n", "a", beside("k", value())), "refused");
    assert_eq!(after("a: {b: 1}\n", "b", beside("k", value())), "a: {b: 1, k: v}\n");
    assert_eq!(
        after("{\n  \"a\": 1,\n  \"b\": 2\n}", "\"a\"", beside("k", mapping())),
        "{\n  \"a\": 1,\n  \"k\": {\n    \"x\": 1\n  },\n  \"b\": 2\n}"
    );
    assert_eq!(after("{\"a\":1}", "\"a\"", beside("k", mapping())), "{\"a\":1,\"k\":{\"x\":1}}");
    assert_eq!(
        after("{\n  a: 1, # a\n  b: 2 # b\n}\n", "a:", beside("k", value())),
        "{\n  a: 1, # a\n  k: v,\n  b: 2 # b\n}\n"
    );
    assert_eq!(
        after("{\n  a: 1, # a\n  b: 2 # b\n}\n", "b:", beside("k", value())),
        "{\n  a: 1, # a\n  b: 2, # b\n  k: v\n}\n"
    );
    assert_eq!(after("a: {}\n", "{}", into("k", value())), "a: { k: v }\n");
    assert_eq!(after("a:\nb: 1\n", "a", into("k", value())), "a:\n  k: v\nb: 1\n");
    assert_eq!(after("a:\n- b: 1\n", "b", beside("b", value())), "refused");
}
