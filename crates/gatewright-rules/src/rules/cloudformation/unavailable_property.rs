use gatewright_ir::{ApiKind, Data, Raw};
use gatewright_source::{Edit, Fix, Safety, Severity, Span};

use super::property::{entries, literal};
use super::template::{Resource, api_id};
use crate::rules::words::apis;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unavailable-property",
    page: include_str!("unavailable_property.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::V2,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

/// Which values a kind of API does not have.
#[derive(Clone, Copy, Debug)]
enum Values {
    /// Any.
    All,
    /// `true`.
    True,
    /// Text other than this.
    Not(&'static [&'static str]),
    /// This text.
    Only(&'static [&'static str]),
}

/// Something that one kind of API does not have.
#[derive(Clone, Copy, Debug)]
struct Unavailable {
    kind: ApiKind,
    of: &'static str,
    key: &'static str,
    values: Values,
    /// Whether AWS is known to refuse it; otherwise it only has no meaning.
    is_refused: bool,
    /// Whether it may go without anything else: it never had a meaning.
    may_go: bool,
}

const fn refused(
    kind: ApiKind,
    of: &'static str,
    key: &'static str,
    values: Values,
    may_go: bool,
) -> Unavailable {
    Unavailable { kind, of, key, values, is_refused: true, may_go }
}

const fn idle(kind: ApiKind, of: &'static str, key: &'static str) -> Unavailable {
    Unavailable { kind, of, key, values: Values::All, is_refused: false, may_go: true }
}

const API: &str = "AWS::ApiGatewayV2::Api";
const ROUTE: &str = "AWS::ApiGatewayV2::Route";
const INTEGRATION: &str = "AWS::ApiGatewayV2::Integration";
const AUTHORIZER: &str = "AWS::ApiGatewayV2::Authorizer";
const ROUTE_RESPONSE: &str = "AWS::ApiGatewayV2::RouteResponse";
/// Settings of routes, wherever a stage or an API has them.
const SETTINGS: &str = "settings of routes";

/// The only expression that an HTTP API may have, in both spellings that API Gateway takes.
const HTTP_SELECTION: [&str; 2] = ["$request.method $request.path", "${request.method} ${request.path}"];

/// Source: API Gateway V2 API Reference and CloudFormation Template Reference ("Supported only for …"); what is refused
/// was seen in answers of API Gateway, which the page quotes.
const PROPERTIES: [Unavailable; 16] = [
    refused(ApiKind::Http, ROUTE, "ApiKeyRequired", Values::True, true),
    refused(ApiKind::Http, SETTINGS, "LoggingLevel", Values::Only(&["ERROR", "INFO"]), true),
    refused(ApiKind::Http, SETTINGS, "DataTraceEnabled", Values::True, true),
    refused(ApiKind::Http, INTEGRATION, "IntegrationType", Values::Only(&["AWS", "HTTP", "MOCK"]), false),
    refused(ApiKind::Http, API, "RouteSelectionExpression", Values::Not(&HTTP_SELECTION), true),
    idle(ApiKind::Http, ROUTE, "RequestModels"),
    idle(ApiKind::Http, ROUTE, "RequestParameters"),
    idle(ApiKind::Http, ROUTE, "ModelSelectionExpression"),
    idle(ApiKind::Http, ROUTE, "RouteResponseSelectionExpression"),
    idle(ApiKind::Http, INTEGRATION, "RequestTemplates"),
    idle(ApiKind::Http, INTEGRATION, "TemplateSelectionExpression"),
    refused(ApiKind::WebSocket, API, "CorsConfiguration", Values::All, true),
    refused(ApiKind::WebSocket, AUTHORIZER, "AuthorizerType", Values::Only(&["JWT"]), false),
    refused(ApiKind::WebSocket, ROUTE_RESPONSE, "RouteResponseKey", Values::Not(&["$default"]), false),
    idle(ApiKind::WebSocket, INTEGRATION, "IntegrationSubtype"),
    idle(ApiKind::WebSocket, INTEGRATION, "TlsConfig"),
];

/// Resources that HTTP APIs do not have.
const WEBSOCKET_ONLY: [(&str, &str); 3] = [
    ("AWS::ApiGatewayV2::Model", "models"),
    (ROUTE_RESPONSE, "route responses"),
    ("AWS::ApiGatewayV2::IntegrationResponse", "integration responses"),
];

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), cx.template()) else { return };
    let kind = cx.ir.api.kind;
    for it in template.get(api).into_iter().chain(template.parts(api)) {
        if let Some((_, what)) = WEBSOCKET_ONLY.iter().find(|of| of.0 == it.of && kind == ApiKind::Http) {
            out.report(it.id.span, format!("HTTP APIs have no {what}"))
                .help("remove it: only WebSocket APIs have them");
            continue;
        }
        let Some(own) = it.properties() else { continue };
        properties(kind, it.of, own, out);
        settings(kind, it, out);
    }
}

/// The settings of routes that a stage has, or an API of SAM.
fn settings(kind: ApiKind, it: &Resource<'_>, out: &mut Findings) {
    if !matches!(it.of, "AWS::ApiGatewayV2::Stage" | "AWS::Serverless::HttpApi") {
        return;
    }
    if let Some(all) = it.get("DefaultRouteSettings") {
        properties(kind, SETTINGS, all, out);
    }
    for (_, of_route) in it.get("RouteSettings").map(entries).unwrap_or_default() {
        properties(kind, SETTINGS, of_route, out);
    }
}

fn properties(kind: ApiKind, of: &str, whole: &Raw, out: &mut Findings) {
    for it in PROPERTIES.iter().filter(|it| it.kind == kind && it.of == of) {
        let Some((key, value)) = entries(whole).iter().find(|entry| *entry.0.value == *it.key) else {
            continue;
        };
        if !it.values.contains(value) {
            continue;
        }
        let shown = match (it.values, literal(value)) {
            (Values::Only(_) | Values::Not(_), Some((text, _))) => format!("`{}: {text}`", it.key),
            _ => format!("`{}`", it.key),
        };
        report(it, (key.span, shown), out);
    }
}

fn report(it: &Unavailable, (span, shown): (Span, String), out: &mut Findings) {
    let of = apis(it.kind);
    let message = if it.is_refused {
        format!("{of} do not have {shown}")
    } else {
        format!("{shown} has no effect: {of} do not have it")
    };
    let finding = out.report(span, message);
    let title = format!("remove `{}`", it.key);
    let finding = match it.key {
        "IntegrationType" => finding.help("write `AWS_PROXY` or `HTTP_PROXY`, or make it a REST API"),
        "AuthorizerType" => finding.help("write `REQUEST`, with a function"),
        "RouteResponseKey" => finding.help("write `$default`"),
        _ => finding.help(title.clone()),
    };
    let finding =
        if it.may_go { finding.fix(Fix::safe(title, [Edit::Remove { entry: span }])) } else { finding };
    if !it.is_refused {
        finding.warning();
    }
}

impl Values {
    fn contains(self, value: &Raw) -> bool {
        match self {
            Self::All => value.function().is_none() && value.data != Data::Null,
            Self::True => value.data == Data::Bool(true) || value.as_str() == Some("true"),
            Self::Not(known) => value.as_str().is_some_and(|it| !known.contains(&it)),
            Self::Only(known) => value.as_str().is_some_and(|it| known.contains(&it)),
        }
    }
}
