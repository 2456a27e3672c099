use gatewright_ir::{Authorization, Authorizer, Route, RouteId};
use gatewright_source::Severity;

use super::cached_mutation::is_read;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "cache-serves-other-callers",
    page: include_str!("cache_serves_other_callers.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let clusters: Vec<_> = ir.stages.iter().filter(|it| it.1.cache.is_some()).map(|it| it.0).collect();
    let is_cached = |id: RouteId| {
        let mut settings = clusters.iter().filter_map(|stage| ir.route_settings(*stage, id));
        settings.any(|it| it.cache.is_some_and(|it| it.enabled))
    };
    for (id, route) in ir.routes.iter() {
        let Authorization::Authorizer(authorizer) = route.authorization else { continue };
        // What changes something is not to be cached at all, which is reported by itself.
        if !is_read(route) {
            continue;
        }
        let authorizer = &ir.authorizers[authorizer];
        if route.cache_key_unknown || is_told_apart(route, authorizer) || !is_cached(id) {
            continue;
        }
        let Some(identity) = identities(authorizer).next() else { continue };
        let cache = route.settings.as_ref().and_then(|it| it.cache.as_ref());
        let (place, key) = (cache.map_or(route.key.span, |it| it.span), route.key.value.as_str());
        let short = identity.strip_prefix(METHOD).unwrap_or(identity);
        out.report(place, format!("an answer of `{key}` for one caller is served to others"))
            .label(authorizer.name.span, format!("callers are told by `{short}`"))
            .help(format!("add `{short}` to the `key` of the cache, unless all callers get the same answer"));
    }
}

const METHOD: &str = "method.request.";

/// What of a request says who calls, where a cache key can have it.
fn identities(authorizer: &Authorizer) -> impl Iterator<Item = &str> {
    authorizer.identity.iter().filter_map(|it| it.value.as_str()).filter(|it| it.starts_with(METHOD))
}

/// Whether answers for different callers are remembered apart, or may be.
fn is_told_apart(route: &Route, authorizer: &Authorizer) -> bool {
    let is_key = |identity: &str| route.cache_key.iter().any(|it| it.value.eq_ignore_ascii_case(identity));
    authorizer.identity.iter().any(|it| it.value.as_str().is_none_or(is_key))
}
