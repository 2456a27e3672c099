use gatewright_ir::{Generated, RouteKey, Segment};
use gatewright_source::Severity;
use rustc_hash::FxHashMap;

use super::casing::words;
use super::nouns::{pluralised, verb_at_start};
use crate::rules::routes::part::part;
use crate::rules::routes::shape::places;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "verb-in-path",
    page: include_str!("verb_in_path.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    // By the name: where it stands first, what is better there, and in how many routes.
    let mut found: Vec<(&str, gatewright_source::Span, String, usize)> = Vec::new();
    let mut known: FxHashMap<&str, usize> = FxHashMap::default();
    for (id, route) in cx.ir.routes.iter() {
        if cx.ir.provenance.is_deferred(Generated::Route(id)) {
            continue;
        }
        let key = &route.key;
        let mut before = None;
        for (at, segment) in places(&key.value) {
            let above = before.replace(segment);
            let Segment::Literal(name) = segment else { continue };
            // Behind a variable it is what is done with one thing: `/orders/{id}/update-status`.
            if name.contains('.') || matches!(above, Some(Segment::Variable(_) | Segment::Greedy(_))) {
                continue;
            }
            let Some(verb) = verb_at_start(words(name)) else { continue };
            let index = *known.entry(name).or_insert(found.len());
            match found.get_mut(index) {
                Some(it) => it.3 += 1,
                None => {
                    let better =
                        format!("{} {}", verb.method, without_verb(&key.value, at.start, verb.method));
                    found.push((name, part(cx, key.span, key.value.as_str(), at), better, 1));
                }
            }
        }
    }
    for (name, span, better, count) in found {
        let more = match count {
            1 => String::new(),
            2 => ", here and in another route".to_owned(),
            _ => format!(", here and in {} more routes", count - 1),
        };
        out.report(span, format!("`{name}` says in the path what the method says{more}"))
            .help(format!("name what it is about, and leave the rest to the method: `{better}`"));
    }
}

/// The path of a key without the verb of the segment that begins at a byte of the key.
fn without_verb(key: &RouteKey, verb: usize, method: &str) -> String {
    let mut out = String::new();
    let mut segments = places(key).peekable();
    while let Some((at, segment)) = segments.next() {
        let text = &key.as_str()[at.clone()];
        if at.start != verb {
            out.push('/');
            out.push_str(text);
            continue;
        }
        let Segment::Literal(name) = segment else { continue };
        let Some(next) = words(name).nth(1) else { continue };
        let start = next.as_ptr() as usize - name.as_ptr() as usize;
        let thing = format!("{}{}", next[..1].to_ascii_lowercase(), &name[start + 1..]);
        out.push('/');
        // One that is made or named joins others; `/update-password` is about the only one.
        let of_many = method == "POST" || matches!(segments.peek(), Some((_, Segment::Variable(_))));
        out.push_str(&pluralised(&thing).filter(|_| of_many).unwrap_or(thing));
    }
    if out.is_empty() { "/".to_owned() } else { out }
}
