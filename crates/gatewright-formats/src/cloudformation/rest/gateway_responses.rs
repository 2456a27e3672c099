//! `AWS::ApiGateway::GatewayResponse`.

use gatewright_ir::{GatewayResponse, GatewayResponseId, Generated, Id as _, Name};

use super::super::Resource;
use super::{Parts, Shared};
use crate::draft::{Draft, Reading, known_text};

/// What the headers of gateway responses begin with.
const HEADER: &str = "gatewayresponse.header.";

/// Reads a gateway response.
pub(super) fn gateway_response(
    _: &Reading<'_>,
    draft: &mut Draft,
    _: (&Shared<'_>, &mut Parts),
    it: Resource<'_>,
) {
    let of = it.properties;
    let id = GatewayResponseId::from_index(draft.ir.gateway_responses.len());
    let name = draft.name(Generated::GatewayResponse(id), of.get("ResponseType"), it.id);
    let headers = draft.pairs_of(of, "ResponseParameters").into_iter().map(|(name, it)| {
        let short = name.value.strip_prefix(HEADER).unwrap_or(&name.value);
        (Name::new(short.into(), name.span), it)
    });
    let headers = headers.collect();
    let templates = draft.pairs_of(of, "ResponseTemplates").into_iter();
    let templates = templates.filter_map(|(name, it)| Some((name.value, known_text(it)?))).collect();
    let status = draft.word_of(of, "StatusCode", |it| it.parse().ok());
    draft.ir.gateway_responses.push(GatewayResponse { name, status, headers, templates });
    draft.called(Generated::GatewayResponse(id), &it.id.value);
}
