//! `AWS::ApiGateway::GatewayResponse`.

use gatewright_ir::{GatewayResponse, GatewayResponseId, Generated, Id as _, Name};

use super::super::Resource;
use super::Parts;
use super::settings::stated;
use crate::draft::{Draft, Reading, known_text};

/// What the parameters of a gateway response begin with.
const HEADER: &str = "gatewayresponse.header.";

/// Reads a gateway response.
pub(super) fn gateway_response(_: &Reading<'_>, draft: &mut Draft, _: &mut Parts, it: Resource<'_>) {
    let of = it.properties;
    let Some(name) = draft.name_of(of, "ResponseType") else { return };
    let status = draft.integer_of(of, "StatusCode").and_then(stated);
    let headers = draft.pairs_of(of, "ResponseParameters").into_iter().filter_map(|(name, value)| {
        let header = name.value.strip_prefix(HEADER)?;
        Some((Name::new(header.into(), name.span), value))
    });
    let headers = headers.collect();
    let templates = draft.pairs_of(of, "ResponseTemplates").into_iter();
    let templates = templates.filter_map(|(name, it)| Some((name.value, known_text(it)?))).collect();
    let id = GatewayResponseId::from_index(draft.ir.gateway_responses.len());
    draft.ir.gateway_responses.push(GatewayResponse { name, status, headers, templates });
    draft.called(Generated::GatewayResponse(id), &it.id.value);
}
