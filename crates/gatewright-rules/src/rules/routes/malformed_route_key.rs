use std::ops::Range;

use gatewright_ir::{ApiKind, Format, Generated, Method, Route, RouteId, RouteKey, Segment};
use gatewright_source::{Severity, did_you_mean};

use super::part::part;
use super::shape::places;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule, limits};

pub(super) static RULE: Rule = Rule {
    name: "malformed-route-key",
    page: include_str!("malformed_route_key.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Route(check),
};

struct Problem {
    /// Where, in bytes of the key.
    at: Range<usize>,
    message: String,
    help: String,
}

impl Problem {
    fn new(at: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at, message: message.into(), help: help.into() }
    }
}

/// Keys of a route that stand first or often: as route keys, they were indented wrongly.
const DETAILS: [&str; 14] = [
    "integration",
    "lambda",
    "http",
    "aws",
    "mock",
    "method",
    "authorizer",
    "scopes",
    "apiKey",
    "validate",
    "cache",
    "throttle",
    "request",
    "responses",
];

fn check(cx: &Context<'_>, id: RouteId, route: &Route, out: &mut Findings) {
    if cx.ir.provenance.is_deferred(Generated::Route(id)) {
        return;
    }
    let is_rest = cx.ir.api.kind == ApiKind::Rest;
    let (key, text) = (&route.key, route.key.value.as_str());
    let mut report = |it: Problem, is_certain: bool| {
        let finding = out.report(part(cx, key.span, text, it.at), it.message).help(it.help);
        if !is_certain {
            finding.warning();
        }
    };
    if key.value.is_malformed() {
        let (message, help) = unreadable(text, is_rest);
        report(Problem::new(0..text.len(), message, help), true);
        return;
    }
    let mut doubt = None;
    for (at, segment) in places(&key.value) {
        // The import of a definition takes a `/` at the end, which a resource cannot have.
        let ends = at.is_empty() && at.end == text.len() && !text.ends_with("//");
        if ends && is_rest && cx.ir.provenance.format != Format::Gatewright {
            continue;
        }
        if let Some(it) = refused(&key.value, at.clone(), segment) {
            report(it, true);
            return;
        }
        if is_rest && let Some(it) = outside(&key.value, at.clone(), segment) {
            report(it, true);
            return;
        }
        doubt = doubt.or_else(|| doubtful(&key.value, at, segment));
    }
    if let Some(it) = doubt {
        report(it, false);
    }
}

/// What is wrong with a key that is no method, one space and a path, and what to do.
fn unreadable(text: &str, is_rest: bool) -> (String, String) {
    const EXAMPLE: &str = "write a method and a path, such as `GET /orders`";
    let Some(first) = text.split_whitespace().next() else {
        return ("the route key is empty".to_owned(), EXAMPLE.to_owned());
    };
    let rest = text.trim_start()[first.len()..].trim();
    if rest.is_empty() {
        return one_word(first, is_rest).unwrap_or_else(|| {
            if DETAILS.contains(&first) {
                let message = format!("`{first}` stands where a route should");
                return (message, "indent it further than the route that it belongs to".to_owned());
            }
            let message = if is_rest {
                format!("`{first}` is not a method and a path")
            } else {
                format!("`{first}` is neither a method and a path nor `$default`")
            };
            (message, EXAMPLE.to_owned())
        });
    }
    if first.starts_with('/')
        && let Some(method) = method(rest)
    {
        return (
            "the method comes before the path".to_owned(),
            format!("write `{} {first}`", method.as_str()),
        );
    }
    let path = match rest.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]).to_owned(),
        None if rest.starts_with('/') => rest.to_owned(),
        None => format!("/{rest}"),
    };
    if limits::UNROUTED_METHODS.iter().any(|it| it.eq_ignore_ascii_case(first)) {
        let known = Method::ALL.map(Method::as_str).join("`, `");
        return (format!("API Gateway routes no `{first}` requests"), format!("known are `{known}`"));
    }
    if first.contains([',', '|']) {
        let help = format!("write a route for each method, or `ANY {path}` for all of them");
        return ("a route key has one method".to_owned(), help);
    }
    let Some(known) = method(first) else {
        let help = match did_you_mean(first, Method::ALL.map(Method::as_str)) {
            Some(near) => format!("did you mean `{near} {path}`?"),
            None if rest.starts_with('/') => {
                format!("known are `{}`", Method::ALL.map(Method::as_str).join("`, `"))
            }
            None => EXAMPLE.to_owned(),
        };
        return (format!("`{first}` is not a method"), help);
    };
    let help = format!("write `{} {path}`", known.as_str());
    let message = if Method::parse(first).is_none() {
        if first.eq_ignore_ascii_case(known.as_str()) {
            format!("the method `{first}` is not in upper case")
        } else {
            format!("`{first}` is not a method")
        }
    } else if rest.starts_with('/') {
        "method and path are not separated by exactly one space".to_owned()
    } else {
        format!("the path `{rest}` does not begin with `/`")
    };
    (message, help)
}

fn one_word(word: &str, is_rest: bool) -> Option<(String, String)> {
    if word.starts_with('/') {
        let help = format!("write `GET {word}`, or `ANY {word}` for all methods");
        return Some((format!("`{word}` has no method"), help));
    }
    if is_rest && word == "$default" {
        let message = "a REST API has no route `$default`".to_owned();
        return Some((message, "write `ANY /{proxy+}`, and `ANY /` for the root".to_owned()));
    }
    if !is_rest && word.trim_start_matches('$').eq_ignore_ascii_case("default") {
        let message = format!("`{word}` is neither a method and a path nor `$default`");
        return Some((message, "did you mean `$default`?".to_owned()));
    }
    if let Some(method) = method(word) {
        return Some((
            format!("`{word}` has no path"),
            format!("write `{} /` for the root", method.as_str()),
        ));
    }
    if matches!(word, "$connect" | "$disconnect") {
        let help = "write a method and a path, such as `GET /orders`".to_owned();
        return Some((format!("`{word}` is a route of WebSocket APIs"), help));
    }
    let (before, path) = word.split_at(word.find('/')?);
    let method = method(before.trim_end_matches(|it: char| !it.is_ascii_alphabetic()))?;
    let message = "method and path are not separated by exactly one space".to_owned();
    Some((message, format!("write `{} {path}`", method.as_str())))
}

/// The method that somebody means, in whatever case, or with the name that other tools give to `ANY`.
fn method(word: &str) -> Option<Method> {
    let upper = word.to_ascii_uppercase();
    Method::parse(&upper).or_else(|| matches!(&*upper, "*" | "ALL").then_some(Method::Any))
}

/// What API Gateway refuses in a path.
fn refused(key: &RouteKey, at: Range<usize>, segment: Segment<'_>) -> Option<Problem> {
    let text = &key.as_str()[at.clone()];
    if text.is_empty() {
        // The slash before it, too: a place has to be seen.
        let place = at.start - 1..at.end;
        return Some(if at.end == key.as_str().len() && !key.as_str().ends_with("//") {
            Problem::new(place, format!("`{}` ends with `/`", key.as_str()), "leave the last `/` out")
        } else {
            Problem::new(
                place,
                format!("`{}` has an empty segment", key.as_str()),
                "leave one of the slashes out",
            )
        });
    }
    match segment {
        Segment::Variable("") => Some(Problem::new(at, "a path variable has no name", "name it: `{id}`")),
        Segment::Greedy("") => Some(Problem::new(at, "a path variable has no name", "name it: `{proxy+}`")),
        Segment::Variable(name) | Segment::Greedy(name) if !name.contains(['{', '}']) => None,
        _ if !text.contains(['{', '}']) => None,
        _ if text.starts_with("{{") && text.ends_with("}}") => {
            let help = format!("write `{}`", &text[1..text.len() - 1]);
            Some(Problem::new(at, format!("`{text}` has one pair of braces too many"), help))
        }
        _ if text.matches('{').count() != text.matches('}').count() => {
            let message = format!("`{text}` has a brace without its counterpart");
            Some(Problem::new(at, message, "write a variable as `{id}`, with a segment of its own"))
        }
        _ => {
            let message = format!("a variable fills only a part of `{text}`");
            let help = "give each variable a segment of its own, and take its value apart in the backend";
            Some(Problem::new(at, message, help))
        }
    }
}

/// What a REST API refuses in a path.
fn outside(key: &RouteKey, at: Range<usize>, segment: Segment<'_>) -> Option<Problem> {
    let Segment::Literal(text) = segment else { return None };
    // Comma: the control plane refuses it, the import of OpenAPI documents does not.
    let (strange, character) = text.char_indices().find(|(_, it)| !is_path_part(*it) && *it != ',')?;
    if let Some((message, help)) = foreign_variable(text, at.end == key.as_str().len()) {
        return Some(Problem::new(at, message, help));
    }
    let place = at.start + strange..at.start + strange + character.len_utf8();
    let message = format!("a REST API has no path with {}", shown(character));
    Some(Problem::new(place, message, "use letters, digits and `-._:`"))
}

/// What API Gateway probably does not take as it was meant.
fn doubtful(key: &RouteKey, at: Range<usize>, segment: Segment<'_>) -> Option<Problem> {
    match segment {
        Segment::Variable(name) | Segment::Greedy(name) => {
            let strange = name.find(|it: char| !is_safe_in_name(it))?;
            let message = format!("`{}` may be refused as a path variable", &key.as_str()[at.clone()]);
            // What other frameworks write: `{path*}`, `{*path}`, `{...path}`, `{path:path}`, `{id:[0-9]+}`, `{id?}`.
            let bare: String = name.chars().filter(|it| is_safe_in_name(*it) && *it != '.').collect();
            let help = match name.split_once(':') {
                _ if bare.is_empty() => "use letters, digits, `_` and `-`".to_owned(),
                Some((name, "path")) => format!("write `{{{name}+}}` for the rest of the path"),
                Some((name, _)) => format!("write `{{{name}}}`: a path variable has no pattern"),
                None if name.ends_with('?') => {
                    "write two routes, one with the segment and one without".to_owned()
                }
                None if name.contains('*') => format!("write `{{{bare}+}}` for the rest of the path"),
                None => "use letters, digits, `_` and `-`".to_owned(),
            };
            let start = at.start + 1 + strange;
            let length = name[strange..].chars().next().map_or(1, char::len_utf8);
            Some(Problem::new(start..start + length, message, help))
        }
        Segment::Literal(text) => foreign_variable(text, at.end == key.as_str().len())
            .map(|(message, help)| Problem::new(at.clone(), message, help))
            .or_else(|| strange_character(text, at.start)),
    }
}

/// A variable as other frameworks write it: here it is plain text.
fn foreign_variable(text: &str, is_last: bool) -> Option<(String, String)> {
    let bare =
        |it: &str| it.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '_').collect::<String>();
    let inside = |open, close| text.strip_prefix(open).and_then(|it: &str| it.strip_suffix(close));
    if text.starts_with('*') {
        let help = if is_last {
            "write `{proxy+}` for the rest of the path"
        } else {
            "write `{name}` for one segment"
        };
        return Some((format!("`{text}` is plain text here, not a wildcard"), help.to_owned()));
    }
    let name = match text.strip_prefix(':') {
        Some(name) => bare(name),
        // `<path:rest>` and `<int:id>` of Flask, `[...rest]` and `[id]` of Next.js.
        None => match inside('<', '>').or_else(|| inside('[', ']'))? {
            it if it.starts_with("path:") => bare(&it[5..]) + "+",
            it if it.starts_with("...") => bare(it) + "+",
            it => bare(it.rsplit(':').next().unwrap_or(it)),
        },
    };
    let help = if name.is_empty() { "write `{name}`".to_owned() } else { format!("write `{{{name}}}`") };
    Some((format!("`{text}` is plain text here, not a variable"), help))
}

fn strange_character(text: &str, start: usize) -> Option<Problem> {
    let strange = text.char_indices().find(|(at, it)| match it {
        '%' => !text[at + 1..].bytes().take(2).filter(u8::is_ascii_hexdigit).count().eq(&2),
        _ => !is_safe_in_literal(*it),
    });
    let (at, strange) = strange?;
    let place = start + at..start + at + strange.len_utf8();
    let shown = shown(strange);
    Some(match strange {
        '?' | '#' => {
            let message = format!("{shown} in a path is plain text: a route has no query string");
            Problem::new(place, message, "leave it out, and read the query string in the backend")
        }
        '%' => Problem::new(place, "`%` in the path begins no escape", "write `%25`"),
        _ => {
            let message = format!("{shown} may be refused in a path");
            Problem::new(place, message, "use letters, digits and `-._~`, or an escape such as `%20`")
        }
    })
}

fn shown(character: char) -> String {
    match character {
        it if it.is_whitespace() => "a space".to_owned(),
        it if it.is_control() => "a control character".to_owned(),
        it => format!("`{it}`"),
    }
}

/// The characters that a path of a REST API consists of. Source: API Gateway's own message, which the page quotes.
pub(super) fn is_path_part(it: char) -> bool {
    it.is_ascii_alphanumeric() || "._-:".contains(it)
}

/// The characters that are known to work in the name of a path variable.
fn is_safe_in_name(it: char) -> bool {
    it.is_ascii_alphanumeric() || "._-".contains(it)
}

/// The characters that are known to work in a path. Source: RFC 3986, "unreserved"; `:` is among those that the
/// control plane of REST APIs lists as allowed in a path.
fn is_safe_in_literal(it: char) -> bool {
    it.is_ascii_alphanumeric() || "-._~:".contains(it)
}
