use gatewright_source::Severity;
use rustc_hash::FxHashMap;

use super::written::{BASE_PATH, Mapping, mappings};
use crate::rules::cloudformation::property::word;
use crate::rules::cloudformation::template::Resource;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "mixed-domain",
    page: include_str!("mixed_domain.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    let mut kinds: FxHashMap<String, (bool, Mapping<'_, '_>)> = FxHashMap::default();
    for it in mappings(template) {
        let Some(api) = it.api_type(template) else { continue };
        if it.resource.of == BASE_PATH
            && matches!(api.of, "AWS::ApiGatewayV2::Api" | "AWS::Serverless::HttpApi")
        {
            let message = format!("`{}` maps `{}`, which is no REST API", it.resource.id.value, api.id.value);
            out.report(it.api.span, message)
                .help("map it by `AWS::ApiGatewayV2::ApiMapping`, with `ApiId` and `ApiMappingKey`");
        }
        let Some(is_websocket) = is_websocket(api) else { continue };
        let Some((other, first)) = kinds.get(&it.domain) else {
            kinds.insert(it.domain.clone(), (is_websocket, it));
            continue;
        };
        if *other != is_websocket && first.resource.condition.is_none() && it.resource.condition.is_none() {
            let (one, other) = (&it.resource.id.value, &first.resource.id.value);
            let (one, other) = if is_websocket { (one, other) } else { (other, one) };
            let message =
                format!("`{one}` leads to a WebSocket API, and `{other}` leads the same domain to none");
            out.report(it.api.span, message)
                .label(first.api.span, "the other API is named here")
                .help("give the WebSocket API a domain of its own");
        }
    }
}

/// Whether an API is a WebSocket API; nothing if it is not known.
fn is_websocket(api: &Resource<'_>) -> Option<bool> {
    match api.of {
        "AWS::ApiGateway::RestApi" | "AWS::Serverless::Api" | "AWS::Serverless::HttpApi" => Some(false),
        "AWS::ApiGatewayV2::Api" => {
            let properties = api.properties()?;
            match word(properties, "ProtocolType") {
                Some((kind, _)) => Some(kind == "WEBSOCKET"),
                None => properties.get("Body").map(|_| false),
            }
        }
        _ => None,
    }
}
