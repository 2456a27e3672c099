use gatewright_ir::{ApiKind, AuthorizerKind, Ir, Name, Origin};
use gatewright_source::{Severity, Span};
use rustc_hash::FxHashSet;

use crate::limits::{
    MAX_API_KEYS, MAX_AUDIENCES, MAX_AUTHORIZERS, MAX_INTEGRATIONS, MAX_METHOD_THROTTLES, MAX_MODELS_BYTES,
    MAX_SCOPES, MAX_STAGE_VARIABLES, MAX_STAGES, MAX_SUBNETS, MAX_TAGS, MAX_TARGET_LINKS, MAX_TEMPLATE_BYTES,
    MAX_USAGE_PLANS, MAX_VPC_LINKS, MAX_WEBSOCKET_INTEGRATIONS, Quota, adjustable,
};
use crate::rules::policies::overlong_policy::length;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "exceeded-quota",
    page: include_str!("exceeded_quota.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let api = format!("the API `{}`", ir.api.name.value);
    let mut entities =
        |quota, what, spans: &mut dyn Iterator<Item = Span>| count(quota, &api, what, spans, out);
    let most = adjustable(cx.settings.quotas.routes);
    let mut routes = ir.routes.values().map(|it| it.key.span);
    let mut integrations = ir.integrations.values().map(|it| it.name.span);
    match ir.api.kind {
        ApiKind::Http => {
            entities(most, "routes", &mut routes);
            entities(MAX_INTEGRATIONS, "integrations", &mut integrations);
        }
        ApiKind::Rest => entities(most, "resources", &mut resources(ir)),
        ApiKind::WebSocket => {
            entities(most, "routes", &mut routes);
            entities(MAX_WEBSOCKET_INTEGRATIONS, "integrations", &mut integrations);
        }
    }
    entities(MAX_AUTHORIZERS, "authorizers", &mut ir.authorizers.values().map(|it| it.name.span));
    entities(MAX_STAGES, "stages", &mut ir.stages.values().map(|it| it.name.span));
    let links = || ir.vpc_links.values().filter(|it| it.existing.is_none());
    let mut with_target = links().filter(|it| it.target.is_some()).map(|it| it.name.span);
    entities(MAX_TARGET_LINKS, "VPC links to network load balancers", &mut with_target);
    entities(
        MAX_VPC_LINKS,
        "VPC links",
        &mut links().filter(|it| it.target.is_none()).map(|it| it.name.span),
    );
    let mut keys = ir.api_keys.values().filter(|it| it.existing.is_none()).map(|it| it.name.span);
    entities(MAX_API_KEYS, "API keys", &mut keys);
    entities(MAX_USAGE_PLANS, "usage plans", &mut ir.usage_plans.values().map(|it| it.name.span));
    entities(MAX_TAGS, "tags", &mut ir.api.tags.iter().map(|it| it.0.span));
    parts(ir, out);
    scopes(ir, out);
    if ir.api.kind == ApiKind::Rest {
        sizes(ir, out);
    }
}

/// Mapping templates and models, in bytes.
fn sizes(ir: &Ir, out: &mut Findings) {
    let transformations = ir.integrations.values().filter_map(|it| it.transformation.as_ref());
    let templates = transformations.flat_map(|it| {
        let responses = it.responses.iter().flat_map(|it| &it.templates);
        it.request.iter().chain(responses).map(|it| &it.1)
    });
    for it in templates {
        let size = it.text.as_ref().map_or(0, |it| it.len());
        if size > MAX_TEMPLATE_BYTES {
            size_above("this mapping template has", size, MAX_TEMPLATE_BYTES, it.span, out);
        }
    }
    let mut size = 0;
    let mut first = None;
    for it in ir.models.values() {
        size += it.schema.as_ref().map_or(0, length);
        if size > MAX_MODELS_BYTES {
            first.get_or_insert(it.name.span);
        }
    }
    if let Some(first) = first {
        size_above("all models together have", size, MAX_MODELS_BYTES, first, out);
    }
}

fn size_above(what: &str, size: usize, limit: usize, span: Span, out: &mut Findings) {
    let kilobytes = |it: usize| it.div_ceil(1024);
    out.report(span, format!("{what} {} KB, more than the quota of {}", kilobytes(size), kilobytes(limit)))
        .help("AWS does not raise this quota: say it shorter");
}

/// The resources of a REST API, each by the first route that needs it.
fn resources(ir: &Ir) -> impl Iterator<Item = Span> {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    ir.routes.values().flat_map(move |route| {
        let path = route.key.value.path().unwrap_or("/");
        // What is above a path that is known is known, too.
        let ends = path.match_indices('/').map(|it| it.0).skip(1).chain(Some(path.len()));
        let new = ends.filter(|end| *end > 1 && seen.insert(&path[..*end])).count();
        std::iter::repeat_n(route.key.span, new)
    })
}

/// What belongs to one stage, authorizer, link, plan, function or domain.
fn parts(ir: &Ir, out: &mut Findings) {
    let named = |what: &str, name: &Name| format!("the {what} `{}`", name.value);
    for it in ir.stages.values() {
        let owner = || named("stage", &it.name);
        if it.variables.len() > MAX_STAGE_VARIABLES.limit {
            let mut spans = it.variables.iter().map(|it| it.0.span);
            count(MAX_STAGE_VARIABLES, &owner(), "variables", &mut spans, out);
        }
        if it.tags.len() > MAX_TAGS.limit {
            count(MAX_TAGS, &owner(), "tags", &mut it.tags.iter().map(|it| it.0.span), out);
        }
    }
    for it in ir.authorizers.values() {
        if let AuthorizerKind::Jwt { audience, .. } = &it.kind {
            let owner = named("authorizer", &it.name);
            count(MAX_AUDIENCES, &owner, "audiences", &mut audience.iter().map(|it| it.span), out);
        }
    }
    for it in ir.vpc_links.values() {
        if let Some(subnets) = it.subnets.as_ref().and_then(|it| it.value.known()) {
            let owner = named("VPC link", &it.name);
            count(MAX_SUBNETS, &owner, "subnets", &mut subnets.iter().map(|it| it.span), out);
        }
    }
    for plan in ir.usage_plans.values() {
        for it in &plan.stages {
            let owner = format!("the usage plan `{}`", plan.name.value);
            let mut spans = it.routes.iter().map(|it| it.1);
            count(MAX_METHOD_THROTTLES, &owner, "throttles of routes in one stage", &mut spans, out);
        }
    }
    for it in ir.functions.values() {
        if let Origin::Created(created) = &it.origin {
            let owner = named("function", &it.name);
            count(MAX_TAGS, &owner, "tags", &mut created.tags.iter().map(|it| it.0.span), out);
        }
    }
}

fn scopes(ir: &Ir, out: &mut Findings) {
    // Many routes may take their scopes from `defaults`: one mistake, one finding.
    let mut seen = FxHashSet::default();
    for it in ir.routes.values() {
        if let Some(first) = it.scopes.get(MAX_SCOPES.limit)
            && seen.insert(first.span)
        {
            let owner = format!("the route `{}`", it.key.value.as_str());
            count(MAX_SCOPES, &owner, "scopes", &mut it.scopes.iter().map(|it| it.span), out);
        }
    }
}

fn count(quota: Quota, owner: &str, what: &str, spans: &mut dyn Iterator<Item = Span>, out: &mut Findings) {
    let limit = quota.limit;
    let Some(first) = spans.nth(limit) else { return };
    let all = limit + 1 + spans.count();
    let finding = out
        .report(first, format!("{owner} has {all} {what}, {} more than the quota of {limit}", all - limit));
    if quota.adjustable {
        finding.warning().help("ask AWS for a higher quota before deploying, or have fewer");
    } else {
        finding.help("AWS does not raise this quota: have fewer");
    }
}
