//! `AWS::ApiGatewayV2::Deployment`: what a stage without automatic deployment shows. CloudFormation never renews
//! one, so its logical id ends in a digest of what it holds.

use gatewright_ir::{
    ApiKind, Authorization, AuthorizerKind, Backend, Callee, CodeSource, Credentials, FunctionId, Generated,
    Ir, Link, Located, LocatedList, Origin, Raw, Redeploy, StageId, VpcLinkId,
};
use serde_json::{Map, Value};

use super::template::{Template, resource};
use super::{Context, Layout};
use crate::artifact::Note;
use crate::binding::Bindings;
use crate::digest::digest;
use crate::intrinsic::{self, reference};
use crate::list::list;
use crate::object::{Object, json, text};
use crate::openapi::{self, Spelling};

/// The digest is the same for all stages, and made when the first needs it.
#[derive(Default)]
pub(super) struct Deployments {
    digest: Option<String>,
}

impl Deployments {
    /// Adds the deployment of a stage and gives its logical id.
    pub(super) fn emit(&mut self, cx: &Context<'_>, template: &mut Template<'_>, stage: StageId) -> String {
        let digest = self.digest.get_or_insert_with(|| {
            notes(cx, template);
            digest(&match cx.bindings.ir.api.kind {
                ApiKind::WebSocket => snapshot_of_resources(cx, template),
                _ => snapshot(cx, template),
            })
        });
        let routes: Vec<Value> = match cx.options.layout {
            Layout::Body => Vec::new(),
            Layout::Resources => awaited(template),
        };
        let properties = Object::new().set("ApiId", reference(&cx.bindings.id(Generated::Api)));
        let attributes = Object::new().list("DependsOn", routes);
        let base = cx.bindings.id(Generated::Stage(stage)) + "Deployment";
        let deployment = resource("AWS::ApiGatewayV2::Deployment", attributes, properties);
        template.add_derived(&base, digest, deployment)
    }
}

/// The resources that must be there first: no other resource refers to them.
fn awaited(template: &Template<'_>) -> Vec<Value> {
    const KINDS: [&str; 3] = [
        "AWS::ApiGatewayV2::Route",
        "AWS::ApiGatewayV2::RouteResponse",
        "AWS::ApiGatewayV2::IntegrationResponse",
    ];
    let is_awaited = |it: &Value| it["Type"].as_str().is_some_and(|it| KINDS.contains(&it));
    template.resources.iter().filter(|it| is_awaited(it.1)).map(|it| it.0.as_str().into()).collect()
}

/// Everything that a deployment of a WebSocket API holds, and nothing else: the properties of the resources that it
/// consists of, but for names and descriptions that no caller meets.
fn snapshot_of_resources(cx: &Context<'_>, template: &Template<'_>) -> Value {
    let mut resources = Map::new();
    for (id, resource) in &template.resources {
        let unseen: &[&str] = match resource["Type"].as_str() {
            Some("AWS::ApiGatewayV2::Api") => &["Name", "Description", "Tags"],
            Some(
                "AWS::ApiGatewayV2::Route"
                | "AWS::ApiGatewayV2::RouteResponse"
                | "AWS::ApiGatewayV2::Integration"
                | "AWS::ApiGatewayV2::IntegrationResponse"
                | "AWS::ApiGatewayV2::Authorizer"
                | "AWS::ApiGatewayV2::Model",
            ) => &["Description"],
            _ => continue,
        };
        let mut properties = resource["Properties"].clone();
        if let Some(properties) = properties.as_object_mut() {
            properties.retain(|name, _| !unseen.contains(&name.as_str()));
        }
        resources.insert(id.clone(), properties);
    }
    Object::new()
        .set("resources", resources)
        .object("identities", identities(cx, template))
        .maybe("token", cx.options.redeploy_token)
        .into()
}

/// What tells whether CloudFormation replaces the resources that a deployment keeps the ids of.
fn identities(cx: &Context<'_>, template: &Template<'_>) -> Object {
    let mut out = Map::new();
    for (id, kind) in referenced(&cx.bindings) {
        let mut own = kind.properties(cx.bindings.ir);
        let change = template.override_of(&id);
        for name in kind.create_only() {
            if let Some(it) = change.as_ref().and_then(|it| it.get("Properties")?.get(*name)) {
                own = own.set(*name, it.clone());
            }
        }
        if !own.is_empty() {
            out.insert(id, own.into());
        }
    }
    out.into_iter().collect()
}

/// Everything that a deployment holds, and nothing else: no throttles, variables, tags, logs or descriptions. It
/// is the same in both layouts.
fn snapshot(cx: &Context<'_>, template: &Template<'_>) -> Value {
    let bindings = &cx.bindings;
    let api = &bindings.ir.api;
    let mut overrides = Map::new();
    let mut overridden = |id: &str| {
        if let Some(it) = template.override_of(id) {
            overrides.insert(id.to_owned(), it);
        }
    };
    overridden(&bindings.id(Generated::Api));
    let mut integrations = Map::new();
    for (_, it) in bindings.integrations() {
        overridden(&it.id);
        integrations.insert(it.id.clone(), openapi::integration(it).into());
    }
    let mut authorizers = Map::new();
    for (_, it) in bindings.authorizers() {
        overridden(&it.id);
        authorizers.insert(it.id.clone(), openapi::scheme(it).into());
    }
    let mut routes = Map::new();
    for (id, integration) in &bindings.routes {
        let route = &bindings.ir.routes[*id];
        if !bindings.ir.template.overrides.is_empty() {
            overridden(&bindings.id(Generated::Route(*id)));
        }
        let authorization: Value = match route.authorization {
            Authorization::Authorizer(it) => bindings.authorizer(it).map(|it| it.id.as_str()).into(),
            Authorization::Iam => true.into(),
            Authorization::None | Authorization::Unknown => false.into(),
        };
        let it = vec![
            bindings.integration(*integration).id.as_str().into(),
            authorization,
            list(bindings.ir, &route.scopes),
            route.operation_name.as_ref().map(|it| &*it.value).into(),
        ];
        routes.insert(route.key.value.as_str().to_owned(), it.into());
    }
    Object::new()
        .maybe("cors", openapi::cors(bindings.ir, Spelling::Camel))
        .maybe(
            "disableExecuteApiEndpoint",
            api.disable_default_endpoint.as_ref().map(|it| json(it, |it| (*it).into())),
        )
        .maybe(
            "ipAddressType",
            api.ip_address_type.as_ref().map(|it| json(it, |it| openapi::ip_address_type(*it).into())),
        )
        .set("integrations", integrations)
        .set("authorizers", authorizers)
        .set("routes", routes)
        .set("overrides", overrides)
        .object("identities", identities(cx, template))
        .maybe("token", cx.options.redeploy_token)
        .into()
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
    if cx.options.layout == Layout::Resources {
        let (stages, body) = match cx.bindings.ir.api.kind {
            ApiKind::Http => ("stages without automatic deployment", "use `--layout body`, or "),
            ApiKind::Rest => ("stages", "use `--layout body`, or "),
            ApiKind::WebSocket => ("stages", ""),
        };
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
    let stages = match cx.bindings.ir.api.kind {
        ApiKind::Http => "stages without automatic deployment",
        _ => "stages",
    };
    template.notes.push(Note::new(format!(
        "values that are only known when deploying stand in {}{more}: when only such a value changes, {stages} keep the \
         old one; `redeploy: always` deploys at every build",
        deferred.join(", ")
    )));
}

/// Whether a value may be another one in the next deployment of the same template. What CloudFormation knows of the
/// stack itself, such as its region, stays.
fn is_deferred<T>(it: &Located<T>) -> bool {
    let Some(it) = it.value.deferred().map(Raw::to_json) else { return false };
    match intrinsic::function(&it) {
        Some(("Ref", Value::String(name))) => !name.starts_with("AWS::"),
        Some(("Fn::Sub", Value::String(template))) => {
            intrinsic::placeholders(template).any(|it| !it.starts_with("AWS::"))
        }
        _ => true,
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
            let known = of.existing.iter().chain(&of.target);
            known.into_iter().any(is_deferred) || lists.any(is_deferred_list)
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
    for it in ir.models.values() {
        let mut named = it.schema.iter().flat_map(gatewright_ir::references);
        if named.any(|it| !it.name.starts_with("AWS::")) {
            out.push(format!("model `{}`", it.name.value));
        }
    }
    for (id, _) in cx.bindings.integrations() {
        let it = &ir.integrations[id];
        let backend = match &it.backend {
            Backend::Lambda { callee: it, .. } => callee(it),
            Backend::Http { uri, tls, link, .. } => {
                is_deferred(uri)
                    || tls.as_ref().is_some_and(is_deferred)
                    || link.as_ref().is_some_and(vpc_link)
            }
            Backend::Service { parameters, .. } => parameters.iter().any(|it| is_deferred(&it.1)),
            Backend::Action { action, .. } => is_deferred(action),
            Backend::Mock { .. } | Backend::Unknown => false,
        };
        let role = matches!(&it.credentials, Credentials::Role(it) if is_deferred(it));
        let mapped = it.request_parameters.iter().chain(it.response_parameters.iter().flat_map(|it| &it.1));
        let responses = it.transformation.iter().flat_map(|it| &it.responses);
        let mut headers = responses.flat_map(|it| &it.headers);
        if backend
            || role
            || mapped.into_iter().any(|it| is_deferred(&it.source))
            || headers.any(|it| is_deferred(&it.1))
        {
            out.push(format!("integration `{}`", it.name.value));
        }
    }
    for (id, _) in cx.bindings.authorizers() {
        let it = &ir.authorizers[id];
        let deferred = match &it.kind {
            AuthorizerKind::Jwt { issuer, audience } => issuer.iter().chain(audience).any(is_deferred),
            AuthorizerKind::Lambda { callee: it, role, .. } => {
                callee(it) || role.as_ref().is_some_and(is_deferred)
            }
            AuthorizerKind::Cognito { pools, .. } => pools.iter().any(is_deferred),
            AuthorizerKind::Unknown => false,
        };
        if deferred {
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
