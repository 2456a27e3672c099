use gatewright_ir::{Authorization, CorsSetting, Generated, Method, Route, Segment};
use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "path-without-preflight",
    page: include_str!("path_without_preflight.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

const ORIGIN: &str = "access-control-allow-origin";

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let provenance = &ir.provenance;
    // Where the policy is not made of preflights, every path has one.
    let everywhere = matches!(ir.api.cors, CorsSetting::Policy(_)) && provenance.preflights.is_empty();
    if ir.api.routes_unknown || provenance.is_fragment || everywhere {
        return;
    }
    let answered = ir
        .routes
        .values()
        .map(|it| &it.key.value)
        .filter(|it| matches!(it.method(), Some(Method::Options | Method::Any)));
    let answered: Vec<_> = answered.chain(provenance.preflights.iter().map(|it| &it.value)).collect();
    // One with a greedy variable may answer for all below it: of those nothing is said.
    if answered.iter().any(|it| it.segments().any(|it| matches!(it, Segment::Greedy(_)))) {
        return;
    }
    let answered: FxHashSet<&str> = answered.into_iter().filter_map(|it| it.path()).collect();
    let mut reported: FxHashSet<&str> = FxHashSet::default();
    for (id, route) in ir.routes.iter() {
        let Some(path) = route.key.value.path().filter(|it| !answered.contains(it)) else { continue };
        if provenance.is_deferred(Generated::Route(id)) || !is_preflighted(route) || !reported.insert(path) {
            continue;
        }
        let integration = route.target.integration().map(|it| &ir.integrations[it]);
        let responses =
            integration.and_then(|it| it.transformation.as_ref()).into_iter().flat_map(|it| &it.responses);
        let mut headers = responses.flat_map(|it| &it.headers);
        let Some((header, _)) = headers.find(|it| it.0.value.eq_ignore_ascii_case(ORIGIN)) else { continue };
        let key = route.key.value.as_str();
        out.report(route.key.span, format!("web pages may read what `{key}` answers, and may not call it"))
            .label(header.span, "this is for web pages")
            .help(format!("add `OPTIONS {path}`, which answers what browsers ask before they call"));
    }
}

/// Whether browsers ask before they send a request: because of its method, or of the credentials in its headers.
///
/// Source: <https://fetch.spec.whatwg.org/#cors-safelisted-method>
fn is_preflighted(route: &Route) -> bool {
    match route.key.value.method() {
        Some(Method::Put | Method::Patch | Method::Delete) => true,
        Some(Method::Get | Method::Head | Method::Post) => {
            route.authorization != Authorization::None || route.api_key.is_some()
        }
        _ => false,
    }
}
