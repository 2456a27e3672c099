use gatewright_ir::Raw;
use gatewright_source::Severity;

use super::template::api_id;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "body-beside-resources",
    page: include_str!("body_beside_resources.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

/// What an import of a definition replaces.
///
/// Source: API Gateway API Reference, `PutRestApi`: `mode=overwrite`; `ReimportApi`.
const REPLACED: [&str; 9] = [
    "AWS::ApiGateway::Resource",
    "AWS::ApiGateway::Method",
    "AWS::ApiGateway::Model",
    "AWS::ApiGateway::Authorizer",
    "AWS::ApiGateway::RequestValidator",
    "AWS::ApiGateway::GatewayResponse",
    "AWS::ApiGatewayV2::Route",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::Authorizer",
];

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), cx.template()) else { return };
    let Some(it) = template.get(api).filter(|it| it.of.starts_with("AWS::ApiGateway")) else { return };
    let body = ["Body", "BodyS3Location"].into_iter().find_map(|key| Some((key, it.get(key)?)));
    let Some((key, body)) = body.filter(|it| it.1.function().is_none_or(|it| it.0 == "Fn::Transform")) else {
        return;
    };
    // Merged, both stay.
    if it.get("Mode").is_some_and(|it| it.as_str().is_none_or(|it| it == "merge")) {
        return;
    }
    let mut parts = template.parts(api).filter(|it| REPLACED.contains(&it.of) && it.condition.is_none());
    let Some(first) = parts.next() else { return };
    let more = match parts.count() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let place = key_span(it.whole, key).unwrap_or(body.span);
    let message = format!("`{key}` replaces what `{}`{more} adds to the API", first.id.value);
    let message = if more.is_empty() { message } else { message.replace(" adds ", " add ") };
    out.report(place, message)
        .label(first.id.span, "a part of the API as a resource of its own")
        .help("describe the API in one of the two ways");
}

fn key_span(resource: &Raw, key: &str) -> Option<gatewright_source::Span> {
    let gatewright_ir::Data::Map(entries) = &resource.get("Properties")?.data else { return None };
    entries.iter().find(|it| &*it.0.value == key).map(|it| it.0.span)
}
