use gatewright_ir::{Generated, Segment};
use gatewright_source::Severity;
use rustc_hash::FxHashMap;

use super::casing::words;
use super::nouns::pluralised;
use crate::rules::routes::part::part;
use crate::rules::routes::shape::places;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "singular-collection",
    page: include_str!("singular_collection.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    // By the name: where it stands first, and in how many routes.
    let mut found: Vec<(&str, &str, String, gatewright_source::Span, usize)> = Vec::new();
    let mut known: FxHashMap<&str, usize> = FxHashMap::default();
    for (id, route) in cx.ir.routes.iter() {
        if cx.ir.provenance.is_deferred(Generated::Route(id)) {
            continue;
        }
        let key = &route.key;
        let mut before = None;
        for (at, segment) in places(&key.value) {
            let collection = before.replace((at, segment));
            let (Some((at, Segment::Literal(name))), Segment::Variable(variable)) = (collection, segment)
            else {
                continue;
            };
            let Some(plural) = plural_of(name).filter(|_| is_of(name, variable)) else { continue };
            let index = *known.entry(name).or_insert(found.len());
            match found.get_mut(index) {
                Some(it) => it.4 += 1,
                None => found.push((name, variable, plural, part(cx, key.span, key.value.as_str(), at), 1)),
            }
        }
    }
    for (name, variable, plural, span, count) in found {
        let more = match count {
            1 => String::new(),
            2 => ", here and in another route".to_owned(),
            _ => format!(", here and in {} more routes", count - 1),
        };
        out.report(span, format!("`{name}` holds many, and is named like one{more}"))
            .help(format!("name it in the plural: `/{plural}/{{{variable}}}`"));
    }
}

/// The name in the plural, if its last word is a noun in the singular.
fn plural_of(name: &str) -> Option<String> {
    let mut parts = words(name);
    parts.next_back()?;
    // `by-user` is no collection of users, and of `get-user` something else is said.
    const NO_NOUNS: [&str; 14] = [
        "add", "all", "by", "create", "current", "delete", "for", "from", "get", "in", "my", "of", "update",
        "with",
    ];
    if parts.next().is_some_and(|first| NO_NOUNS.contains(&&*first.to_ascii_lowercase())) {
        return None;
    }
    pluralised(name)
}

/// Whether a variable tells one of many things of that name apart: `{id}` or `{orderId}` behind `order`.
fn is_of(name: &str, variable: &str) -> bool {
    const IDENTITIES: [&str; 4] = ["guid", "id", "key", "uuid"];
    let folded = |it: &str| -> String {
        it.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_lowercase()).collect()
    };
    let (name, variable) = (folded(name), folded(variable));
    // A thing with a name of its own may be one of a kind: `/user/{name}`.
    IDENTITIES
        .iter()
        .any(|it| variable == *it || variable.strip_suffix(it).is_some_and(|rest| name.ends_with(rest)))
}
