//! What the reader makes of YAML and JSON.

use std::fmt::Write as _;

use crate::{Kind, NodeId, Sources, Tree, parse};

/// The tree as text, `kind@start..end` with the scalars' values, and the problems below it.
fn dump(text: &str) -> String {
    let mut sources = Sources::new();
    let (file, _) = sources.add("test.yaml", text.as_bytes().to_vec());
    let (tree, problems) = parse(sources.file(file));
    let mut out = String::new();
    if let Some(root) = tree.root() {
        node(&tree, root, 0, &mut out);
    }
    for it in problems {
        let _ = writeln!(out, "{:?} {}", it.span, it.message);
    }
    out
}

fn node(tree: &Tree, id: NodeId, depth: usize, out: &mut String) {
    let tag = tree.function(id).map(|it| format!(" {it}")).unwrap_or_default();
    let span = tree.span_of(id);
    let what = match tree.kind(id) {
        Kind::Scalar(_) => format!("{:?}", tree.scalar(id)),
        Kind::Sequence => "[]".to_owned(),
        Kind::Mapping => "{}".to_owned(),
        Kind::Alias => format!("*{:?}", tree.span_of(tree.resolve(id))),
    };
    let _ = writeln!(out, "{}{what}{tag} {span:?}", "  ".repeat(depth));
    for child in tree.children(id) {
        node(tree, child, depth + 1, out);
    }
}

#[test]
fn spans_are_bytes_also_after_multibyte_characters() {
    assert_eq!(
        dump("é: ü\nb: [1, 'x']\n"),
        "{} 0..18\n  \"é\" 0..2\n  \"ü\" 4..6\n  \"b\" 7..8\n  [] 10..18\n    \"1\" 11..12\n    \"x\" 14..17\n"
    );
}

#[test]
fn tags_are_kept_and_unknown_ones_reported() {
    assert_eq!(
        dump("a: !Ref B\nc: !Reff D\n"),
        "{} 0..20\n  \"a\" 0..1\n  \"B\" Ref 8..9\n  \"c\" 10..11\n  \"D\" 19..20\n13..18 `!Reff` is not a tag that is known here\n"
    );
}

#[test]
fn aliases_name_their_target_and_never_loop() {
    assert_eq!(
        dump("a: &x 1\nb: *x\n"),
        "{} 0..13\n  \"a\" 0..1\n  \"1\" 6..7\n  \"b\" 8..9\n  *6..7 11..13\n"
    );
    assert!(dump("a: &x [*x]\n").contains("within its own anchor"));
    assert!(dump("a: *x\n").contains("no anchor `&x`"));
}

#[test]
fn several_syntax_errors_are_found_in_one_run() {
    let found = dump("a: @\nb: 2\nc: %\nd: \"x\n");
    for problem in
        ["3..4 text cannot begin with `@`", "13..14 text cannot begin with `%`", "this quote is never closed"]
    {
        assert!(found.contains(problem), "{found}");
    }
}

#[test]
fn deep_nesting_is_refused_and_does_not_crash() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")] {
        let text = open.repeat(100_000) + &close.repeat(100_000);
        assert!(dump(&text).contains("more than 128 levels are nested here"), "{open}");
    }
}
