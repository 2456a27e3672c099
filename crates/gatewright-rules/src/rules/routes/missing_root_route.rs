use gatewright_ir::{Backend, Ir, Method, Route, RouteKey, Segment};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "missing-root-route",
    page: include_str!("missing_root_route.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    if cx.ir.api.routes_unknown {
        return;
    }
    let mut at_root = Vec::new();
    let mut greedy = Vec::new();
    for route in cx.ir.routes.values() {
        let key = &route.key.value;
        match key.method() {
            Some(method) if key.path() == Some("/") => at_root.push(method),
            // `OPTIONS /{proxy+}` answers preflights of other routes.
            Some(method)
                if method != Method::Options && takes_all_paths(key) && !is_service(cx.ir, route) =>
            {
                greedy.push((route, method));
            }
            _ => {}
        }
    }
    // The methods are few, but a key may be repeated without end.
    at_root.sort_unstable();
    at_root.dedup();
    // Who has a page at the root means no more by `HEAD /{proxy+}` than by the rest.
    if at_root.iter().any(|it| matches!(it, Method::Get | Method::Any)) {
        return;
    }
    greedy.retain(|(_, method)| !at_root.iter().any(|root| root == method || *method == Method::Any));
    let Some(((first, method), others)) = greedy.split_first() else { return };
    let key = first.key.value.as_str();
    let mut finding = out.report(first.key.span, format!("no route takes `/`: `{key}` does not match it"));
    for (other, _) in others.iter().take(Method::ALL.len()) {
        finding = finding.label(other.key.span, "nor does this one");
    }
    finding.help(format!("add `{} /`", method.as_str()));
}

/// Whether the path is the name of something in a service, as the key of an object in S3: the root names nothing.
fn is_service(ir: &Ir, route: &Route) -> bool {
    let integration = route.target.integration();
    integration.is_some_and(|it| matches!(ir.integrations[it].backend, Backend::Action { .. }))
}

fn takes_all_paths(key: &RouteKey) -> bool {
    let mut segments = key.segments();
    matches!((segments.next(), segments.next()), (Some(Segment::Greedy(_)), None))
}
