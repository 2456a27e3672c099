//! `AWS::ApiGatewayV2::Deployment` and `AWS::ApiGateway::Deployment`: what a stage without automatic deployment shows.
//! CloudFormation never renews one, so its logical id ends in a digest of what it holds.

use gatewright_ir::{
    ApiKind, Authorization, AuthorizerKind, Backend, Callee, CodeSource, Credentials, FunctionId, Generated,
    Ir, Link, Located, LocatedList, ModelId, Origin, Redeploy, StageId, VpcLinkId,
};
use serde_json::{Map, Value};

use super::template::{Template, resource};
use super::{Context, Layout};
use crate::artifact::Note;
use crate::binding::Bindings;
use crate::digest::digest;
use crate::intrinsic::{self, reference};
use crate::list::list;
use crate::object::{Object, json, text, texts};
use crate::openapi::{self, Spelling};

/// What of an API no caller meets.
const UNSEEN: [&str; 3] = ["Name", "Description", "Tags"];

/// What is the same for all stages, made when the first needs it.
#[derive(Default)]
pub(super) struct Deployments {
    /// The digest, and the resources that must be there first.
    made: Option<(String, Vec<String>)>,
}

impl Deployments {
    /// Adds the deployment of a stage and gives its logical id.
    pub(super) fn emit(&mut self, cx: &Context<'_>, template: &mut Template<'_>, stage: StageId) -> String {
        let (digest, waits) = self.made.get_or_insert_with(|| {
            notes(cx, template);
            let definition = Definition::new(&cx.bindings, template);
            let waits = if cx.options.layout == Layout::Body { Vec::new() } else { definition.waits.clone() };
            (digest(&snapshot(cx, template, definition)), waits)
        });
        let (kind, api) = match cx.bindings.ir.api.kind {
            ApiKind::Rest => ("AWS::ApiGateway::Deployment", "RestApiId"),
            ApiKind::Http | ApiKind::WebSocket => ("AWS::ApiGatewayV2::Deployment", "ApiId"),
        };
        let properties = Object::new().set(api, reference(&cx.bindings.id(Generated::Api)));
        let attributes = Object::new().list("DependsOn", waits.clone());
        let base = cx.bindings.id(Generated::Stage(stage)) + "Deployment";
        template.add_derived(&base, digest, resource(kind, attributes, properties))
    }

    /// The resources that must be there before a deployment.
    pub(super) fn waits(&self) -> &[String] {
        self.made.as_ref().map(|it| &it.1[..]).unwrap_or_default()
    }
}

/// What a deployment holds of an API. It is the same in both layouts.
struct Definition {
    /// All settings: no throttles, variables, tags, logs or descriptions.
    content: Object,
    /// The resources whose overrides change it.
    ids: Vec<String>,
    /// The resources that must be there first.
    waits: Vec<String>,
}

impl Definition {
    fn new(cx: &Bindings<'_>, template: &Template<'_>) -> Self {
        match cx.ir.api.kind {
            ApiKind::Http => Self::http(cx),
            ApiKind::Rest => Self::rest(cx),
            ApiKind::WebSocket => Self::websocket(template),
        }
    }

    /// A WebSocket API has one layout: its definition is the properties of its resources, but for names and descriptions
    /// that no caller meets. Overrides are among them.
    fn websocket(template: &Template<'_>) -> Self {
        let mut resources = Map::new();
        let mut waits = Vec::new();
        for (id, resource) in &template.resources {
            let (unseen, is_referred_to): (&[&str], bool) = match resource["Type"].as_str() {
                Some("AWS::ApiGatewayV2::Api") => (&UNSEEN, true),
                Some(
                    "AWS::ApiGatewayV2::Integration"
                    | "AWS::ApiGatewayV2::Authorizer"
                    | "AWS::ApiGatewayV2::Model",
                ) => (&["Description"], true),
                Some(
                    "AWS::ApiGatewayV2::Route"
                    | "AWS::ApiGatewayV2::RouteResponse"
                    | "AWS::ApiGatewayV2::IntegrationResponse",
                ) => (&[], false),
                _ => continue,
            };
            let mut properties = resource["Properties"].clone();
            if let Some(properties) = properties.as_object_mut() {
                properties.retain(|name, _| !unseen.contains(&name.as_str()));
            }
            resources.insert(id.clone(), properties);
            if !is_referred_to {
                waits.push(id.clone());
            }
        }
        Self { content: Object::new().set("resources", resources), ids: Vec::new(), waits }
    }

    fn http(cx: &Bindings<'_>) -> Self {
        let api = &cx.ir.api;
        let mut ids = vec![cx.id(Generated::Api)];
        let mut integrations = Map::new();
        for (_, it) in cx.integrations() {
            ids.push(it.id.clone());
            integrations.insert(it.id.clone(), openapi::integration(it).into());
        }
        let authorizers = authorizers(cx, &mut ids);
        let mut routes = Map::new();
        let mut waits = Vec::new();
        for (id, integration) in &cx.routes {
            let route = &cx.ir.routes[*id];
            waits.push(cx.id(Generated::Route(*id)));
            let it = vec![
                cx.integration(*integration).id.as_str().into(),
                authorization(cx, route.authorization),
                list(cx.ir, &route.scopes),
                route.operation_name.as_ref().map(|it| &*it.value).into(),
            ];
            routes.insert(route.key.value.as_str().to_owned(), it.into());
        }
        ids.extend_from_slice(&waits);
        let content = Object::new()
            .maybe("cors", openapi::cors(cx.ir, Spelling::Camel))
            .maybe("disableExecuteApiEndpoint", disabled(cx))
            .maybe(
                "ipAddressType",
                api.ip_address_type.as_ref().map(|it| json(it, |it| openapi::ip_address_type(*it).into())),
            )
            .set("integrations", integrations)
            .set("authorizers", authorizers)
            .set("routes", routes);
        Self { content, ids, waits }
    }

    fn rest(cx: &Bindings<'_>) -> Self {
        let api = &cx.ir.api;
        let mut waits = Vec::new();
        let mut methods = Map::new();
        for it in &cx.rest.methods {
            waits.push(it.id.clone());
            let mut operation = openapi::method(cx, it);
            if let Some(operation) = operation.as_object_mut() {
                operation.shift_remove("description");
            }
            let path = cx.ir.routes[it.route].key.value.path().unwrap_or("/");
            methods.insert(format!("{} {path}", it.verb.as_str()), operation);
        }
        waits.extend(cx.rest.gateway_responses.iter().map(|it| it.id.clone()));
        let models: Vec<(ModelId, Value)> = cx.models(|id| (*cx.ir.models[id].name.value).into());
        waits.extend(models.iter().map(|it| cx.id(Generated::Model(it.0))));
        let mut ids = waits.clone();
        ids.push(cx.id(Generated::Api));
        for it in cx.rest.validators() {
            ids.push(cx.id(Generated::Validator { body: it.body, parameters: it.parameters }));
        }
        for (route, _) in &cx.routes {
            let depth = cx.ir.routes[*route].key.value.segments().count();
            if !cx.ir.template.overrides.is_empty() {
                ids.extend((1..=depth).map(|it| cx.id(Generated::PathResource(*route, it))));
            }
        }
        let authorizers = authorizers(cx, &mut ids);
        let models = models.into_iter().map(|(id, it)| (cx.ir.models[id].name.value.to_string(), it));
        let content = Object::new()
            .maybe("disableExecuteApiEndpoint", disabled(cx))
            .set("endpoint", super::rest::endpoint(cx.ir))
            .maybe("tlsPolicy", api.endpoint.tls_policy.as_ref().map(text))
            .maybe("accessMode", api.endpoint.access_mode.map(|it| openapi::access_mode(it.value)))
            .maybe("policy", cx.rest.policy.clone())
            .maybe("apiKeySource", openapi::api_key_source(cx.ir))
            .list("binaryMediaTypes", texts(&api.binary_media_types))
            .maybe("minimumCompressionSize", openapi::minimum_compression_size(cx.ir))
            .set("authorizers", authorizers)
            .set("models", models.collect::<Map<_, _>>())
            .set("gatewayResponses", openapi::gateway_responses(&cx.rest.gateway_responses))
            .set("methods", methods);
        Self { content, ids, waits }
    }
}

fn disabled(cx: &Bindings<'_>) -> Option<Value> {
    cx.ir.api.disable_default_endpoint.as_ref().map(|it| json(it, |it| (*it).into()))
}

fn authorizers(cx: &Bindings<'_>, ids: &mut Vec<String>) -> Map<String, Value> {
    let mut out = Map::new();
    for (_, it) in cx.authorizers() {
        ids.push(it.id.clone());
        out.insert(it.id.clone(), openapi::scheme(it).into());
    }
    out
}

fn authorization(cx: &Bindings<'_>, it: Authorization) -> Value {
    match it {
        Authorization::Authorizer(it) => cx.authorizer(it).map(|it| it.id.as_str()).into(),
        Authorization::Iam => true.into(),
        Authorization::None | Authorization::Unknown => false.into(),
    }
}

/// What callers meet of an override of the API, if that is anything.
fn seen(mut it: Value) -> Option<Value> {
    let properties = it.get_mut("Properties")?.as_object_mut()?;
    properties.retain(|name, _| !UNSEEN.contains(&name.as_str()));
    (!properties.is_empty()).then_some(it)
}

/// Everything that a deployment holds, and nothing else.
fn snapshot(cx: &Context<'_>, template: &Template<'_>, definition: Definition) -> Value {
    let bindings = &cx.bindings;
    let api = bindings.id(Generated::Api);
    let overrides = definition
        .ids
        .iter()
        .filter_map(|id| {
            let it = template.override_of(id)?;
            Some((id.clone(), if *id == api { seen(it)? } else { it }))
        })
        .collect::<Map<_, _>>();
    let mut identities = Map::new();
    for (id, kind) in referenced(bindings) {
        let mut own = kind.properties(bindings.ir);
        let change = template.override_of(&id);
        for name in kind.create_only() {
            if let Some(it) = change.as_ref().and_then(|it| it.get("Properties")?.get(*name)) {
                own = own.set(*name, it.clone());
            }
        }
        if !own.is_empty() {
            identities.insert(id, own.into());
        }
    }
    let out = definition.content.set("overrides", overrides);
    let out = out.object("identities", identities.into_iter().collect());
    out.maybe("token", cx.options.redeploy_token).into()
}

/// What API Gateway's definitions hold the id of, and this stack creates. A deployment keeps the id, so it must be
/// renewed where CloudFormation replaces the resource.
#[derive(Clone, Copy)]
enum Referenced {
    Function(FunctionId),
    VpcLink(VpcLinkId),
}

impl Referenced {
    /// The properties that CloudFormation can only change by replacing the resource.
    ///
    /// Source: CloudFormation Template Reference, `AWS::Lambda::Function`, `AWS::ApiGatewayV2::VpcLink` and
    /// `AWS::ApiGateway::VpcLink`, "Update requires: Replacement".
    fn create_only(self) -> &'static [&'static str] {
        match self {
            Self::Function(_) => &["FunctionName", "PackageType"],
            Self::VpcLink(_) => &["SubnetIds", "SecurityGroupIds", "TargetArns"],
        }
    }

    /// Those properties.
    fn properties(self, ir: &Ir) -> Object {
        match self {
            Self::Function(id) => match &ir.functions[id].origin {
                Origin::Created(of) => Object::new()
                    .maybe("FunctionName", of.function_name.as_ref().map(text))
                    .maybe("PackageType", matches!(of.code, CodeSource::Image(_)).then_some("Image")),
                _ => Object::new(),
            },
            Self::VpcLink(id) => {
                let many = |it: &LocatedList| json(it, |it| list(ir, it));
                let of = &ir.vpc_links[id];
                Object::new()
                    .maybe("SubnetIds", of.subnets.as_ref().map(many))
                    .maybe("SecurityGroupIds", of.security_groups.as_ref().map(many))
                    .maybe("TargetArns", of.target.as_ref().map(text))
            }
        }
    }
}

/// What integrations and authorizers refer to, by its logical id.
fn referenced(cx: &Bindings<'_>) -> Vec<(String, Referenced)> {
    let ir = cx.ir;
    let mut out = Vec::new();
    for (id, _) in cx.integrations() {
        let backend = &ir.integrations[id].backend;
        if let Backend::Http { link: Some(Link::Known(it, _)), .. } = backend
            && ir.vpc_links[*it].existing.is_none()
        {
            out.push((cx.id(Generated::VpcLink(*it)), Referenced::VpcLink(*it)));
        }
    }
    for it in callees(cx).filter_map(Callee::function) {
        if matches!(ir.functions[it].origin, Origin::Created(_)) {
            out.push((cx.id(Generated::Function(it)), Referenced::Function(it)));
        }
    }
    out
}

/// All that integrations and authorizers call.
fn callees<'i>(cx: &Bindings<'i>) -> impl Iterator<Item = &'i Callee> {
    let ir = cx.ir;
    let of_authorizers = cx.authorizers().filter_map(|(id, _)| match &ir.authorizers[id].kind {
        AuthorizerKind::Lambda { callee, .. } => Some(callee),
        _ => None,
    });
    cx.integrations().filter_map(|(id, _)| ir.integrations[id].callee()).chain(of_authorizers)
}

/// Says what the digest cannot see.
fn notes(cx: &Context<'_>, template: &mut Template<'_>) {
    let always = cx.bindings.ir.api.redeploy == Redeploy::Always;
    let kind = cx.bindings.ir.api.kind;
    let stages = if kind == ApiKind::Http { "stages without automatic deployment" } else { "stages" };
    if cx.options.layout == Layout::Resources {
        let body = if kind == ApiKind::WebSocket { "" } else { "use `--layout body`, or " };
        template.notes.push(Note::new(format!(
            "a route that is removed is still answered by {stages} until they are deployed once more: CloudFormation \
             deletes it after the new deployment was made; {body}build and deploy a second time with \
             `--redeploy-token TOKEN`",
        )));
    }
    if cx.options.redeploy_token.is_some() {
        return;
    }
    if always {
        template.notes.push(Note::new(
            "`redeploy: always` needs a token that differs from build to build: `--redeploy-token \"$(date +%s)\"`; \
             without one, stages are deployed anew only when the specification changes",
        ));
        return;
    }
    let mut deferred = deferred(cx);
    if deferred.is_empty() {
        return;
    }
    let more = deferred.len().saturating_sub(5);
    deferred.truncate(5);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    template.notes.push(Note::new(format!(
        "values that are only known when deploying stand in {}{more}: when only such a value changes, {stages} keep the \
         old one; `redeploy: always` deploys at every build",
        deferred.join(", ")
    )));
}

/// Whether a value may be another one in the next deployment of the same template.
fn is_deferred<T>(it: &Located<T>) -> bool {
    it.value.deferred().is_some_and(|it| is_open(&it.to_json()))
}

/// Whether there is a function in a value that may give something else in the next deployment. What CloudFormation knows
/// of the stack itself, such as its region, stays.
fn is_open(it: &Value) -> bool {
    match intrinsic::function(it) {
        Some(("Ref", Value::String(name))) => !name.starts_with("AWS::"),
        Some(("Fn::Sub", Value::String(template))) => {
            intrinsic::placeholders(template).any(|it| !it.starts_with("AWS::"))
        }
        Some(_) => true,
        None => match it {
            Value::Array(items) => items.iter().any(is_open),
            Value::Object(map) => map.values().any(is_open),
            _ => false,
        },
    }
}

fn is_deferred_list(it: &LocatedList) -> bool {
    it.value.known().map_or_else(|| is_deferred(it), |it| it.iter().any(is_deferred))
}

/// What of the snapshot the user left for CloudFormation to work out.
fn deferred(cx: &Context<'_>) -> Vec<String> {
    let ir = cx.bindings.ir;
    let mut out = Vec::new();
    let callee = |it: &Callee| match it {
        Callee::Arn(it) => is_deferred(it),
        Callee::Function { function, .. } => match &ir.functions[*function].origin {
            Origin::Named(it) | Origin::Arn(it) => is_deferred(it),
            Origin::Created(it) => it.function_name.as_ref().is_some_and(is_deferred),
            Origin::Unknown => false,
        },
        Callee::Staged(_) | Callee::Unknown => false,
    };
    let vpc_link = |it: &Link| match it {
        Link::Known(it, _) => {
            let of = &ir.vpc_links[*it];
            let mut lists = of.subnets.iter().chain(&of.security_groups);
            let mut ids = of.existing.iter().chain(&of.target);
            ids.any(is_deferred) || lists.any(is_deferred_list)
        }
        Link::Unknown => false,
    };
    if let Some(it) = ir.api.cors.policy() {
        let lists = [&it.allow_origins, &it.allow_methods, &it.allow_headers, &it.expose_headers];
        if lists.into_iter().flatten().any(is_deferred)
            || it.max_age.as_ref().is_some_and(is_deferred)
            || it.allow_credentials.as_ref().is_some_and(is_deferred)
        {
            out.push("`cors`".to_owned());
        }
    }
    if ir.api.disable_default_endpoint.as_ref().is_some_and(is_deferred) {
        out.push("`disableDefaultEndpoint`".to_owned());
    }
    if ir.api.route_selection.as_ref().is_some_and(is_deferred) {
        out.push("`routeSelection`".to_owned());
    }
    let endpoint = &ir.api.endpoint;
    let rest = [
        ("policy", cx.bindings.rest.policy.as_ref().is_some_and(is_open)),
        ("endpoint", endpoint.vpc_endpoints.iter().chain(&endpoint.tls_policy).any(is_deferred)),
        ("ipAddressType", ir.api.ip_address_type.as_ref().is_some_and(is_deferred)),
        ("binaryMediaTypes", ir.api.binary_media_types.iter().any(is_deferred)),
        ("minimumCompressionSize", ir.api.minimum_compression_size.as_ref().is_some_and(is_deferred)),
        ("models", ir.models.values().filter_map(|it| it.schema.as_ref()).any(|it| is_open(&it.to_json()))),
        (
            "gatewayResponses",
            ir.gateway_responses.values().flat_map(|it| &it.headers).any(|it| is_deferred(&it.1)),
        ),
    ];
    out.extend(rest.into_iter().filter(|it| it.1).map(|it| format!("`{}`", it.0)));
    for (id, _) in cx.bindings.integrations() {
        let it = &ir.integrations[id];
        let backend = match &it.backend {
            Backend::Lambda { callee: it, .. } => callee(it),
            Backend::Http { uri, tls, link, target, .. } => {
                is_deferred(uri)
                    || tls.iter().chain(target).any(is_deferred)
                    || link.as_ref().is_some_and(vpc_link)
            }
            Backend::Service { parameters, .. } => parameters.iter().any(|it| is_deferred(&it.1)),
            Backend::Action { action, .. } => is_deferred(action),
            Backend::Mock { .. } | Backend::Unknown => false,
        };
        let role = matches!(&it.credentials, Credentials::Role(it) if is_deferred(it));
        let timeout = it.timeout.as_ref().is_some_and(is_deferred);
        let mapped = it.request_parameters.iter().chain(it.response_parameters.iter().flat_map(|it| &it.1));
        let responses = it.transformation.iter().flat_map(|it| &it.responses);
        let answered = responses.flat_map(|it| &it.headers).any(|it| is_deferred(&it.1));
        if backend || role || timeout || answered || mapped.into_iter().any(|it| is_deferred(&it.source)) {
            out.push(format!("integration `{}`", it.name.value));
        }
    }
    for (id, _) in cx.bindings.authorizers() {
        let it = &ir.authorizers[id];
        let deferred = match &it.kind {
            AuthorizerKind::Jwt { issuer, audience } => issuer.iter().chain(audience).any(is_deferred),
            AuthorizerKind::Lambda { callee: it, role, cache, .. } => {
                callee(it)
                    || role.as_ref().is_some_and(is_deferred)
                    || cache.as_ref().is_some_and(is_deferred)
            }
            AuthorizerKind::Cognito { pools, cache } => {
                pools.iter().any(is_deferred) || cache.as_ref().is_some_and(is_deferred)
            }
            AuthorizerKind::Unknown => false,
        };
        if deferred || it.identity.iter().any(is_deferred) {
            out.push(format!("authorizer `{}`", it.name.value));
        }
    }
    for (id, _) in &cx.bindings.routes {
        let route = &ir.routes[*id];
        if route.scopes.iter().any(is_deferred) {
            out.push(format!("route `{}`", route.key.value.as_str()));
        }
    }
    out
}
