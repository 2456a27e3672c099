use gatewright_ir::{Route, RouteId};
use gatewright_source::{Severity, did_you_mean};

use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-cache-key",
    page: include_str!("malformed_cache_key.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Route(check),
};

/// Where what is in a key may stand.
///
/// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
const PLACES: [&str; 3] = ["method.request.querystring.", "method.request.header.", "method.request.path."];

fn check(_: &Context<'_>, _: RouteId, route: &Route, out: &mut Findings) {
    let key = route.key.value.as_str();
    for it in &route.cache_key {
        let text: &str = &it.value;
        let Some((place, name)) = PLACES.iter().find_map(|place| Some((*place, text.strip_prefix(place)?)))
        else {
            out.report(it.span, format!("`{}` cannot be in the key of a cache", shown(text)))
                .help("write the name of a query parameter, `header.NAME` or `path.NAME`");
            continue;
        };
        if name.is_empty() || name.contains(|it: char| it.is_whitespace() || "$'\"".contains(it)) {
            let short = text.strip_prefix("method.request.").unwrap_or(text);
            out.report(it.span, format!("`{}` names no parameter", shown(short)))
                .help("write the name of a query parameter, `header.NAME` or `path.NAME`");
        } else if place == PLACES[2] && route.key.value.path().is_some() {
            let variables = || route.key.value.variables();
            if variables().all(|it| it != name) {
                let finding = out.report(it.span, format!("`{key}` has no path variable `{name}`"));
                match did_you_mean(name, variables()) {
                    Some(near) => finding.help(format!("did you mean `{near}`?")),
                    None => finding.help("paths are told apart anyway; remove it, or name a query parameter"),
                };
            }
        }
    }
}
