//! What travels along: parameters, mappings, conditions, outputs, and the resources that are no part of an API.

use std::sync::Arc;

use gatewright_ir::{Name, Parameter, Template};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashSet;

use super::Drafts;
use crate::draft::Reading;

/// Gives every API what travels along with it.
pub(super) fn give(cx: &Reading<'_>, drafts: &mut Drafts) {
    let mut parts: FxHashSet<&str> = FxHashSet::default();
    for draft in &drafts.list {
        parts.extend(draft.ir.provenance.logical_ids.values().map(|it| &**it));
    }
    let section = |key: &str| match cx.document.get(key).map(|it| &it.data) {
        Some(Data::Map(entries)) => &entries[..],
        _ => &[],
    };
    let parameter = |(name, it): &(Name, Raw)| Parameter {
        name: name.clone(),
        properties: match it.to_json() {
            serde_json::Value::Object(it) => it,
            _ => serde_json::Map::new(),
        },
    };
    let is_apart = |(name, it): &&(Name, Raw)| !parts.contains(&*name.value) && !is_part(it);
    let template = Arc::new(Template {
        parameters: section("Parameters").iter().map(parameter).collect(),
        mappings: section("Mappings").to_vec(),
        conditions: section("Conditions").to_vec(),
        resources: section("Resources").iter().filter(is_apart).cloned().collect(),
        overrides: Vec::new(),
        outputs: section("Outputs").to_vec(),
    });
    for draft in &mut drafts.list {
        draft.ir.template = template.clone();
    }
}

/// Whether a resource is a part of an API by its type, or lets API Gateway call a function.
fn is_part(it: &Raw) -> bool {
    let of = it.get("Type").and_then(Raw::as_str).unwrap_or_default();
    let principal = it.get("Properties").and_then(|it| it.get("Principal")).and_then(Raw::as_str);
    of.starts_with("AWS::ApiGateway::")
        || of.starts_with("AWS::ApiGatewayV2::")
        || matches!(of, "AWS::Serverless::Api" | "AWS::Serverless::HttpApi" | "AWS::Serverless::WebSocketApi")
        || of == "AWS::Lambda::Permission" && principal.is_some_and(|it| it.starts_with("apigateway."))
}
