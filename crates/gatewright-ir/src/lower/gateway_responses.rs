//! Lowers `gatewayResponses:`

use gatewright_source::{Diagnostic, Text};
use gatewright_spec as spec;

use super::Lowering;
use crate::{GatewayResponse, Name};

impl Lowering<'_> {
    pub(super) fn gateway_responses(&mut self) {
        for (name, it) in self.section(|it| &it.gateway_responses) {
            let response = match it {
                Some(it) => self.gateway_response(name, &it.value),
                None => self.gateway_response(name, &spec::GatewayResponse::default()),
            };
            self.ir.gateway_responses.push(response);
        }
    }

    fn gateway_response(&mut self, name: &Name, it: &spec::GatewayResponse) -> GatewayResponse {
        if let (Some(body), Some(templates)) = (it.body.span(), it.templates.span()) {
            let message = "a gateway response has either `body` or `templates`";
            let problem =
                Diagnostic::error("conflicting-keys", templates, message).label(body, "the other one");
            self.report(problem.help("put all bodies under `templates`, by media type"));
        }
        let mut templates: Vec<(Text, Name)> = Vec::new();
        templates.extend(it.body.given().map(|it| ("application/json".into(), it.clone())));
        if let (Some(entries), true) = (it.templates.value(), it.body.is_absent()) {
            let entries =
                entries.0.iter().filter_map(|(name, it)| Some((name.value.clone(), it.given()?.clone())));
            templates.extend(entries);
        }
        let headers = self.pairs(&it.headers);
        GatewayResponse {
            name: name.clone(),
            status: it.status.given().copied(),
            headers: headers.into_iter().map(|(name, it)| (name, self.expression(it))).collect(),
            templates,
        }
    }
}
