//! `AWS::ApiGatewayV2::Deployment`: what a stage without automatic deployment shows. CloudFormation never renews
//! one, so its logical id ends in a digest of what it holds.

use gatewright_ir::{
    Authorization, AuthorizerKind, Backend, Callee, Credentials, Generated, Located, Redeploy, StageId,
};
use serde_json::{Map, Value};

use super::template::{Template, resource};
use super::{Context, Layout};
use crate::artifact::Note;
use crate::digest::digest;
use crate::intrinsic::reference;
use crate::object::Object;
use crate::object::{json, texts};
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
            digest(&snapshot(cx, template))
        });
        let routes = match cx.options.layout {
            Layout::Body => Vec::new(),
            Layout::Resources => {
                cx.bindings.routes.iter().map(|it| cx.bindings.id(Generated::Route(it.0)).into()).collect()
            }
        };
        let properties = Object::new().set("ApiId", reference(&cx.bindings.id(Generated::Api)));
        let attributes = Object::new().list("DependsOn", routes);
        let base = cx.bindings.id(Generated::Stage(stage)) + "Deployment";
        let deployment = resource("AWS::ApiGatewayV2::Deployment", attributes, properties);
        template.add_derived(&base, digest, deployment)
    }
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
            texts(&route.scopes).into(),
            route.operation_name.as_ref().map(|it| &*it.value).into(),
        ];
        routes.insert(route.key.value.as_str().to_owned(), it.into());
    }
    Object::new()
        .maybe("cors", openapi::cors(&api.cors, Spelling::Camel))
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
        .maybe("token", cx.options.redeploy_token)
        .into()
}

/// Says what the digest cannot see.
fn notes(cx: &Context<'_>, template: &mut Template<'_>) {
    let always = cx.bindings.ir.api.redeploy == Redeploy::Always;
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
        "values that are only known when deploying stand in {}{more}: when only such a value changes, stages without \
         automatic deployment keep the old one; `redeploy: always` deploys at every build",
        deferred.join(", ")
    )));
}

fn is_deferred<T>(it: &Located<T>) -> bool {
    it.value.deferred().is_some()
}

/// What of the snapshot the user left for CloudFormation to work out.
fn deferred(cx: &Context<'_>) -> Vec<String> {
    let ir = cx.bindings.ir;
    let mut out = Vec::new();
    let callee = |it: &Callee| matches!(it, Callee::Arn(it) if is_deferred(it));
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
    for (id, _) in cx.bindings.integrations() {
        let it = &ir.integrations[id];
        let backend = match &it.backend {
            Backend::Lambda { callee: it, .. } => callee(it),
            Backend::Http { uri, tls, .. } => is_deferred(uri) || tls.as_ref().is_some_and(is_deferred),
            Backend::Service { parameters, .. } => parameters.iter().any(|it| is_deferred(&it.1)),
            Backend::Unknown => false,
        };
        let role = matches!(&it.credentials, Credentials::Role(it) if is_deferred(it));
        let mapped = it.request_parameters.iter().chain(it.response_parameters.iter().flat_map(|it| &it.1));
        if backend || role || mapped.into_iter().any(|it| is_deferred(&it.source)) {
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
