//! Custom domain names of the plugin serverless-domain-manager: `custom.customDomain` and `customDomains`.
//!
//! Source: amplify-education/serverless-domain-manager, README, "Configuration". The plugin makes domains by a command
//! of its own, so that they exist when the service is deployed.

use gatewright_ir::{ApiKind, Domain, EndpointType, Generated, Mapping, Name};
use gatewright_spec::{Data, Raw};

use super::service::{Service, at, is_false};
use crate::draft::Draft;

/// Reads those of an API.
pub(super) fn read(draft: &mut Draft, service: &Service) {
    if let Some(it) = at(&service.root, &["custom", "customDomain"]) {
        let default = at(it, &["apiType"]).map_or(Some("rest"), Raw::as_str);
        if is_for(draft, default) {
            domain(draft, it);
        }
        kinds(draft, it);
    }
    let Some(all) = at(&service.root, &["custom", "customDomains"]) else { return };
    let Data::List(all) = &all.data else { return };
    for it in all {
        kinds(draft, it);
    }
}

/// A mapping from kinds of API to domains.
fn kinds(draft: &mut Draft, it: &Raw) {
    for kind in ["rest", "http", "websocket"] {
        if let Some(it) = at(it, &[kind])
            && is_for(draft, Some(kind))
        {
            domain(draft, it);
        }
    }
}

fn is_for(draft: &Draft, kind: Option<&str>) -> bool {
    let own = match draft.ir.api.kind {
        ApiKind::Rest => "rest",
        ApiKind::Http => "http",
        ApiKind::WebSocket => "websocket",
    };
    kind.is_some_and(|it| it.eq_ignore_ascii_case(own))
}

fn domain(draft: &mut Draft, it: &Raw) {
    let Some(written) = at(it, &["domainName"]) else { return };
    if at(it, &["enabled"]).is_some_and(is_false) {
        return;
    }
    let id = gatewright_ir::Id::from_index(draft.ir.domains.len());
    let name =
        draft.name(Generated::Domain(id), Some(written), &Name::new("customDomain".into(), written.span));
    let endpoint = match at(it, &["endpointType"]).map(Raw::as_str) {
        None => EndpointType::Edge,
        Some(Some(text)) if text.eq_ignore_ascii_case("edge") => EndpointType::Edge,
        Some(_) => EndpointType::Regional,
    };
    let base = at(it, &["basePath"]);
    let key = match base.map(|it| (it.as_str(), it.span)) {
        None => Some(Name::new("/".into(), written.span)),
        Some((Some("" | "(none)"), span)) => Some(Name::new("/".into(), span)),
        Some((Some(text), span)) => Some(Name::new(text.into(), span)),
        Some((None, _)) => None,
    };
    let stage = draft.ir.stages.ids().next().filter(|_| at(it, &["stage"]).is_none());
    draft.ir.domains.push(Domain {
        name,
        existing: true,
        certificate: None,
        hosted_zone: None,
        mutual_tls: None,
        mappings: key.map(|key| Mapping { key, stage }).into_iter().collect(),
        ip_address_type: None,
        endpoint,
        endpoint_span: at(it, &["endpointType"]).map(|it| it.span),
        tls_policy: None,
        access_mode: None,
        policy: None,
        vpc_endpoints: Vec::new(),
        tags: Vec::new(),
    });
}
