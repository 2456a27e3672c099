use gatewright_ir::{Route, RouteId};
use gatewright_source::{Severity, did_you_mean};

use super::keys::{DEFAULT, PREDEFINED, is_meant};
use crate::limits::MAX_ROUTE_KEY;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-message-route-key",
    page: include_str!("malformed_message_route_key.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::WEBSOCKET,
    formats: Formats::ALL,
    check: Check::Route(check),
};

fn check(cx: &Context<'_>, _: RouteId, route: &Route, out: &mut Findings) {
    let (key, span) = (route.key.value.as_str(), route.key.span);
    if PREDEFINED.contains(&key) {
        return;
    }
    if key.trim().is_empty() {
        out.report(span, "the route key is empty")
            .help("write what the selection yields for its messages, such as `sendMessage`");
        return;
    }
    let meant = PREDEFINED.into_iter().find(|it| is_meant(key, it));
    if key.trim_start().starts_with('$') {
        let near = meant.or_else(|| did_you_mean(key.trim(), PREDEFINED));
        let finding =
            out.report(span, format!("`{}` begins with `$` and is no predefined route", shown(key)));
        match near {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            // The documentation keeps `$` for the predefined ones, and no message of AWS is known.
            None => finding
                .help("leave the `$` out: only `$connect`, `$disconnect` and `$default` have it")
                .warning(),
        };
        return;
    }
    let (message, help) = if let Some((method, path)) = http(key) {
        let name = path.trim_matches('/').replace('/', ".");
        let help = if name.is_empty() || name.contains(['{', '}']) {
            "write what the selection yields, such as `sendMessage`".to_owned()
        } else {
            format!("write what the selection yields, such as `{name}`")
        };
        (format!("messages have no method `{method}` and no path"), help)
    } else if key.trim() != key {
        let message = format!("`{}` begins or ends with a space, which a message must have, too", shown(key));
        (message, format!("write `{}`", key.trim()))
    } else if meant == Some(DEFAULT) && !has_exactly(cx, DEFAULT) {
        let message = format!("`{key}` takes only messages that say `{key}`");
        (message, format!("did you mean `{DEFAULT}`?"))
    } else if key.chars().count() > MAX_ROUTE_KEY {
        let message = format!("the route key has {} characters", key.chars().count());
        (message, format!("shorten it to at most {MAX_ROUTE_KEY}"))
    } else {
        return;
    };
    out.report(span, message).help(help).warning();
}

fn has_exactly(cx: &Context<'_>, predefined: &str) -> bool {
    cx.ir.routes.values().any(|it| it.key.value.as_str() == predefined)
}

/// The method and the path of the key of an HTTP or REST API.
fn http(key: &str) -> Option<(&str, &str)> {
    let (method, path) = key.split_once(' ')?;
    let is_method = gatewright_ir::Method::parse(&method.to_ascii_uppercase()).is_some();
    (is_method && path.trim_start().starts_with('/')).then(|| (method, path.trim()))
}
