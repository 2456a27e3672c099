//! HTTP APIs: the API and its stage.

use gatewright_ir::Name;
use gatewright_spec::{Data, Raw};

use super::{Api, Shared, domains};
use crate::sam::made::{Properties, reference, text};

/// The resources that stand for an API.
pub(super) fn resources(api: &Api<'_>, shared: &mut Shared) -> Vec<(Name, Raw)> {
    let (properties, id, condition) = (&api.properties, &*api.id.value, api.condition);
    let span = properties.span;
    let name = properties.get("Name").cloned().or_else(|| api.title());
    let http = Properties::new(span)
        .with("ProtocolType", text("HTTP", api.id.span))
        .with_some("Name", name)
        .same(properties, &["Description", "DisableExecuteApiEndpoint", "FailOnWarnings", "Tags"]);
    let stage = Properties::new(span)
        .with("ApiId", reference(id, api.id.span))
        .with("StageName", api.stage_name())
        .with("AutoDeploy", Raw { span: api.id.span, data: Data::Bool(true) })
        .same(properties, &["StageVariables", "AccessLogSettings", "DefaultRouteSettings", "Tags"])
        .with_some("RouteSettings", route_settings(api));
    domains::v2(api, shared);
    vec![
        (api.id.clone(), http.resource("AWS::ApiGatewayV2::Api", condition)),
        (
            Name::new(api.stage_id().into(), api.id.span),
            stage.resource("AWS::ApiGatewayV2::Stage", condition),
        ),
    ]
}

/// The settings of single routes: those of the API, and those of events, which come before them.
fn route_settings(api: &Api<'_>) -> Option<Raw> {
    let own = api.properties.get("RouteSettings");
    let mut out = match own.map(|it| &it.data) {
        Some(Data::Map(entries)) => entries.clone(),
        _ => Vec::new(),
    };
    for (key, settings) in &api.route_settings {
        match out.iter_mut().find(|it| it.0.value == key.value) {
            Some((_, known)) => *known = over(settings, known),
            None => out.push((key.clone(), (*settings).clone())),
        }
    }
    let span = own.map_or(api.properties.span, |it| it.span);
    (!out.is_empty()).then_some(Raw { span, data: Data::Map(out) })
}

/// Settings, with what they leave open taken from others.
fn over(settings: &Raw, others: &Raw) -> Raw {
    let (Data::Map(entries), Data::Map(others)) = (&settings.data, &others.data) else {
        return settings.clone();
    };
    let mut out = entries.clone();
    out.extend(others.iter().filter(|it| settings.get(&it.0.value).is_none()).cloned());
    Raw { span: settings.span, data: Data::Map(out) }
}
