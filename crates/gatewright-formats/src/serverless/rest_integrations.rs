//! What `http` events call: their function as it is or through mapping templates, an HTTP server, or nothing.
//!
//! Source: serverless/serverless v3, `lib/plugins/aws/package/compile/events/api-gateway/lib`: `validate.js`,
//! `method/integration.js`.

use gatewright_ir::{
    Backend, ContentHandling, Credentials, Integration, IntegrationId, IntegrationResponse, Link, Located,
    MappingTemplate, Name, ParameterMapping, PassthroughBehavior, RouteTarget, Span, Spanned, Text,
    Transformation, VpcLink, VpcLinkId, known,
};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use super::functions::callee;
use super::rest::{Http, UNKNOWN_TARGET, is_async};
use super::service::{Service, at, is_false, is_true};
use crate::draft::{Draft, Reading, flag, is_there};
use crate::written::{sole_hole, written};

/// Statuses, and the pattern of a function's error that leads to each.
///
/// Source: see the top, `DEFAULT_STATUS_CODES`.
const STATUSES: [(u64, &str); 9] = [
    (200, ""),
    (400, r"[\s\S]*\[400\][\s\S]*"),
    (401, r"[\s\S]*\[401\][\s\S]*"),
    (403, r"[\s\S]*\[403\][\s\S]*"),
    (404, r"[\s\S]*\[404\][\s\S]*"),
    (422, r"[\s\S]*\[422\][\s\S]*"),
    (500, r"[\s\S]*(Process\s?exited\s?before\s?completing\s?request|\[500\])[\s\S]*"),
    (502, r"[\s\S]*\[502\][\s\S]*"),
    (504, r"([\s\S]*\[504\][\s\S]*)|(.*Task timed out after \d+\.\d+ seconds$)"),
];

/// The media types for which the framework has a template of its own.
const TEMPLATES: [&str; 2] = ["application/json", "application/x-www-form-urlencoded"];

/// What routes of an API call.
#[derive(Default)]
pub(super) struct Integrations {
    /// Those of functions that are called as they are, by the name of the function.
    proxies: FxHashMap<Text, IntegrationId>,
}

impl Integrations {
    /// What a route calls.
    pub(super) fn target(
        &mut self,
        cx: &mut Reading<'_>,
        draft: &mut Draft,
        service: &Service,
        it: &Http<'_>,
    ) -> RouteTarget {
        let written = it.get(&["integration"]);
        let kind = match written {
            Some(it) => it.as_str().map(|it| it.to_ascii_uppercase().replacen('-', "_", 1)),
            None if is_async(it) => Some("AWS".to_owned()),
            None => Some("LAMBDA_PROXY".to_owned()),
        };
        let function = &it.event.function.name;
        let timeout = timeout(draft, service, it);
        let span = written.map_or(it.key.span, |it| it.span);
        match kind.as_deref() {
            Some("LAMBDA_PROXY" | "AWS_PROXY") => {
                let plain = timeout.is_none() && !is_async(it);
                if let Some(known) = self.proxies.get(&function.value).filter(|_| plain) {
                    return RouteTarget::Integration(*known, it.key.span);
                }
                let callee = callee(cx, draft, service, function);
                let payload = Name::new("1.0".into(), function.span);
                let name = if plain { function } else { &it.key };
                let transformation = Transformation { proxy: true, ..Transformation::default() };
                let mut integration = integration(name, Backend::Lambda { callee, payload }, transformation);
                integration.brought = !plain;
                integration.timeout = timeout;
                if is_async(it) {
                    integration.request_parameters = parameters(draft, it);
                }
                let id = draft.ir.integrations.push(integration);
                if plain {
                    self.proxies.insert(function.value.clone(), id);
                }
                RouteTarget::Integration(id, it.key.span)
            }
            Some(kind @ ("LAMBDA" | "AWS" | "HTTP" | "HTTP_PROXY" | "MOCK")) => {
                let backend = match kind {
                    "LAMBDA" | "AWS" => Backend::Lambda {
                        callee: callee(cx, draft, service, function),
                        payload: Name::new("1.0".into(), function.span),
                    },
                    "MOCK" => Backend::Mock { span },
                    _ => http(cx, draft, it, span, kind == "HTTP_PROXY"),
                };
                let has_function = matches!(backend, Backend::Lambda { .. });
                let proxy = kind == "HTTP_PROXY";
                let transformation = match proxy {
                    true => Transformation { proxy, proxy_stated: Some(span), ..Transformation::default() },
                    false => transformation(draft, it, span, has_function),
                };
                let mut integration = integration(&it.key, backend, transformation);
                integration.timeout = timeout;
                if kind != "MOCK" {
                    integration.request_parameters = parameters(draft, it);
                }
                RouteTarget::Integration(draft.ir.integrations.push(integration), span)
            }
            _ => UNKNOWN_TARGET,
        }
    }
}

fn http(cx: &Reading<'_>, draft: &mut Draft, it: &Http<'_>, span: Span, is_proxy: bool) -> Backend {
    let Some(uri) = it.get(&["request", "uri"]) else { return Backend::Unknown };
    let uri = draft.text(uri);
    // Of a proxy the framework removes it.
    let own = it.get(&["request", "method"]).filter(|_| !is_proxy);
    let method = match own {
        Some(own) => own.as_str().map(|text| Name::new(text.to_ascii_uppercase().into(), own.span)),
        None => Some(Name::new(it.method.as_str().into(), it.key.span)),
    };
    let Some(method) = method else { return Backend::Unknown };
    let link = it.get(&["connectionType"]).map(|_| match it.get(&["connectionId"]) {
        Some(id) => Link::Known(link(cx, draft, id), span),
        None => Link::Unknown,
    });
    Backend::Http { uri, method, link, tls: None, payload: None, target: None }
}
/// A VPC link that stands under `resources`, or exists already.
fn link(cx: &Reading<'_>, draft: &mut Draft, id: &Raw) -> VpcLinkId {
    let existing = draft.text(id);
    let text = written(&cx.scope, id).unwrap_or_default();
    let key: Text = sole_hole(&text).map_or(text.as_str(), |it| it.0).into();
    if let Some(known) = draft.vpc_links.get(&key) {
        return *known;
    }
    let link = VpcLink {
        name: Name::new(existing.value.as_str().map_or_else(|| "connectionId".into(), Text::from), id.span),
        existing: Some(existing),
        subnets: None,
        security_groups: None,
        target: None,
    };
    let link = draft.ir.vpc_links.push(link);
    draft.vpc_links.insert(key, link);
    link
}

fn integration(name: &Name, backend: Backend, transformation: Transformation) -> Integration {
    Integration {
        name: name.clone(),
        declared: false,
        brought: true,
        backend,
        timeout: None,
        credentials: Credentials::None,
        request_parameters: Vec::new(),
        response_parameters: Vec::new(),
        description: None,
        transformation: Some(Box::new(transformation)),
    }
}

/// The time limit, which forks of version 3 know.
fn timeout(draft: &mut Draft, service: &Service, it: &Http<'_>) -> Option<Located<gatewright_ir::Duration>> {
    let own = service.provider(&["apiGateway"]);
    draft
        .milliseconds_of(it.event.raw, "timeoutInMillis")
        .or_else(|| draft.milliseconds_of(own?, "timeoutInMillis"))
}

/// Changes to the request: each parameter that is declared is passed on.
fn parameters(draft: &mut Draft, it: &Http<'_>) -> Vec<ParameterMapping> {
    let mut out = Vec::new();
    for (section, place) in [("querystrings", "querystring"), ("paths", "path"), ("headers", "header")] {
        let Some(section) = it.get(&["request", "parameters", section]) else { continue };
        for (name, declared) in draft.entries(section) {
            let destination = format!("integration.request.{place}.{}", name.value);
            let source = match at(&declared, &["mappedValue"]) {
                Some(it) => draft.text(it),
                None => known(format!("method.request.{place}.{}", name.value).into(), name.span),
            };
            out.push(ParameterMapping { destination: Name::new(destination.into(), name.span), source });
        }
    }
    if let Some(it) = it.get(&["async"]).filter(|it| is_true(it)) {
        let destination = Name::new("integration.request.header.X-Amz-Invocation-Type".into(), it.span);
        out.push(ParameterMapping { destination, source: known("'Event'".into(), it.span) });
    }
    out
}

/// Whether a declared parameter must be there.
pub(super) fn is_required(declared: &Raw) -> bool {
    match &declared.data {
        Data::Map(_) => at(declared, &["required"]).is_none_or(|it| !is_false(it)),
        Data::Bool(it) => *it,
        _ => declared.as_str().and_then(flag).unwrap_or(false),
    }
}

fn transformation(draft: &mut Draft, it: &Http<'_>, span: Span, has_function: bool) -> Transformation {
    let passthrough = it.get(&["request", "passThrough"]);
    let passthrough_behavior = match passthrough.map(|it| (it.as_str(), it.span)) {
        Some((Some("NEVER"), span)) => Some(Spanned::new(PassthroughBehavior::Never, span)),
        Some((Some("WHEN_NO_MATCH"), span)) => Some(Spanned::new(PassthroughBehavior::WhenNoMatch, span)),
        Some((Some("WHEN_NO_TEMPLATES"), span)) => {
            Some(Spanned::new(PassthroughBehavior::WhenNoTemplates, span))
        }
        Some(_) => None,
        None => has_function.then_some(Spanned::new(PassthroughBehavior::Never, span)),
    };
    let handling = it.get(&["request", "contentHandling"]);
    let response = it.get(&["response"]);
    Transformation {
        proxy: false,
        proxy_stated: Some(span),
        request: requests(draft, it, span, has_function),
        responses: responses(draft, it, span, has_function),
        responses_stated: response.is_some(),
        responses_unknown: response.is_some_and(|it| {
            it.function().is_some() || at(it, &["statusCodes"]).is_some_and(|it| it.function().is_some())
        }),
        passthrough_behavior,
        content_handling: handling.and_then(content_handling),
        stream: None,
    }
}

fn content_handling(it: &Raw) -> Option<Spanned<ContentHandling>> {
    let handling = match it.as_str()? {
        "CONVERT_TO_TEXT" => ContentHandling::Text,
        "CONVERT_TO_BINARY" => ContentHandling::Binary,
        _ => return None,
    };
    Some(Spanned::new(handling, it.span))
}

fn template(draft: &mut Draft, it: &Raw) -> MappingTemplate {
    let text = draft.text(it);
    MappingTemplate { span: it.span, text: text.value.as_str().map(Text::from), file: None }
}

/// The templates for requests. The framework's own are known to it alone; `null` removes one of them.
fn requests(
    draft: &mut Draft,
    it: &Http<'_>,
    span: Span,
    has_function: bool,
) -> Vec<(Name, MappingTemplate)> {
    let own = it.get(&["request", "template"]);
    let removed = |media_type: &str| own.is_some_and(|it| it.get(media_type).is_some());
    let mut out = Vec::new();
    for media_type in TEMPLATES.into_iter().filter(|it| has_function && !removed(it)) {
        let template = MappingTemplate { span, text: None, file: None };
        out.push((Name::new(media_type.into(), span), template));
    }
    for (name, it) in own.map(|it| draft.entries(it)).unwrap_or_default() {
        let template = template(draft, &it);
        out.push((name, template));
    }
    out
}

/// What the caller gets, status by status.
fn responses(draft: &mut Draft, it: &Http<'_>, span: Span, has_function: bool) -> Vec<IntegrationResponse> {
    let response = it.get(&["response"]);
    let mut headers = cors_headers(it);
    if let Some(it) = response.and_then(|it| at(it, &["headers"])) {
        headers.extend(draft.pairs(it));
    }
    let common = response.and_then(|it| at(it, &["template"])).cloned();
    let handling = response.and_then(|it| content_handling(at(it, &["contentHandling"])?));
    let mut out = Vec::new();
    let mut add = |draft: &mut Draft, status: Spanned<u64>, pattern: Name, own: Option<&Raw>| {
        let mut headers = headers.clone();
        let mut templates = Vec::new();
        if let Some(it) = own {
            headers.extend(draft.pairs_of(it, "headers"));
        }
        match own.and_then(|it| at(it, &["template"])).or(common.as_ref()) {
            Some(it) if matches!(it.data, Data::Map(_)) && it.function().is_none() => {
                for (name, it) in draft.entries(it) {
                    let template = template(draft, &it);
                    templates.push((name, template));
                }
            }
            Some(it) => {
                templates.push((Name::new("application/json".into(), it.span), template(draft, it)));
            }
            None => {}
        }
        out.push(IntegrationResponse {
            pattern,
            content_handling: handling.filter(|_| (200..300).contains(&status.value)),
            status,
            templates,
            headers,
            model: None,
        });
    };
    let pattern = |text: &str, span| Name::new(if text.is_empty() { "default" } else { text }.into(), span);
    match response.and_then(|it| at(it, &["statusCodes"])) {
        Some(statuses) => {
            let statuses = draft.entries(statuses);
            let mut has_default = false;
            for (name, it) in &statuses {
                let Ok(status) = name.value.parse() else { continue };
                let written = at(it, &["pattern"]);
                let text = written.and_then(Raw::as_str).unwrap_or_default();
                has_default |= text.is_empty() && written.is_some();
                let place = written.map_or(name.span, |it| it.span);
                add(draft, Spanned::new(status, name.span), pattern(text, place), Some(it));
            }
            if !has_default && !statuses.iter().any(|it| &*it.0.value == "200") {
                add(draft, Spanned::new(200, span), pattern("", span), None);
            }
        }
        None if has_function || response.is_some() => {
            for (status, text) in STATUSES {
                add(draft, Spanned::new(status, span), pattern(text, span), None);
            }
        }
        None => {}
    }
    out
}

/// The headers that CORS adds to every answer.
fn cors_headers(it: &Http<'_>) -> Vec<(Name, Located<Text>)> {
    let Some(cors) = it.get(&["cors"]).filter(|it| !is_false(it) && it.function().is_none()) else {
        return Vec::new();
    };
    let origin = match at(cors, &["origins"]).map(|it| &it.data) {
        Some(Data::List(all)) => all
            .iter()
            .filter(|it| is_there(it))
            .map(Raw::as_str)
            .collect::<Option<Vec<_>>>()
            .map(|it| it.join(",")),
        Some(_) => None,
        None => match at(cors, &["origin"]) {
            Some(it) => it.as_str().map(str::to_owned),
            None => Some("*".to_owned()),
        },
    };
    let Some(origin) = origin else { return Vec::new() };
    let header =
        |name: &str, value: String| (Name::new(name.into(), cors.span), known(value.into(), cors.span));
    let mut out = vec![header("Access-Control-Allow-Origin", format!("'{origin}'"))];
    if at(cors, &["allowCredentials"]).is_some_and(is_true) {
        out.push(header("Access-Control-Allow-Credentials", "'true'".to_owned()));
    }
    out
}
