//! `Models` and `GatewayResponses` of REST APIs.

use gatewright_ir::{GatewayResponse, Model, Spanned, Value};
use gatewright_spec::{Data, Raw};

use crate::draft::{Draft, known_text};

/// Reads the models.
pub(super) fn models(draft: &mut Draft, properties: &Raw) {
    let Some(all) = draft.inner(properties, "Models") else { return };
    for (name, it) in draft.entries(&all) {
        let schema = matches!(it.data, Data::Map(_)).then(|| it.clone());
        let id = draft.ir.models.push(Model { name: name.clone(), schema });
        draft.models.insert(name.value, id);
    }
}

/// Where the parts of a response go: their key in SAM and the prefix in API Gateway's syntax.
///
/// Source: `samtranslator/model/apigateway.py`, `ApiGatewayResponse`.
const PARTS: [(&str, &str); 3] = [("Headers", ""), ("Paths", "path."), ("QueryStrings", "querystring.")];

/// Reads what API Gateway itself answers.
pub(super) fn gateway_responses(draft: &mut Draft, properties: &Raw) {
    let Some(all) = draft.inner(properties, "GatewayResponses") else { return };
    for (name, it) in draft.entries(&all) {
        let status = draft.integer_of(&it, "StatusCode").and_then(|it| match it.value {
            Value::Known(status) => Some(Spanned::new(status, it.span)),
            Value::Deferred(_) => None,
        });
        let parameters = draft.inner(&it, "ResponseParameters");
        let mut headers = Vec::new();
        for (key, prefix) in PARTS {
            let Some(parameters) = &parameters else { break };
            for (name, it) in draft.pairs_of(parameters, key) {
                headers.push((name.map(|name| format!("{prefix}{name}").into()), it));
            }
        }
        let templates = draft.pairs_of(&it, "ResponseTemplates");
        let templates =
            templates.into_iter().filter_map(|(name, it)| Some((name.value, known_text(it)?))).collect();
        draft.ir.gateway_responses.push(GatewayResponse { name, status, headers, templates });
    }
}
