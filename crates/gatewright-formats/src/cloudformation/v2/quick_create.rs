//! Quick create: an API with a target has a route, an integration and a stage that API Gateway makes by itself, and
//! `AWS::ApiGatewayV2::ApiGatewayManagedOverrides`, which changes them.
//!
//! Source: AWS CloudFormation User Guide, `AWS::ApiGatewayV2::Api`: `Target`, `RouteKey`, `CredentialsArn`.

use gatewright_ir::{
    ApiKind, Backend, Credentials, Generated, Id as _, Integration, IntegrationId, Name, Route, RouteId,
    RouteTarget, Stage, StageId,
};

use super::super::Resource;
use super::routes::authorization;
use super::stages::with_settings;
use super::{Parts, integrations};
use crate::draft::{Draft, Reading, is_there};
use crate::target::{Target, target};

/// What API Gateway made.
#[derive(Clone, Copy)]
pub(super) struct Quick {
    integration: IntegrationId,
    route: RouteId,
    stage: StageId,
}

/// Reads the target of an API.
pub(super) fn read(cx: &Reading<'_>, draft: &mut Draft, parts: &mut Parts, it: Resource<'_>) {
    let of = it.properties;
    let Some(uri) = of.get("Target").filter(|it| is_there(it)) else { return };
    if draft.ir.api.kind != ApiKind::Http {
        return;
    }
    let backend = match target(cx, draft, uri) {
        Target::Function { callee, .. } => {
            Backend::Lambda { callee, payload: Name::new("2.0".into(), uri.span) }
        }
        Target::Server(uri) if uri.value.as_str().is_some_and(|it| it.starts_with("http")) => {
            let method = Name::new("ANY".into(), uri.span);
            Backend::Http { uri, method, link: None, tls: None, payload: None, target: None }
        }
        Target::Server(_) | Target::Action(_) => Backend::Unknown,
    };
    let name = Name::new(it.id.value.clone(), uri.span);
    let credentials = draft.text_of(of, "CredentialsArn").map_or(Credentials::None, Credentials::Role);
    let integration = draft.ir.integrations.push(integrations::plain(name, backend, credentials));
    let route = RouteId::from_index(draft.ir.routes.len());
    let default = Name::new("$default".into(), uri.span);
    let key = match of.get("RouteKey").filter(|it| is_there(it)) {
        Some(key) => draft.name(Generated::Route(route), Some(key), it.id),
        None => default,
    };
    let key = draft.key(key.value, key.span);
    parts.keys.insert(key.value.as_str().into(), route);
    draft.ir.routes.push(Route::new(key, RouteTarget::Integration(integration, uri.span)));
    let stage = draft.ir.stages.push(Stage::undeclared(ApiKind::Http, it.id.span));
    parts.quick = Some(Quick { integration, route, stage });
}

/// Reads what is changed in them.
pub(super) fn overrides(cx: &Reading<'_>, draft: &mut Draft, parts: &mut Parts, it: Resource<'_>) {
    let Some(quick) = parts.quick else { return };
    if let Some(of) = draft.inner(it.properties, "Integration") {
        let timeout = draft.milliseconds_of(&of, "TimeoutInMillis");
        let payload = draft.name_of(&of, "PayloadFormatVersion");
        let method = draft.name_of(&of, "IntegrationMethod");
        let description = draft.name_of(&of, "Description");
        let integration: &mut Integration = &mut draft.ir.integrations[quick.integration];
        integration.timeout = timeout;
        integration.description = description;
        match &mut integration.backend {
            Backend::Lambda { payload: known, .. } => *known = payload.unwrap_or_else(|| known.clone()),
            Backend::Http { payload: known, method: called, .. } => {
                *known = payload;
                *called = method.unwrap_or_else(|| called.clone());
            }
            _ => {}
        }
    }
    if let Some(of) = draft.inner(it.properties, "Route") {
        let (authorization, source) = authorization(cx, draft, &of);
        let scopes = draft.texts_of(&of, "AuthorizationScopes");
        let operation_name = draft.name_of(&of, "OperationName").map(Box::new);
        let route = &mut draft.ir.routes[quick.route];
        (route.authorization, route.authorization_source) = (authorization, source);
        (route.scopes, route.operation_name) = (scopes, operation_name);
        if of.get("Target").is_some_and(is_there) {
            route.target = RouteTarget::Unknown;
        }
    }
    if let Some(of) = draft.inner(it.properties, "Stage") {
        let stage = draft.ir.stages[quick.stage].clone();
        let description = draft.name_of(&of, "Description");
        let stage = with_settings(draft, parts, &of, Stage { declared: true, description, ..stage });
        draft.ir.stages[quick.stage] = stage;
    }
}
