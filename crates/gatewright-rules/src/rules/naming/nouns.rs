//! English words for things and for what is done with them, as paths use them: data. A word that may be both is among
//! the nouns that are left alone.

use super::casing::words;

/// Words that do not change in the plural, have none, are plural already, or are no nouns.
const UNCOUNTED: [&str; 68] = [
    "admin",
    "api",
    "auth",
    "batch",
    "by",
    "cache",
    "callback",
    "children",
    "config",
    "content",
    "criteria",
    "data",
    "dev",
    "docs",
    "equipment",
    "feedback",
    "fish",
    "for",
    "from",
    "geese",
    "graphql",
    "health",
    "hello",
    "history",
    "in",
    "info",
    "information",
    "internal",
    "inventory",
    "latest",
    "mail",
    "mcp",
    "me",
    "media",
    "men",
    "metadata",
    "mice",
    "mock",
    "my",
    "new",
    "of",
    "on",
    "people",
    "prod",
    "proxy",
    "public",
    "query",
    "rpc",
    "search",
    "self",
    "series",
    "sheep",
    "software",
    "sso",
    "staff",
    "staging",
    "stock",
    "storage",
    "swagger",
    "test",
    "to",
    "traffic",
    "training",
    "via",
    "weather",
    "webhook",
    "with",
    "women",
];

/// Words for what is done, which stand before what it is done with: `cancel` of `/cancel/{id}`.
const ACTIONS: [&str; 67] = [
    "accept",
    "activate",
    "add",
    "approve",
    "archive",
    "assign",
    "authorize",
    "backup",
    "book",
    "cancel",
    "change",
    "check",
    "claim",
    "close",
    "complete",
    "confirm",
    "connect",
    "copy",
    "create",
    "deactivate",
    "delete",
    "disable",
    "disconnect",
    "download",
    "edit",
    "enable",
    "execute",
    "export",
    "fetch",
    "find",
    "follow",
    "generate",
    "get",
    "import",
    "invoke",
    "join",
    "leave",
    "like",
    "list",
    "load",
    "lock",
    "login",
    "logout",
    "lookup",
    "move",
    "notify",
    "open",
    "pay",
    "publish",
    "read",
    "redirect",
    "refresh",
    "register",
    "reject",
    "remove",
    "reset",
    "resolve",
    "restore",
    "run",
    "save",
    "send",
    "start",
    "stop",
    "trigger",
    "update",
    "upload",
    "verify",
];

/// Plurals that no ending tells.
const IRREGULAR: [(&str, &str); 6] = [
    ("child", "children"),
    ("foot", "feet"),
    ("man", "men"),
    ("person", "people"),
    ("tooth", "teeth"),
    ("woman", "women"),
];

/// The plural of a noun in small letters that is in the singular for sure; of any other word nothing.
fn plural_of_singular(word: &str) -> Option<String> {
    let is_word = word.len() > 2 && word.bytes().all(|it| it.is_ascii_lowercase());
    let is_left_alone = word.ends_with(['s', 'i']) || word.ends_with("ing") || word.ends_with("ware");
    if !is_word || is_left_alone || UNCOUNTED.contains(&word) || ACTIONS.contains(&word) {
        return None;
    }
    if let Some((_, plural)) = IRREGULAR.iter().find(|it| it.0 == word) {
        return Some((*plural).to_owned());
    }
    let before_last = word.as_bytes()[word.len() - 2];
    Some(match word.strip_suffix('y') {
        Some(stem) if !b"aeiou".contains(&before_last) => format!("{stem}ies"),
        _ if ["x", "z", "ch", "sh"].iter().any(|it| word.ends_with(it)) => format!("{word}es"),
        _ => format!("{word}s"),
    })
}

/// A name in the plural, if its last word is a noun in the singular for sure.
pub(super) fn pluralised(name: &str) -> Option<String> {
    let last = words(name).next_back()?;
    let plural = plural_of_singular(&last.to_ascii_lowercase())?;
    let stem = name.strip_suffix(last)?;
    let is_hump = last.starts_with(|it: char| it.is_ascii_uppercase());
    Some(match is_hump {
        true => format!("{stem}{}{}", plural[..1].to_ascii_uppercase(), &plural[1..]),
        false => format!("{stem}{plural}"),
    })
}

/// A word for what a method does by itself.
pub(super) struct Verb {
    /// The word.
    word: &'static str,
    /// The method.
    pub(super) method: &'static str,
    /// Words behind it with which it is a noun: `add-ons`, `update-history`.
    nouns: &'static [&'static str],
}

const fn verb(word: &'static str, method: &'static str, nouns: &'static [&'static str]) -> Verb {
    Verb { word, method, nouns }
}

/// What becomes of a thing, and is a thing itself.
const RECORDS: &[&str] =
    &["history", "log", "logs", "marker", "markers", "request", "requests", "status", "token"];

/// The verbs that methods stand for.
const VERBS: [Verb; 8] = [
    verb("get", "GET", &["started"]),
    verb("fetch", "GET", RECORDS),
    verb("list", "GET", &["price", "prices", "item", "items", "entry", "entries", "id", "view"]),
    verb("create", "POST", RECORDS),
    verb("add", "POST", &["on", "ons", "in", "ins"]),
    verb("update", "PUT", RECORDS),
    verb("delete", "DELETE", RECORDS),
    verb("remove", "DELETE", RECORDS),
];

/// The verb that a name begins with, if it is one of those that methods stand for.
pub(super) fn verb_at_start<'w>(mut words: impl Iterator<Item = &'w str>) -> Option<&'static Verb> {
    let first = words.next()?;
    let verb = VERBS.iter().find(|it| it.word.eq_ignore_ascii_case(first))?;
    let is_noun = |it: &str| verb.nouns.iter().any(|noun| noun.eq_ignore_ascii_case(it));
    (!words.next().is_some_and(is_noun)).then_some(verb)
}

#[cfg(test)]
mod tests {
    use super::{ACTIONS, UNCOUNTED, plural_of_singular, verb_at_start};

    #[test]
    fn singulars_have_a_plural() {
        let plural = |word| plural_of_singular(word);
        for (word, wanted) in
            [("order", "orders"), ("category", "categories"), ("box", "boxes"), ("key", "keys")]
        {
            assert_eq!(plural(word).as_deref(), Some(wanted));
        }
        for word in ["orders", "status", "people", "data", "search", "cancel", "address", "v1", "me"] {
            assert_eq!(plural(word), None, "{word}");
        }
    }

    #[test]
    fn verbs_are_told_from_nouns() {
        let is_verb = |words: &[&'static str]| verb_at_start(words.iter().copied()).is_some();
        assert!(is_verb(&["get", "orders"]) && is_verb(&["Delete"]));
        assert!(!is_verb(&["add", "ons"]) && !is_verb(&["gets"]) && !is_verb(&["orders", "get"]));
    }

    #[test]
    fn tables_are_sorted() {
        assert!(UNCOUNTED.is_sorted() && ACTIONS.is_sorted());
    }
}
