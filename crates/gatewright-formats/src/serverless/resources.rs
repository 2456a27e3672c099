//! What stands under `resources`: a template, to which the framework adds its own resources.

use gatewright_ir::Spanned;
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashSet;

use super::naming;
use super::rest::event_path;
use super::service::Service;

/// The template, with the paths of `http` events, which methods there may name as their parents.
pub(super) fn template(service: &Service) -> Raw {
    let mut out = service.resources.clone();
    let Data::Map(sections) = &mut out.data else { return out };
    let Some(resources) = sections.iter_mut().find(|it| &*it.0.value == "Resources") else { return out };
    let Data::Map(entries) = &mut resources.1.data else { return out };
    // What the framework makes is changed here, not made.
    let own = [naming::HTTP_STAGE, naming::WEBSOCKET_STAGE];
    entries.retain(|it| !own.contains(&&*it.0.value));
    let mut known: FxHashSet<String> = entries.iter().map(|it| it.0.value.to_string()).collect();
    let names_path = |it: &Raw| {
        it.get("Properties").is_some_and(|it| {
            ["ParentId", "ResourceId"].iter().any(|key| it.get(key).is_some_and(|it| it.function().is_some()))
        })
    };
    if !entries.iter().any(|it| names_path(&it.1)) {
        return out;
    }
    for event in service.events("http") {
        let Some(path) = event_path(event.raw) else { continue };
        let path = path.trim_matches('/');
        let text = |it: &str| Raw { span: event.raw.span, data: Data::String(it.into()) };
        let map = |entries: Vec<(&str, Raw)>| {
            let entries = entries.into_iter().map(|(key, it)| (Spanned::new(key.into(), event.raw.span), it));
            Raw { span: event.raw.span, data: Data::Map(entries.collect()) }
        };
        let rest_api = service.provider(&["apiGateway", "restApiId"]).cloned();
        let rest_api = rest_api.unwrap_or_else(|| map(vec![("Ref", text(naming::REST_API))]));
        let root = service.provider(&["apiGateway", "restApiRootResourceId"]).cloned().unwrap_or_else(|| {
            let attribute = vec![text(naming::REST_API), text("RootResourceId")];
            let attribute = Raw { span: event.raw.span, data: Data::List(attribute) };
            map(vec![("Fn::GetAtt", attribute)])
        });
        let mut parent = root;
        let mut end = 0;
        for part in path.split('/').filter(|it| !it.is_empty()) {
            end = path[end..].find(part).map_or(end, |at| end + at) + part.len();
            let id = naming::resource(&path[..end]);
            let properties =
                map(vec![("ParentId", parent), ("PathPart", text(part)), ("RestApiId", rest_api.clone())]);
            parent = map(vec![("Ref", text(&id))]);
            if known.insert(id.clone()) {
                let resource =
                    map(vec![("Type", text("AWS::ApiGateway::Resource")), ("Properties", properties)]);
                entries.push((Spanned::new(id.into(), event.raw.span), resource));
            }
        }
    }
    out
}
