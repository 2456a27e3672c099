//! `AWS::ApiGateway::Stage`, and the stage that a deployment with a name makes.

use gatewright_ir::{
    AccessLog, CacheSetting, Canary, Duration, ExecutionLog, Generated, Id as _, RouteId, RouteSettings,
    Size, Spanned, Stage, StageCache, StageId,
};
use gatewright_spec::{Data, Raw};

use super::super::Resource;
use super::super::v2::{access_log_of, client_certificate, log_level};
use super::Parts;
use super::settings::{key_and_value, stated, throttle};
use crate::draft::{Draft, Reading, is_there};

/// Reads a stage.
pub(super) fn stage(cx: &Reading<'_>, draft: &mut Draft, parts: &mut Parts, it: Resource<'_>) {
    read(cx, draft, parts, it, it.properties, it.properties.get("StageName"));
}

/// Reads the stage that a deployment makes: one with a stage name.
pub(super) fn deployment(cx: &Reading<'_>, draft: &mut Draft, parts: &mut Parts, it: Resource<'_>) {
    let Some(name) = it.properties.get("StageName").filter(|it| is_there(it)) else { return };
    let nothing = Raw { span: name.span, data: Data::Map(Vec::new()) };
    let described = draft.inner(it.properties, "StageDescription").unwrap_or(nothing);
    read(cx, draft, parts, it, &described, Some(name));
}

fn read(cx: &Reading<'_>, draft: &mut Draft, parts: &Parts, it: Resource<'_>, of: &Raw, name: Option<&Raw>) {
    let id = StageId::from_index(draft.ir.stages.len());
    let name = draft.name(Generated::Stage(id), name, it.id);
    let variables = draft.inner(of, "Variables");
    let (settings, routes) = method_settings(draft, parts, of);
    // The description of a deployment's stage has some settings of all methods itself.
    let settings = settings.or(&one_settings(draft, of));
    let tracing = draft.flag_of(of, "TracingEnabled").and_then(stated);
    let stage = Stage {
        description: draft.name_of(of, "Description"),
        variables_unknown: variables.as_ref().is_some_and(|it| it.function().is_some()),
        variables: variables.map(|it| draft.pairs(&it)).unwrap_or_default(),
        settings,
        routes,
        access_log: access_log(draft, of),
        cache: cache(draft, of),
        tracing,
        canary: canary(draft, of),
        client_certificate: client_certificate(cx, draft, id, of),
        documentation_version: draft.name_of(of, "DocumentationVersion"),
        tags: key_and_value(draft, of.get("Tags")),
        ..Stage::new(name)
    };
    draft.ir.stages.push(stage);
    draft.called(Generated::Stage(id), &it.id.value);
}

fn access_log(draft: &mut Draft, of: &Raw) -> Option<AccessLog> {
    access_log_of(draft, of, "AccessLogSetting")
}

fn cache(draft: &mut Draft, of: &Raw) -> Option<StageCache> {
    let enabled = draft.flag_of(of, "CacheClusterEnabled")?;
    if enabled.value.known() != Some(&true) {
        return None;
    }
    // Gigabytes, as text: `0.5`.
    let size = draft.parsed_of(of, "CacheClusterSize", |it| {
        let gigabytes: f64 = it.parse().ok()?;
        (0.0..1e6).contains(&gigabytes).then_some(Size { bytes: (gigabytes * 1e9) as u64 })
    });
    let settings = match draft.inner(of, "MethodSettings").map(|it| it.data) {
        Some(Data::List(items)) => items,
        _ => Vec::new(),
    };
    let whole = settings.iter().find(|it| is_whole(draft, it));
    let ttl = whole.and_then(|it| draft.seconds_of(it, "CacheTtlInSeconds"));
    // What caches and does not say that it encrypts does not.
    let mut clear = |it: &Raw| {
        let encrypted = draft.flag_of(it, "CacheDataEncrypted");
        draft.flag_of(it, "CachingEnabled").is_some_and(|it| it.value.known() == Some(&true))
            && encrypted.is_none_or(|it| it.value.known() == Some(&false))
    };
    let encrypted = !settings.iter().any(&mut clear);
    Some(StageCache { span: enabled.span, size: size.and_then(stated), ttl, encrypted })
}

fn canary(draft: &mut Draft, of: &Raw) -> Option<Canary> {
    let it = draft.inner(of, "CanarySetting").filter(|it| it.function().is_none())?;
    Some(Canary {
        span: it.span,
        percent: draft.number_of(&it, "PercentTraffic"),
        stable: None,
        variables: draft.pairs_of(&it, "StageVariableOverrides"),
        stage_cache: draft.flag_of(&it, "UseStageCache").is_some_and(|it| it.value.known() == Some(&true)),
    })
}

/// Whether a setting is for all methods: `/*` and `*`.
fn is_whole(draft: &mut Draft, it: &Raw) -> bool {
    let path = draft.name_of(it, "ResourcePath");
    let method = draft.name_of(it, "HttpMethod");
    let all =
        |it: &Option<gatewright_ir::Name>| it.as_ref().is_some_and(|it| matches!(&*it.value, "/*" | "*"));
    all(&path) && all(&method)
}

/// Settings of all methods, and of single ones.
fn method_settings(
    draft: &mut Draft,
    parts: &Parts,
    of: &Raw,
) -> (RouteSettings, Vec<(RouteId, RouteSettings)>) {
    let (mut whole, mut routes) = (RouteSettings::default(), Vec::new());
    let Some(Data::List(items)) = draft.inner(of, "MethodSettings").map(|it| it.data) else {
        return (whole, routes);
    };
    for it in items {
        let Some(it) = draft.scope.structure(&it).map(std::borrow::Cow::into_owned) else { continue };
        if is_whole(draft, &it) {
            whole = one_settings(draft, &it);
            continue;
        }
        let (Some(path), Some(method)) =
            (draft.name_of(&it, "ResourcePath"), draft.name_of(&it, "HttpMethod"))
        else {
            continue;
        };
        // Slashes may be escaped as a JSON pointer has them, behind the first one.
        let path = path.value.replace("~1", "/");
        let path = if path.starts_with("//") { &path[1..] } else { &path };
        let method = if &*method.value == "*" { "ANY" } else { &method.value };
        if let Some(id) = parts.routes.get(&format!("{method} {path}")) {
            routes.push((*id, one_settings(draft, &it)));
        }
    }
    routes.sort_by_key(|it| it.0);
    routes.dedup_by_key(|it| it.0);
    (whole, routes)
}

fn one_settings(draft: &mut Draft, it: &Raw) -> RouteSettings {
    let level = draft.parsed_of(it, "LoggingLevel", log_level).and_then(stated);
    let data_trace = draft.flag_of(it, "DataTraceEnabled").and_then(stated);
    let enabled = draft.flag_of(it, "CachingEnabled").and_then(stated);
    let ttl = draft.parsed_of(it, "CacheTtlInSeconds", |it| it.parse().ok().map(Duration::seconds));
    let encrypted = draft.flag_of(it, "CacheDataEncrypted").and_then(stated);
    RouteSettings {
        throttle: throttle(draft, it, "ThrottlingRateLimit", "ThrottlingBurstLimit"),
        detailed_metrics: draft.flag_of(it, "MetricsEnabled").and_then(stated).map(|it| it.value),
        cache: enabled.map(|Spanned { value, span }| CacheSetting {
            span,
            enabled: value,
            ttl,
            encrypted: encrypted.map(|it| it.value),
        }),
        execution_log: level.map(|it| ExecutionLog { span: it.span, level: it.value, data_trace }),
    }
}
