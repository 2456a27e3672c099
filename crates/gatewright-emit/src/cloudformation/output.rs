//! Outputs: where the API answers.

use gatewright_ir::{ApiKind, EndpointType, Generated};
use serde_json::{Map, Value};

use super::domain_name::belongs;
use super::record_set;
use crate::binding::Bindings;
use crate::intrinsic::{Text, attribute, reference};
use crate::object::{Object, text};

/// The API's id, the URL of every stage, and those of custom domains.
pub(super) fn outputs(cx: &Bindings<'_>) -> Map<String, Value> {
    let mut out = Object::new();
    let entry =
        |description: String, value: Value| Object::new().set("Description", description).set("Value", value);
    let api = cx.id(Generated::Api);
    out = out.set("ApiId", entry("Id of the API".to_owned(), reference(&api)));
    let disabled = cx.ir.api.disable_default_endpoint.as_ref().and_then(|it| it.value.known());
    if disabled != Some(&true) {
        for stage in &cx.stages {
            let (name, part) = (cx.stage_name(*stage), cx.stage_part(*stage));
            let url = |scheme: &str| url(Text::new(scheme).id(&api), name);
            let websocket = cx.ir.api.kind == ApiKind::WebSocket;
            let scheme = if websocket { "wss://" } else { "https://" };
            out = out.set(part.clone() + "Url", entry(format!("URL of stage {name}"), url(scheme)));
            if websocket {
                let description = format!("Where backends send messages to connections of stage {name}");
                out = out.set(part + "CallbackUrl", entry(description, url("https://")));
            } else if cx.ir.api.endpoint.kind == EndpointType::Private {
                for (at, it) in cx.ir.api.endpoint.vpc_endpoints.iter().enumerate() {
                    let host = Text::new("https://").id(&api).sub("-").value(&text(it));
                    let number = if at == 0 { String::new() } else { (at + 1).to_string() };
                    let description = format!("URL of stage {name} without private DNS names");
                    out = out.set(
                        format!("{part}VpcEndpointUrl{number}"),
                        entry(description, self::url(host, name)),
                    );
                }
            }
        }
    }
    for (id, domain) in cx.ir.domains.iter().filter(|it| belongs(cx, it.1)) {
        let base = cx.id(Generated::Domain(id));
        let name = &*domain.name.value;
        if domain.existing {
            continue;
        }
        let Some((target, _)) = record_set::target(cx, domain) else {
            // Other accounts reach a private domain name by its ARN.
            let description = format!("ARN of the private domain name {name}");
            out = out.set(format!("{base}Arn"), entry(description, attribute(&base, "DomainNameArn")));
            continue;
        };
        out = out
            .set(format!("{base}Name"), entry("Custom domain name of the API".to_owned(), reference(&base)));
        if domain.hosted_zone.is_none() {
            let description = format!("Where the DNS record of {name} must lead to");
            out = out.set(format!("{base}Target"), entry(description, attribute(&base, target)));
        }
    }
    out.into_map()
}

/// The URL of a stage, from its scheme and the first word of its host.
fn url(host: Text, stage: &str) -> Value {
    let url = host.sub(".execute-api.${AWS::Region}.${AWS::URLSuffix}");
    if stage == "$default" { url.finish() } else { url.sub("/").literal(stage).finish() }
}
