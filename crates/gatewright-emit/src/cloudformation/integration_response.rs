//! `AWS::ApiGatewayV2::IntegrationResponse`: what a WebSocket API makes of a backend's answer.

use gatewright_ir::{Generated, IntegrationId, IntegrationResponse};

use super::selection;
use super::template::Template;
use crate::binding::{Bindings, Integration, conversion, expression, templates};
use crate::intrinsic::reference;
use crate::object::Object;

/// Adds the responses of an integration that is no proxy, and gives their logical ids.
pub(super) fn emit(
    cx: &Bindings<'_>,
    template: &mut Template<'_>,
    id: IntegrationId,
    it: &Integration,
) -> Vec<String> {
    let Some(of) = cx.ir.integrations[id].transformation.as_deref().filter(|it| !it.proxy) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for (at, response) in of.responses.iter().enumerate() {
        // A message has no status: what only has one is like the default.
        if !of.responses_stated && !response.is_default() {
            continue;
        }
        let headers = response.headers.iter();
        let headers = headers
            .map(|(name, it)| (format!("method.response.header.{}", name.value), expression(cx.ir, it)));
        let properties = Object::new()
            .set("ApiId", reference(&cx.id(Generated::Api)))
            .set("IntegrationId", reference(&it.id))
            .set("IntegrationResponseKey", key(response))
            .object("ResponseParameters", headers.collect())
            .object("ResponseTemplates", templates(&response.templates))
            .maybe("TemplateSelectionExpression", selection::of_templates(cx.ir, &response.templates))
            .maybe("ContentHandlingStrategy", response.content_handling.map(|it| conversion(it.value)));
        let logical_id = cx.id(Generated::IntegrationResponse(id, at));
        template.add(&logical_id, "AWS::ApiGatewayV2::IntegrationResponse", properties);
        out.push(logical_id);
    }
    out
}

/// `$default`, or a regular expression between slashes.
///
/// Source: API Gateway Developer Guide, "Set up a WebSocket API integration response".
fn key(response: &IntegrationResponse) -> String {
    let pattern = &*response.pattern.value;
    if response.is_default() {
        selection::DEFAULT.to_owned()
    } else if pattern.len() > 1 && pattern.starts_with('/') && pattern.ends_with('/') {
        pattern.to_owned()
    } else {
        format!("/{pattern}/")
    }
}
