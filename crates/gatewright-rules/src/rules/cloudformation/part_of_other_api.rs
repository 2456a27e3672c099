use gatewright_ir::{Raw, Span};
use gatewright_source::Severity;

use super::property::{entries, items, named};
use super::template::{Resource, Template, logical_id, text};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "part-of-other-api",
    page: include_str!("part_of_other_api.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

/// What names another part of its API: the type, the key, the type of what is named, and what that is for it.
const NAMES: [(&str, &str, &str, &str); 15] = [
    ("AWS::ApiGateway::Stage", "DeploymentId", "AWS::ApiGateway::Deployment", "deployment"),
    ("AWS::ApiGateway::Resource", "ParentId", "AWS::ApiGateway::Resource", "parent"),
    ("AWS::ApiGateway::Method", "ResourceId", "AWS::ApiGateway::Resource", "resource"),
    ("AWS::ApiGateway::Method", "AuthorizerId", "AWS::ApiGateway::Authorizer", "authorizer"),
    ("AWS::ApiGateway::Method", "RequestValidatorId", "AWS::ApiGateway::RequestValidator", "validator"),
    ("AWS::ApiGateway::BasePathMapping", "Stage", "AWS::ApiGateway::Stage", "stage"),
    ("AWS::ApiGateway::BasePathMappingV2", "Stage", "AWS::ApiGateway::Stage", "stage"),
    ("AWS::ApiGatewayV2::ApiMapping", "Stage", "AWS::ApiGatewayV2::Stage", "stage"),
    ("AWS::ApiGatewayV2::ApiMapping", "Stage", "AWS::ApiGateway::Stage", "stage"),
    ("AWS::ApiGatewayV2::Stage", "DeploymentId", "AWS::ApiGatewayV2::Deployment", "deployment"),
    ("AWS::ApiGatewayV2::Route", "AuthorizerId", "AWS::ApiGatewayV2::Authorizer", "authorizer"),
    ("AWS::ApiGatewayV2::Route", "Target", "AWS::ApiGatewayV2::Integration", "integration"),
    ("AWS::ApiGatewayV2::RouteResponse", "RouteId", "AWS::ApiGatewayV2::Route", "route"),
    (
        "AWS::ApiGatewayV2::IntegrationResponse",
        "IntegrationId",
        "AWS::ApiGatewayV2::Integration",
        "integration",
    ),
    ("AWS::ApiGateway::UsagePlan", "ApiStages", "AWS::ApiGateway::Stage", "stage"),
];

/// What models stand under at a method.
const MODELS: &str = "RequestModels";

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for (of, key, other, role) in NAMES {
        for it in template.of_type(of) {
            if key == "ApiStages" {
                for stage in items(it.get(key)) {
                    if let (Some(api), Some(value)) = (own(template, stage), stage.get("Stage")) {
                        compare(template, (it, &api), (value, other, role), out);
                    }
                }
                continue;
            }
            let Some(properties) = it.properties() else { continue };
            if let (Some(api), Some(value)) = (own(template, properties), it.get(key)) {
                compare(template, (it, &api), (value, other, role), out);
            }
        }
    }
    for it in template.of_type("AWS::ApiGateway::Method") {
        let Some(api) = it.properties().and_then(|it| own(template, it)) else { continue };
        for (_, value) in it.get(MODELS).map(entries).unwrap_or_default() {
            compare(template, (it, &api), (value, "AWS::ApiGateway::Model", "model"), out);
        }
    }
}

/// The API of the template that something is a part of.
fn own(template: &Template<'_>, of: &Raw) -> Option<String> {
    let api = of.get("RestApiId").or_else(|| of.get("ApiId")).and_then(logical_id)?;
    is_api(template.get(&api)?).then_some(api)
}

fn is_api(it: &Resource<'_>) -> bool {
    const APIS: [&str; 5] = [
        "AWS::ApiGateway::RestApi",
        "AWS::ApiGatewayV2::Api",
        "AWS::Serverless::Api",
        "AWS::Serverless::HttpApi",
        "AWS::Serverless::WebSocketApi",
    ];
    APIS.contains(&it.of)
}

fn compare(
    template: &Template<'_>,
    (it, api): (&Resource<'_>, &str),
    (value, of, role): (&Raw, &str, &str),
    out: &mut Findings,
) {
    let Some((name, is_root)) = target(value) else { return };
    let Some(other) = template.get(&name) else { return };
    if is_root && is_api(other) && name != api {
        report(
            it,
            value.span,
            format!("`{}` is of `{api}`, and its {role} is the root of `{name}`", it.id.value),
            other,
            out,
        );
        return;
    }
    if other.of != of {
        return;
    }
    let Some(its) = other.properties().and_then(|it| own(template, it)).filter(|its| its != api) else {
        return;
    };
    let whose = format!("`{}` is of `{api}`, and its {role} `{name}` of `{its}`", it.id.value);
    report(it, value.span, whose, other, out);
}

/// The resource that a value names, and whether it is the root of the paths of an API.
fn target(value: &Raw) -> Option<(String, bool)> {
    // A route says `integrations/${Integration}`.
    if let Some(integration) = text(value)?.strip_prefix("integrations/") {
        return Some((integration.strip_prefix("${")?.strip_suffix('}')?.to_owned(), false));
    }
    let (name, attribute) = named(value)?;
    Some((name, attribute.as_deref() == Some("RootResourceId")))
}

fn report(it: &Resource<'_>, span: Span, message: String, other: &Resource<'_>, out: &mut Findings) {
    let key = if it.of.starts_with("AWS::ApiGatewayV2") || it.of.ends_with("UsagePlan") {
        "ApiId"
    } else {
        "RestApiId"
    };
    out.report(span, message)
        .label(other.id.span, "of the other API")
        .help(format!("name a part of the same API, or correct `{key}`"));
}
