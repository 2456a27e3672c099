use gatewright_ir::{
    Authorization, AuthorizerKind, Backend, Callee, CorsSetting, Domain, EndpointType, Format,
    GatewayResponse, Integration, Ir, Located, LogLevel, ParameterMapping, Raw, Route, Stage, Text, Value,
};
use gatewright_source::Severity;

use super::super::serverless::document;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "needless-rest-api",
    page: include_str!("needless_rest_api.md"),
    severity: Severity::Warning,
    category: Category::Cost,
    preset: Preset::Strict,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// For how long an HTTP API waits for a backend, in milliseconds.
///
/// Source: API Gateway Developer Guide, "Quotas for configuring and running an HTTP API".
const LONGEST: u64 = 30_000;

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let is_whole = !ir.provenance.is_fragment && !ir.api.routes_unknown && !ir.routes.is_empty();
    if !is_whole || api_needs_it(ir) || surroundings_need_it(ir) {
        return;
    }
    if ir.routes.values().any(|it| route_needs_it(ir, it))
        || ir.integrations.values().any(integration_needs_it)
        || ir.stages.values().any(stage_needs_it)
        || ir.domains.values().any(domain_needs_it)
    {
        return;
    }
    let name = &ir.api.name;
    out.report(
        name.span,
        format!("nothing in `{}` needs a REST API: an HTTP API costs less than a third", name.value),
    )
    .help("write `kind: http`")
    .help_in(Formats::CLOUDFORMATION, "make it an `AWS::ApiGatewayV2::Api`")
    .help_in(Formats::SAM, "use `HttpApi` events, and an `AWS::Serverless::HttpApi` in place of the API")
    .help_in(Formats::SERVERLESS, "use `httpApi` events in place of `http`");
}

/// Whether the API as a whole has what an HTTP API has not.
fn api_needs_it(ir: &Ir) -> bool {
    let (api, endpoint) = (&ir.api, &ir.api.endpoint);
    // Where nothing is said nobody chose what CloudFormation makes of it.
    let is_chosen = endpoint.span.is_some() && endpoint.kind != EndpointType::Regional;
    is_chosen
        || endpoint.kind_unknown
        || endpoint.kind == EndpointType::Private
        || endpoint.tls_policy.is_some()
        || endpoint.access_mode.is_some()
        || api.policy.is_some()
        || api.api_key_source.is_some()
        || !api.binary_media_types.is_empty()
        || api.minimum_compression_size.is_some()
        || api.unknown_model
        || api.usage_plans_unknown
        || matches!(api.cors, CorsSetting::Unknown)
        || !ir.api_keys.is_empty()
        || !ir.usage_plans.is_empty()
        || !ir.models.is_empty()
        || !ir.gateway_responses.values().all(is_for_cors)
}

/// What gives answers of API Gateway itself to web pages, as the CORS of an HTTP API does.
fn is_for_cors(it: &GatewayResponse) -> bool {
    let is_cors = |it: &(gatewright_ir::Name, Located<Text>)| {
        it.0.value.to_ascii_lowercase().contains("access-control-")
    };
    it.status.is_none() && it.templates.is_empty() && it.headers.iter().all(is_cors)
}

/// Whether something beside the API is only for REST APIs, or a plug-in may do what one can.
fn surroundings_need_it(ir: &Ir) -> bool {
    const OF_REST: [&str; 4] = [
        "AWS::WAFv2::WebACLAssociation",
        "AWS::WAFRegional::WebACLAssociation",
        "AWS::ApiGateway::UsagePlan",
        "AWS::ApiGateway::DocumentationPart",
    ];
    let of = |it: &Raw| it.get("Type").and_then(Raw::as_str).is_some_and(|it| OF_REST.contains(&it));
    if ir.template.resources.iter().any(|it| of(&it.1)) {
        return true;
    }
    let custom = document::under(ir, &["custom"]).filter(|_| ir.provenance.format == Format::Serverless);
    custom.is_some_and(|it| {
        let names = document::entries(it).iter().map(|it| it.0.value.to_ascii_lowercase());
        it.function().is_some() || names.into_iter().any(|it| it.contains("apigateway") || it.contains("waf"))
    })
}

fn route_needs_it(ir: &Ir, it: &Route) -> bool {
    let by_authorizer = match it.authorization {
        Authorization::None | Authorization::Iam => false,
        Authorization::Unknown => true,
        Authorization::Authorizer(id) => match &ir.authorizers[id].kind {
            AuthorizerKind::Jwt { .. } | AuthorizerKind::Cognito { .. } => false,
            AuthorizerKind::Lambda { callee, identity_pattern, .. } => {
                identity_pattern.is_some() || matches!(callee, Callee::Unknown)
            }
            AuthorizerKind::Unknown => true,
        },
    };
    let caches = it.settings.as_ref().is_some_and(|it| it.cache.is_some());
    by_authorizer
        || caches
        || it.api_key.is_some()
        || it.validation.is_some()
        || !it.cache_key.is_empty()
        || it.cache_key_unknown
        || it.target.integration().is_none()
}

fn integration_needs_it(it: &Integration) -> bool {
    let by_backend = match &it.backend {
        Backend::Lambda { callee, .. } => matches!(callee, Callee::Unknown | Callee::Staged(_)),
        Backend::Http { link, uri, .. } => link.is_some() || matches!(uri.value, Value::Deferred(_)),
        Backend::Service { .. } | Backend::Action { .. } | Backend::Mock { .. } | Backend::Unknown => true,
    };
    let is_longer =
        it.timeout.as_ref().is_some_and(|it| it.value.known().is_none_or(|it| it.milliseconds > LONGEST));
    let streams = it.transformation.as_ref().is_some_and(|it| it.stream.is_some());
    by_backend
        || is_longer
        || streams
        || !it.is_proxy()
        || !it.response_parameters.is_empty()
        || !it.request_parameters.iter().all(is_copy)
}

/// Whether a part of the request becomes a part of the request.
fn is_copy(it: &ParameterMapping) -> bool {
    let is_part = |text: &str| ["path.", "querystring.", "header."].iter().any(|it| text.starts_with(it));
    let source = it.source.value.as_str().and_then(|it| it.strip_prefix("method.request."));
    let destination = it.destination.value.strip_prefix("integration.request.");
    source.is_some_and(is_part) && destination.is_some_and(is_part)
}

fn stage_needs_it(it: &Stage) -> bool {
    let all = it.routes.iter().map(|it| &it.1).chain([&it.settings]);
    let logs = |level: Option<LogLevel>| level != Some(LogLevel::Off);
    // The access log of an HTTP API cannot go to Firehose.
    let goes_elsewhere = it.access_log.as_ref().and_then(|it| it.destination.as_ref());
    let may_be_firehose =
        goes_elsewhere.is_some_and(|it| it.value.as_str().is_none_or(|it| it.contains(":firehose:")));
    let is_traced = it.tracing.as_ref().is_some_and(|it| it.value.known() != Some(&false));
    is_traced
        || may_be_firehose
        || it.cache.is_some()
        || it.canary.is_some()
        || it.web_acl.is_some()
        || it.client_certificate.is_some()
        || it.documentation_version.is_some()
        || it.settings_unknown && it.declared
        || all.into_iter().any(|it| it.cache.is_some() || it.execution_log.is_some_and(|it| logs(it.level)))
}

fn domain_needs_it(it: &Domain) -> bool {
    let is_chosen = it.endpoint_span.is_some() && it.endpoint != EndpointType::Regional;
    is_chosen || it.access_mode.is_some() || it.policy.is_some() || it.mappings.len() > 1
}
