use gatewright_ir::{ApiKind, Authorization, Authorizer, Id, Ir, Method, Route, RouteKey, Segment};
use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use super::browsers::{header, is_asked_for};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "preflight-requires-authorization",
    page: include_str!("preflight_requires_authorization.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    if ir.api.cors.policy().is_none() {
        return;
    }
    let refusing: Vec<bool> = ir.authorizers.values().map(needs_header).collect();
    if ir.api.kind == ApiKind::Rest {
        of_rest(ir, &refusing, out);
        return;
    }
    let stops = |it: &Route| takes_options(it) && stops_preflight(it, &refusing);
    if !ir.routes.values().any(stops) {
        return;
    }
    // Paths that a route for OPTIONS itself serves; where that route is protected, the finding is its own.
    let mut answered: FxHashSet<&str> = FxHashSet::default();
    // Whether another route takes what `$default` would take.
    let mut everything = false;
    for route in ir.routes.values().filter(|it| takes_options(it)) {
        let key = &route.key.value;
        if key.method() == Some(Method::Options) {
            answered.extend(key.path());
        }
        everything |= key.segments().next().is_some_and(|it| matches!(it, Segment::Greedy(_)));
    }
    // The same with variables of other names: seldom needed.
    let mut shapes: Option<FxHashSet<String>> = None;
    let mut is_answered = |key: &RouteKey| {
        key.path().is_some_and(|it| answered.contains(it))
            || key.variables().next().is_some()
                && shapes
                    .get_or_insert_with(|| {
                        let keys = ir.routes.values().map(|it| &it.key.value);
                        keys.filter(|it| it.method() == Some(Method::Options)).map(shape).collect()
                    })
                    .contains(&shape(key))
    };
    for route in ir.routes.values().filter(|it| stops(it)) {
        let key = &route.key.value;
        let help = match key.method() {
            Some(Method::Any) if is_answered(key) => continue,
            Some(Method::Any) => {
                format!("add `OPTIONS {}` with `authorizer: none`", key.path().unwrap_or_default())
            }
            None if everything => continue,
            None => "add `OPTIONS /{proxy+}` and `OPTIONS /` with `authorizer: none`".to_owned(),
            Some(_) => "set `authorizer: none` on this route".to_owned(),
        };
        let message = format!("`{}` asks preflight requests of browsers for credentials", key.as_str());
        let finding = out.report(route.key.span, message).help(help);
        if let Some(span) = route.authorization_source.span() {
            finding.label(span, "a preflight request carries no credentials");
        }
    }
}

/// In a REST API, `ANY` takes no preflight requests: beside it stands a method that answers them.
fn of_rest(ir: &Ir, refusing: &[bool], out: &mut Findings) {
    for route in ir.routes.values().filter(|it| it.key.value.method() == Some(Method::Options)) {
        let key = route.key.value.as_str();
        if let Some(span) = route.api_key.filter(|_| route.authorization == Authorization::None) {
            let message = format!("`{key}` asks preflight requests of browsers for an API key");
            out.report(route.key.span, message)
                .label(span, "a preflight request carries no API key")
                .help("leave `apiKey` out here")
                .help_in(Formats::TEMPLATES, "set `ApiKeyRequired: false` for this method")
                .help_in(Formats::OPENAPI, "give the operation a `security` of its own, without the key");
        } else if stops_preflight(route, refusing) {
            let message = format!("`{key}` asks preflight requests of browsers for credentials");
            let finding = out.report(route.key.span, message).help("set `authorizer: none` on this route, or remove it: then preflight requests are answered all the same")
                .help_in(Formats::TEMPLATES, "set `AuthorizationType: NONE` for this method")
                .help_in(Formats::OPENAPI, "give the operation `security: []`");
            if let Some(span) = route.authorization_source.span() {
                finding.label(span, "a preflight request carries no credentials");
            }
        }
    }
}

fn takes_options(route: &Route) -> bool {
    let key = &route.key.value;
    key.is_default() || key.method().is_some_and(|it| it.covers(Method::Options))
}

/// Whether a request without headers of its own is refused.
fn stops_preflight(route: &Route, refusing: &[bool]) -> bool {
    match route.authorization {
        Authorization::Iam => true,
        Authorization::Authorizer(id) => refusing[id.index()],
        Authorization::None | Authorization::Unknown => false,
    }
}

/// Whether an authorizer reads a header that a preflight request does not have.
fn needs_header(authorizer: &Authorizer) -> bool {
    authorizer.identity.iter().filter_map(header).any(|it| is_asked_for(&it))
}

/// The path without the names of its variables.
fn shape(key: &RouteKey) -> String {
    let mut out = key.normalised();
    out.drain(..=out.find(' ').unwrap_or_default());
    out
}
