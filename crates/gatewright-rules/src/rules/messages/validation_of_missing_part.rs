use gatewright_ir::{Route, RouteId};
use gatewright_source::Severity;

use super::keys::{CONNECT, key, takes_messages};
use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "validation-of-missing-part",
    page: include_str!("validation_of_missing_part.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::WEBSOCKET,
    formats: Formats::ALL,
    check: Check::Route(check),
};

fn check(_: &Context<'_>, _: RouteId, route: &Route, out: &mut Findings) {
    let Some(it) = &route.validation else { return };
    if let Some((_, _, span)) = it.body.first().filter(|_| !takes_messages(route)) {
        out.report(*span, format!("`{}` checks a body, and its request has none", key(route)))
            .help("remove it, and check the body of messages at their routes");
    }
    if key(route) == CONNECT {
        return;
    }
    for (what, names) in [("header", &it.headers), ("query parameter", &it.query)] {
        let (Some(first), Some(last)) = (names.first(), names.last()) else { continue };
        let shown: Vec<&str> = names.iter().map(|it| &*it.value).collect();
        let what = if names.len() == 1 { what.to_owned() } else { format!("{what}s") };
        let message =
            format!("`{}` needs the {what} {}, which only `{CONNECT}` has", key(route), list(&shown));
        out.report(first.span.to(last.span), message)
            .label(route.key.span, "no headers and no query come here")
            .help(format!("check it on `{CONNECT}`, or put it into the message and its model"));
    }
}
