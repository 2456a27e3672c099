//! Outputs: where the API answers.

use gatewright_ir::{ApiKind, EndpointType, Generated, StageId};
use serde_json::{Map, Value};

use super::domain_name::belongs;
use super::record_set;
use crate::binding::Bindings;
use crate::intrinsic::{Text, attribute, reference};
use crate::object::{Object, text};

/// The API's id, the URL of every stage, and those of custom domains.
pub(super) fn outputs(cx: &Bindings<'_>) -> Map<String, Value> {
    let mut out = Outputs(Object::new());
    out.add("ApiId".to_owned(), "Id of the API".to_owned(), reference(&cx.id(Generated::Api)));
    for stage in &cx.stages {
        out.stage(cx, *stage);
    }
    for (id, domain) in cx.ir.domains.iter().filter(|it| !it.1.existing && belongs(cx, it.1)) {
        let base = cx.id(Generated::Domain(id));
        let name = &*domain.name.value;
        let Some((target, _)) = record_set::target(cx, domain) else {
            // Other accounts reach a private domain name by its ARN.
            let description = format!("ARN of the private domain name {name}");
            out.add(format!("{base}Arn"), description, attribute(&base, "DomainNameArn"));
            continue;
        };
        out.add(format!("{base}Name"), "Custom domain name of the API".to_owned(), reference(&base));
        if domain.hosted_zone.is_none() {
            let description = format!("Where the DNS record of {name} must lead to");
            out.add(format!("{base}Target"), description, attribute(&base, target));
        }
    }
    out.0.into_map()
}

struct Outputs(Object);

impl Outputs {
    fn add(&mut self, name: String, description: String, value: Value) {
        let entry = Object::new().set("Description", description).set("Value", value);
        self.0 = std::mem::take(&mut self.0).set(name, entry);
    }

    /// The URLs of a stage; for WebSocket APIs also where backends send messages to.
    fn stage(&mut self, cx: &Bindings<'_>, id: StageId) {
        let (name, part) = (cx.stage_name(id), cx.stage_part(id));
        let Some(place) = place(cx, id) else { return };
        let url = |scheme: &str| Text::new(scheme).text(place.clone()).finish();
        let websocket = cx.ir.api.kind == ApiKind::WebSocket;
        let scheme = if websocket { "wss://" } else { "https://" };
        self.add(format!("{part}Url"), format!("URL of stage {name}"), url(scheme));
        if websocket {
            let description = format!("Where backends send messages to connections of stage {name}");
            self.add(format!("{part}CallbackUrl"), description, url("https://"));
        }
        if cx.ir.api.endpoint.kind != EndpointType::Private {
            return;
        }
        for (at, it) in cx.ir.api.endpoint.vpc_endpoints.iter().enumerate() {
            let host = Text::default().id(&cx.id(Generated::Api)).sub("-").value(&text(it));
            let url = Text::new("https://").text(default_endpoint(host, name)).finish();
            let number = if at == 0 { String::new() } else { (at + 1).to_string() };
            let description = format!("URL of stage {name} without private DNS names");
            self.add(format!("{part}VpcEndpointUrl{number}"), description, url);
        }
    }
}

/// Where a stage answers, without the scheme: at the API's own endpoint. A WebSocket API without one answers at the
/// first domain name that leads to the stage; whoever calls an HTTP or REST API knows its domain names.
fn place(cx: &Bindings<'_>, id: StageId) -> Option<Text> {
    let disabled = cx.ir.api.disable_default_endpoint.as_ref().and_then(|it| it.value.known());
    if disabled != Some(&true) {
        return Some(default_endpoint(Text::default().id(&cx.id(Generated::Api)), cx.stage_name(id)));
    }
    if cx.ir.api.kind != ApiKind::WebSocket {
        return None;
    }
    let mut mappings =
        cx.ir.domains.values().flat_map(|domain| domain.mappings.iter().map(move |it| (domain, it)));
    let (domain, mapping) = mappings.find(|it| it.1.stage == Some(id))?;
    let place = Text::default().literal(&domain.name.value);
    Some(match mapping.path() {
        "" => place,
        path => place.sub("/").literal(path),
    })
}

/// The API's own endpoint with the path of a stage, from the first word of its host.
fn default_endpoint(host: Text, stage: &str) -> Text {
    let place = host.sub(".execute-api.${AWS::Region}.${AWS::URLSuffix}");
    if stage == "$default" { place } else { place.sub("/").literal(stage) }
}
