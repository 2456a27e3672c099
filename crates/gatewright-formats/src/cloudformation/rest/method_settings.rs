//! `MethodSettings`: what holds in a stage for all methods or for some.

use gatewright_ir::{CacheSetting, Duration, Located, RouteId, RouteSettings, Stage, Throttle};
use gatewright_spec::{Data, Raw};

use super::super::v2::execution_log;
use super::Parts;
use super::methods::is_cached_by_default;
use crate::draft::{Draft, flag};

/// What is said of caches, beside whether there is one.
#[derive(Default)]
struct Caching {
    ttl: Option<Located<Duration>>,
    encrypted: Option<Located<bool>>,
}

/// Reads what a stage says of methods: under `MethodSettings`, and (of a stage that a deployment makes) beside it.
pub(super) fn read(draft: &mut Draft, parts: &Parts, of: &Raw, stage: &mut Stage) {
    let (mut all, mut caching) = settings(draft, of);
    // Those of all methods of a path, which stand back behind those of one of them.
    let mut of_paths: Vec<(RouteId, RouteSettings)> = Vec::new();
    let written = draft.inner(of, "MethodSettings");
    stage.settings_unknown = written.as_ref().is_some_and(|it| it.function().is_some());
    if let Some(Data::List(items)) = written.map(|it| it.data) {
        for it in items {
            let Some(it) = draft.scope.clone().structure(&it).map(std::borrow::Cow::into_owned) else {
                continue;
            };
            let (own, own_caching) = settings(draft, &it);
            match methods(draft, parts, &it) {
                Methods::All => {
                    all = own.or(&all);
                    caching = Caching {
                        ttl: own_caching.ttl.or(caching.ttl),
                        encrypted: own_caching.encrypted.or(caching.encrypted),
                    };
                }
                Methods::OfPath(routes) => of_paths.extend(routes.iter().map(|id| (*id, own.clone()))),
                Methods::One(id) => stage.routes.push((id, own)),
                Methods::Unknown => stage.settings_unknown = true,
            }
        }
    }
    stage.routes.extend(of_paths);
    cache(draft, stage, all.cache.take(), caching);
    stage.settings = all;
    stage.routes.sort_by_key(|it| it.0);
    stage.routes.dedup_by_key(|it| it.0);
}

/// Where a cache is turned on for the whole stage, it keeps the answers of some methods.
fn cache(draft: &Draft, stage: &mut Stage, of_all: Option<CacheSetting>, caching: Caching) {
    if let Some(setting) = of_all.filter(|it| it.enabled) {
        let own: rustc_hash::FxHashSet<RouteId> = stage.routes.iter().map(|it| it.0).collect();
        let cached = draft.ir.routes.iter().filter(|it| !own.contains(&it.0) && is_cached_by_default(it.1));
        for (id, _) in cached {
            let cache = Some(setting.clone());
            stage.routes.push((id, RouteSettings { cache, ..RouteSettings::default() }));
        }
    }
    let Some(cluster) = &mut stage.cache else { return };
    cluster.ttl = caching.ttl;
    let cached = stage.routes.iter().filter_map(|it| it.1.cache.as_ref()).filter(|it| it.enabled);
    // Not unless it is said, for all methods or for each one that is cached.
    let mut said = cached.map(|it| it.encrypted.as_ref());
    if let Some(it) = caching.encrypted {
        cluster.encrypted = it;
    } else if let Some(first) = said.next().flatten()
        && said.all(|it| it.is_some_and(|it| it.value.known() != Some(&false)))
    {
        cluster.encrypted = first.clone();
    }
}

/// The methods that settings are for.
enum Methods<'p> {
    All,
    OfPath(&'p [RouteId]),
    One(RouteId),
    Unknown,
}

/// Source: CloudFormation Template Reference, `AWS::ApiGateway::Stage MethodSetting`: `/` in paths is written `~1`. Many
/// templates write it as it is.
fn methods<'p>(draft: &mut Draft, parts: &'p Parts, it: &Raw) -> Methods<'p> {
    let (Some(path), Some(verb)) = (draft.name_of(it, "ResourcePath"), draft.name_of(it, "HttpMethod"))
    else {
        return Methods::Unknown;
    };
    let verb = verb.value.to_ascii_uppercase();
    let path = path.value.replace("~1", "/");
    if matches!(&*path, "/*" | "*" | "/**") && verb == "*" {
        return Methods::All;
    }
    let path = format!("/{}", path.trim_start_matches('/'));
    if verb == "*" {
        return parts.paths.get(&*path).map_or(Methods::Unknown, |it| Methods::OfPath(it));
    }
    parts.keys.get(&*format!("{verb} {path}")).map_or(Methods::Unknown, |it| Methods::One(*it))
}

/// The settings, wherever they stand.
fn settings(draft: &mut Draft, it: &Raw) -> (RouteSettings, Caching) {
    let throttle = Throttle {
        span: Some(it.span),
        rate: draft.number_of(it, "ThrottlingRateLimit"),
        burst: draft.integer_of(it, "ThrottlingBurstLimit"),
    };
    let is_said = throttle.rate.is_some() || throttle.burst.is_some();
    let data_trace = draft.word_of(it, "DataTraceEnabled", flag);
    let execution_log = execution_log(draft, it, data_trace);
    let caching = Caching {
        ttl: draft.seconds_of(it, "CacheTtlInSeconds"),
        encrypted: draft.flag_of(it, "CacheDataEncrypted"),
    };
    let cache = draft.word_of(it, "CachingEnabled", flag).map(|of| CacheSetting {
        span: of.span,
        enabled: of.value,
        ttl: caching.ttl.clone(),
        encrypted: caching.encrypted.clone(),
    });
    let settings = RouteSettings {
        throttle: if is_said { throttle } else { Throttle::default() },
        detailed_metrics: draft.flag_of(it, "MetricsEnabled"),
        cache,
        execution_log,
    };
    (settings, caching)
}
