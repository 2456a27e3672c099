//! The model that text templates see: names and shown values, no ids and no places. The README describes it.

use gatewright_ir::{
    Alarm, AlarmTest, ApiKey, ApiKind, Authorization, AuthorizerKind, AuthorizerResponse, Backend,
    CacheSetting, Callee, CorsSetting, Data, EndpointType, GatewayResponse, Id as _, Integration,
    IpAddressType, Ir, Link, Located, LogFormat, LogLevel, Name, Origin, Period, Qualifier, Raw, Retention,
    RouteId, RouteTarget, StageId, Text, Threshold, Throttle, UsagePlan, Value,
};
use serde_json::{Map, Value as Json, json};

/// The model, of all stages or of one.
pub fn model(ir: &Ir, stage: Option<StageId>) -> Json {
    let stages: Vec<StageId> = stage.map_or_else(|| ir.stages.ids().collect(), |it| vec![it]);
    json!({
        "api": api(ir),
        "routes": ir.routes.ids().map(|it| route(ir, it)).collect::<Vec<_>>(),
        "integrations": integrations(ir),
        "authorizers": authorizers(ir),
        "functions": functions(ir),
        "stages": stages.iter().map(|it| self::stage(ir, *it)).collect::<Vec<_>>(),
        "domains": domains(ir, &stages),
        "models": models(ir),
        "gatewayResponses": ir.gateway_responses.values().map(gateway_response).collect::<Vec<_>>(),
        "apiKeys": ir.api_keys.values().map(api_key).collect::<Vec<_>>(),
        "usagePlans": ir.usage_plans.values().map(|it| usage_plan(ir, it, &stages)).collect::<Vec<_>>(),
        "parameters": ir.template.parameters.iter().map(|it| {
            let mut value = Map::from_iter([("name".to_owned(), json!(it.name.value))]);
            for (key, of) in [("type", "Type"), ("description", "Description"), ("default", "Default")] {
                value.insert(key.to_owned(), it.properties.get(of).cloned().unwrap_or(Json::Null));
            }
            Json::Object(value)
        }).collect::<Vec<_>>(),
    })
}

fn api(ir: &Ir) -> Json {
    let api = &ir.api;
    let cors = match &api.cors {
        CorsSetting::Policy(it) => json!({
            "allowOrigins": texts(&it.allow_origins),
            "allowMethods": texts(&it.allow_methods),
            "allowHeaders": texts(&it.allow_headers),
            "exposeHeaders": texts(&it.expose_headers),
            "maxAge": it.max_age.as_ref().map(|it| shown_as(&it.value, ToString::to_string)),
            "allowCredentials": it.allow_credentials.as_ref().map(|it| shown_as(&it.value, ToString::to_string)),
        }),
        _ => Json::Null,
    };
    json!({
        "name": api.name.value,
        "kind": match api.kind {
            ApiKind::Http => "http",
            ApiKind::Rest => "rest",
            ApiKind::WebSocket => "websocket",
        },
        "description": optional(api.description.as_ref()),
        "version": optional(api.version.as_ref()),
        "cors": cors,
        "ipAddressType": api.ip_address_type.as_ref().map(|it| shown_as(&it.value, |it| match it {
            IpAddressType::Ipv4 => "ipv4".to_owned(),
            IpAddressType::Dualstack => "dualstack".to_owned(),
        })),
        "disableDefaultEndpoint":
            api.disable_default_endpoint.as_ref().map(|it| shown_as(&it.value, ToString::to_string)),
        "endpoint": endpoint(api.endpoint.kind),
        "routeSelection": api.route_selection.as_ref().map(|it| shown(&it.value)),
        "tags": pairs(&api.tags),
    })
}

fn endpoint(it: EndpointType) -> &'static str {
    match it {
        EndpointType::Edge => "edge",
        EndpointType::Regional => "regional",
        EndpointType::Private => "private",
    }
}

fn models(ir: &Ir) -> Vec<Json> {
    let mut routes = vec![Vec::new(); ir.models.len()];
    for route in ir.routes.values() {
        for (_, model, _) in route.validation.iter().flat_map(|it| &it.body) {
            routes[model.index()].push(route.key.value.as_str());
        }
    }
    let all = ir.models.values().zip(routes);
    all.map(|(it, routes)| {
        json!({
            "name": it.name.value,
            "schema": it.schema.as_ref().map(Raw::to_json),
            "routes": routes,
        })
    })
    .collect()
}

fn gateway_response(it: &GatewayResponse) -> Json {
    let templates = it.templates.iter();
    json!({
        "name": it.name.value,
        "status": it.status.map(|it| it.value),
        "headers": pairs(&it.headers),
        "templates": templates.map(|(media, it)| (media.to_string(), json!(it.value))).collect::<Map<_, _>>(),
    })
}

fn api_key(it: &ApiKey) -> Json {
    json!({
        "name": it.name.value,
        "existing": it.existing.is_some(),
        "description": optional(it.description.as_ref()),
    })
}

fn usage_plan(ir: &Ir, it: &UsagePlan, stages: &[StageId]) -> Json {
    let quota = it.quota.as_ref().map(|it| {
        json!({
            "limit": it.limit.as_ref().map(|it| shown_as(&it.value, ToString::to_string)),
            "per": it.period.map(|it| match it.value {
                Period::Day => "day",
                Period::Week => "week",
                Period::Month => "month",
            }),
        })
    });
    let of = it.stages.iter().filter(|it| stages.contains(&it.stage));
    json!({
        "name": it.name.value,
        "description": optional(it.description.as_ref()),
        "throttle": throttle(&it.throttle),
        "quota": quota,
        "stages": of.map(|it| &ir.stages[it.stage].name.value).collect::<Vec<_>>(),
        "keys": it.keys.iter().map(|it| &ir.api_keys[it.0].name.value).collect::<Vec<_>>(),
    })
}

fn route(ir: &Ir, id: RouteId) -> Json {
    let route = &ir.routes[id];
    let key = &route.key.value;
    let (authorization, authorizer) = match route.authorization {
        Authorization::None => ("none", None),
        Authorization::Iam => ("iam", None),
        Authorization::Unknown => ("unknown", None),
        Authorization::Authorizer(id) => {
            let it = &ir.authorizers[id];
            let kind = match it.kind {
                AuthorizerKind::Jwt { .. } => "jwt",
                AuthorizerKind::Cognito { .. } => "cognito",
                _ => "lambda",
            };
            (kind, Some(&it.name.value))
        }
    };
    json!({
        "key": key.as_str(),
        "method": key.method().map(|it| it.as_str()),
        "path": key.path(),
        "pathVariables": key.variables().collect::<Vec<_>>(),
        "authorization": authorization,
        "authorizer": authorizer,
        "scopes": texts(&route.scopes),
        "apiKey": route.api_key.is_some(),
        "validate": route.validation.as_ref().map(|it| json!({
            "body": it.body.iter().map(|it| &ir.models[it.1].name.value).collect::<Vec<_>>(),
            "headers": it.headers.iter().map(|it| &it.value).collect::<Vec<_>>(),
            "query": it.query.iter().map(|it| &it.value).collect::<Vec<_>>(),
        })),
        "cache": route.settings.as_ref().map_or(Json::Null, |it| cache(it.cache.as_ref())),
        "response": route.response.is_some(),
        "public": optional(route.public.as_deref()),
        "integration": route.target.integration().map(|it| &ir.integrations[it].name.value),
        "backend": match route.target {
            RouteTarget::Integration(it, _) => Some(backend(ir, &ir.integrations[it])),
            RouteTarget::Nothing => Some("nothing".to_owned()),
            RouteTarget::Missing | RouteTarget::Unknown => None,
        },
        "throttle": route.settings.as_ref().map_or(Json::Null, |it| throttle(&it.throttle)),
        "operationName": optional(route.operation_name.as_deref()),
        "description": optional(route.description.as_deref()),
    })
}

/// What an integration calls, in a few words; a declared one is named.
fn backend(ir: &Ir, it: &Integration) -> String {
    let target = match &it.backend {
        Backend::Lambda { callee: target, .. } => callee(ir, target),
        Backend::Http { uri, .. } => shown(&uri.value),
        Backend::Service { subtype, .. } => subtype.value.to_string(),
        Backend::Action { action, .. } => shown(&action.value),
        Backend::Mock { .. } => "mock".to_owned(),
        Backend::Unknown => String::new(),
    };
    if it.declared { format!("{} ({target})", it.name.value) } else { target }
}

/// For each entity of an arena, the keys of the routes that use it.
fn users<K: gatewright_ir::Id>(ir: &Ir, count: usize, of: impl Fn(RouteId) -> Option<K>) -> Vec<Vec<&str>> {
    let mut out = vec![Vec::new(); count];
    for (id, route) in ir.routes.iter() {
        if let Some(it) = of(id) {
            out[it.index()].push(route.key.value.as_str());
        }
    }
    out
}

fn integrations(ir: &Ir) -> Vec<Json> {
    let users = users(ir, ir.integrations.len(), |it| ir.routes[it].target.integration());
    ir.integrations
        .values()
        .zip(users)
        .map(|(it, routes)| {
            let (kind, target) = match &it.backend {
                Backend::Lambda { callee: target, .. } => ("lambda", callee(ir, target)),
                Backend::Http { uri, link, .. } => {
                    (if link.is_some() { "private" } else { "http" }, shown(&uri.value))
                }
                Backend::Service { subtype, .. } => ("service", subtype.value.to_string()),
                Backend::Action { action, .. } => ("service", shown(&action.value)),
                Backend::Mock { .. } => ("mock", String::new()),
                Backend::Unknown => ("unknown", String::new()),
            };
            let link = match &it.backend {
                Backend::Http { link: Some(Link::Known(id, _)), .. } => Some(&ir.vpc_links[*id].name.value),
                _ => None,
            };
            json!({
                "name": it.name.value,
                "declared": it.declared,
                "kind": kind,
                "target": target,
                "vpcLink": link,
                "timeout": it.timeout.as_ref().map(|it| shown_as(&it.value, ToString::to_string)),
                "description": optional(it.description.as_ref()),
                "routes": routes,
            })
        })
        .collect()
}

fn authorizers(ir: &Ir) -> Vec<Json> {
    let users = users(ir, ir.authorizers.len(), |it| match ir.routes[it].authorization {
        Authorization::Authorizer(id) => Some(id),
        _ => None,
    });
    ir.authorizers
        .values()
        .zip(users)
        .map(|(it, routes)| {
            let mut value =
                json!({ "name": it.name.value, "identity": texts(&it.identity), "routes": routes });
            let more = match &it.kind {
                AuthorizerKind::Jwt { issuer, audience } => json!({
                    "kind": "jwt",
                    "issuer": issuer.as_ref().map(|it| shown(&it.value)),
                    "audience": texts(audience),
                }),
                AuthorizerKind::Lambda { callee: target, response, cache, .. } => json!({
                    "kind": "lambda",
                    "function": callee(ir, target),
                    "response": match response {
                        AuthorizerResponse::Simple => "simple",
                        AuthorizerResponse::Iam => "iam",
                    },
                    "cache": cache.as_ref().map(|it| shown_as(&it.value, ToString::to_string)),
                }),
                AuthorizerKind::Cognito { pools, cache } => json!({
                    "kind": "cognito",
                    "pools": texts(pools),
                    "cache": cache.as_ref().map(|it| shown_as(&it.value, ToString::to_string)),
                }),
                AuthorizerKind::Unknown => json!({ "kind": "unknown" }),
            };
            if let (Json::Object(value), Json::Object(more)) = (&mut value, more) {
                value.extend(more);
            }
            value
        })
        .collect()
}

fn functions(ir: &Ir) -> Vec<Json> {
    ir.functions
        .values()
        .map(|it| {
            let created = match &it.origin {
                Origin::Created(it) => Some(it),
                _ => None,
            };
            json!({
                "name": it.name.value,
                "origin": if created.is_some() { "created" } else { "existing" },
                "runtime": created.and_then(|it| it.runtime.as_ref()).map(|it| shown(&it.value)),
                "handler": created.and_then(|it| it.handler.as_ref()).map(|it| shown(&it.value)),
                "memory": created.and_then(|it| it.memory.as_ref()).map(|it| shown_as(&it.value, ToString::to_string)),
                "timeout": created.and_then(|it| it.timeout.as_ref()).map(|it| shown_as(&it.value, ToString::to_string)),
                "aliases": it.aliases.iter().map(|it| &it.name.value).collect::<Vec<_>>(),
            })
        })
        .collect()
}

fn stage(ir: &Ir, id: StageId) -> Json {
    let stage = &ir.stages[id];
    let name = &*stage.name.value;
    let path = if name == "$default" { String::new() } else { format!("/{name}") };
    let scheme = scheme(ir);
    let host = "{api-id}.execute-api.{region}.amazonaws.com";
    let websocket = ir.api.kind == ApiKind::WebSocket;
    let log = stage.access_log.as_ref().map(|it| {
        json!({
            "format": match &it.format {
                LogFormat::Named(name) => name,
                LogFormat::Custom(_) | LogFormat::Unknown => "custom",
                LogFormat::Fields(_) => "json",
            },
            "retention": it.retention.value.known().map(|it| match it {
                Retention::Days(days) => format!("{days}d"),
                Retention::Never => "never".to_owned(),
            }),
        })
    });
    let routes: Vec<Json> = ir
        .routes
        .iter()
        .filter_map(|(route, it)| {
            let settings = ir.route_settings(id, route)?;
            Some(json!({
                "key": it.key.value.as_str(),
                "throttle": throttle(&settings.throttle),
                "detailedMetrics": flag(settings.detailed_metrics.as_ref()),
                "cache": cache(settings.cache.as_ref()),
                "executionLog": settings.execution_log.and_then(|it| it.level).map(log_level),
            }))
        })
        .collect();
    json!({
        "name": name,
        "path": path,
        "url": format!("{scheme}://{host}{path}"),
        "callbackUrl": websocket.then(|| format!("https://{host}{path}")),
        "description": optional(stage.description.as_ref()),
        "autoDeploy": stage.auto_deploy,
        "variables": pairs(&stage.variables),
        "throttle": throttle(&stage.settings.throttle),
        "detailedMetrics": flag(stage.settings.detailed_metrics.as_ref()),
        "accessLog": log,
        "executionLog": stage.settings.execution_log.and_then(|it| it.level).map(log_level),
        "cache": stage.cache.as_ref().map(|it| json!({
            "size": it.size.map(|it| format!("{}GB", it.value.bytes as f64 / 1e9)),
            "ttl": it.ttl.as_ref().map(|it| shown_as(&it.value, ToString::to_string)),
            "encrypted": flag(Some(&it.encrypted)),
        })),
        "tracing": flag(stage.tracing.as_ref()).unwrap_or(false),
        "canary": stage.canary.as_ref().map(|it| json!({
            "percent": it.percent.as_ref().map(|it| shown_as(&it.value, ToString::to_string)),
            "stable": optional(it.stable.as_ref()),
            "variables": pairs(&it.variables),
        })),
        "webAcl": stage.web_acl.as_ref().map(|it| shown(&it.value)),
        "clientCertificate": stage.client_certificate.is_some(),
        "documentationVersion": optional(stage.documentation_version.as_ref()),
        "routes": routes,
        "alarms": stage.alarms.iter().map(alarm).collect::<Vec<_>>(),
        "tags": pairs(&stage.tags),
    })
}

/// For how long answers are remembered, if they are.
fn cache(it: Option<&CacheSetting>) -> Json {
    it.filter(|it| it.enabled).map_or(
        Json::Null,
        |it| json!({ "ttl": it.ttl.as_ref().map(|it| shown_as(&it.value, ToString::to_string)) }),
    )
}

fn log_level(it: LogLevel) -> &'static str {
    match it {
        LogLevel::Off => "off",
        LogLevel::Error => "error",
        LogLevel::Info => "info",
    }
}

/// What a URL of the API begins with.
fn scheme(ir: &Ir) -> &'static str {
    if ir.api.kind == ApiKind::WebSocket { "wss" } else { "https" }
}

fn alarm(it: &Alarm) -> Json {
    let amount = |it: Threshold| match it {
        // Rounded to what a person wrote: 1 % is 0.01 only almost.
        Threshold::Share(share) => format!("{}%", (share * 1e6).round() / 1e4),
        Threshold::Number(number) => number.to_string(),
    };
    let test = match it.test {
        AlarmTest::Above(it) => format!("above {}", amount(it)),
        AlarmTest::Below(it) => format!("below {}", amount(it)),
        AlarmTest::Slower(statistic, than) => format!("{} over {than}", statistic.to_ascii_lowercase()),
    };
    json!({ "metric": it.metric.key(), "test": test, "for": it.period.to_string(), "notify": texts(&it.notify) })
}

fn domains(ir: &Ir, stages: &[StageId]) -> Vec<Json> {
    ir.domains
        .values()
        .map(|it| {
            let mappings: Vec<Json> = it
                .mappings
                .iter()
                .filter_map(|mapping| {
                    let stage = mapping.stage.filter(|it| stages.contains(it))?;
                    let path = mapping.path();
                    let slash = if path.is_empty() { "" } else { "/" };
                    Some(json!({
                        "path": path,
                        "stage": ir.stages[stage].name.value,
                        "url": format!("{}://{}{slash}{path}", scheme(ir), it.name.value),
                    }))
                })
                .collect();
            json!({
                "name": it.name.value,
                "existing": it.existing,
                "endpoint": endpoint(it.endpoint),
                "mutualTls": it.mutual_tls.is_some(),
                "mappings": mappings,
            })
        })
        .collect()
}

fn throttle(it: &Throttle) -> Json {
    if it.rate.is_none() && it.burst.is_none() {
        return Json::Null;
    }
    json!({
        "rate": it.rate.as_ref().map(|it| shown_as(&it.value, ToString::to_string)),
        "burst": it.burst.as_ref().map(|it| shown_as(&it.value, ToString::to_string)),
    })
}

fn callee(ir: &Ir, it: &Callee) -> String {
    match it {
        Callee::Function { function, qualifier, .. } => {
            let name = &ir.functions[*function].name.value;
            match qualifier {
                None => name.to_string(),
                Some(Qualifier::Alias(it)) => format!("{name}:{it}"),
                Some(Qualifier::StageVariable(it)) => format!("{name}:${{stageVariables.{it}}}"),
            }
        }
        Callee::Arn(it) => shown(&it.value),
        Callee::Staged(it) => it.value.to_string(),
        Callee::Unknown => String::new(),
    }
}

fn optional(it: Option<&Name>) -> Json {
    it.map_or(Json::Null, |it| json!(it.value))
}

fn texts(all: &[Located<Text>]) -> Vec<String> {
    all.iter().map(|it| shown(&it.value)).collect()
}

fn pairs(all: &[(Name, Located<Text>)]) -> Json {
    all.iter()
        .map(|(name, it)| (name.value.to_string(), Json::from(shown(&it.value))))
        .collect::<Map<_, _>>()
        .into()
}

fn shown(it: &Value<Text>) -> String {
    shown_as(it, ToString::to_string)
}

/// A value as a person reads it: itself, or the function that gives it.
/// `true` or `false`, if it was said and is known.
fn flag(it: Option<&Located<bool>>) -> Option<bool> {
    it?.value.known().copied()
}

fn shown_as<T>(it: &Value<T>, known: impl Fn(&T) -> String) -> String {
    match it {
        Value::Known(it) => known(it),
        Value::Deferred(it) => function(it),
    }
}

/// A CloudFormation function in its short form.
fn function(it: &Raw) -> String {
    let Some((name, argument)) = it.function() else { return it.to_json().to_string() };
    let short = name.strip_prefix("Fn::").unwrap_or(name);
    match &argument.data {
        Data::String(text) => format!("!{short} {text}"),
        Data::List(items) if name == "Fn::GetAtt" && items.iter().all(|it| it.as_str().is_some()) => {
            let parts: Vec<&str> = items.iter().filter_map(Raw::as_str).collect();
            format!("!GetAtt {}", parts.join("."))
        }
        _ => format!("!{short} {}", argument.to_json()),
    }
}
