//! What the transform makes of a template: CloudFormation in which each API of SAM is the resources that stand for it.
//! Definitions, and the events that become part of them, are left out: they are read into the drafts.
//!
//! Source of all logical ids and shapes: aws/serverless-application-model 1.115, `samtranslator/model/api`.

mod domains;
mod http;
mod rest;
mod websocket;

use gatewright_ir::{ApiKind, Name, Spanned, Text};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;
use sha1::{Digest, Sha1};

use super::events::{self, Event};
use super::references::{Referable, resolved};
use super::{globals, made};

/// A template that was expanded.
pub(super) struct Expansion<'r> {
    /// The template.
    pub(super) root: Raw,
    /// The APIs that were `AWS::Serverless` resources, in their order; implicit ones last.
    pub(super) apis: Vec<Api<'r>>,
}

/// An API as SAM has it.
pub(super) struct Api<'r> {
    /// Its logical id.
    pub(super) id: Name,
    /// Its kind.
    pub(super) kind: ApiKind,
    /// Its properties, with those of `Globals`, without the definition.
    pub(super) properties: Raw,
    /// Its `DefinitionBody`, if it has one.
    pub(super) body: Option<&'r Raw>,
    /// The condition under which it is there.
    condition: Option<&'r Raw>,
    /// Settings of single routes that events bring, by route: HTTP APIs.
    route_settings: Vec<(Name, &'r Raw)>,
}

/// Resources that several APIs share.
#[derive(Default)]
struct Shared {
    /// What was made so far, by logical id.
    resources: Vec<(Name, Raw)>,
    /// The stages in the usage plan that all APIs share, and its other properties.
    plan: Option<(Vec<Raw>, Raw)>,
}

impl Shared {
    /// Adds a resource. Of two with one logical id the last remains, as in the transform.
    fn add(&mut self, id: impl Into<Text>, resource: Raw) {
        let name = Spanned::new(id.into(), resource.span);
        match self.resources.iter_mut().find(|it| it.0.value == name.value) {
            Some(known) => *known = (name, resource),
            None => self.resources.push((name, resource)),
        }
    }
}

/// Properties that are not part of what `Globals` and the resource say together.
const APART: [&str; 2] = ["DefinitionBody", "Events"];

/// Expands a template with these events.
pub(super) fn expand<'r>(root: &'r Raw, events: &[Event<'r>]) -> Expansion<'r> {
    let Some(Data::Map(resources)) = root.get("Resources").map(|it| &it.data) else {
        return Expansion { root: root.clone(), apis: Vec::new() };
    };
    let mut apis = Vec::new();
    for (id, resource) in resources {
        let Some((kind, section)) = kind_of(resource) else { continue };
        apis.push(Api {
            id: id.clone(),
            kind,
            properties: globals::properties(root, section, resource, &APART),
            body: resource.get("Properties").and_then(|it| it.get("DefinitionBody")),
            condition: resource.get("Condition"),
            route_settings: Vec::new(),
        });
    }
    for (kind, section, id) in events::IMPLICIT {
        let first = events.iter().find(|it| it.kind == kind && it.api().is_none());
        if let Some(span) = first.map(|it| it.name.span) {
            apis.retain(|it| &*it.id.value != id);
            let nothing = Raw { span, data: Data::Map(Vec::new()) };
            apis.push(Api {
                id: Spanned::new(id.into(), span),
                kind,
                properties: globals::properties(root, section, &nothing, &[]),
                body: None,
                condition: None,
                route_settings: Vec::new(),
            });
        }
    }
    let places: FxHashMap<Text, usize> =
        apis.iter().enumerate().map(|(at, it)| (it.id.value.clone(), at)).collect();
    for event in events {
        let at = places.get(event.api_id()).copied();
        if let (Some(settings), Some(api)) = (event.route_settings(), at.and_then(|at| apis.get_mut(at))) {
            api.route_settings.push(settings);
        }
    }
    let referable = apis.iter().flat_map(referable).collect();
    let mut made: FxHashMap<Text, Vec<(Name, Raw)>> = FxHashMap::default();
    let mut shared = Shared::default();
    for api in &apis {
        let resources = match api.kind {
            ApiKind::Rest => rest::resources(api, &mut shared),
            ApiKind::Http => http::resources(api, &mut shared),
            ApiKind::WebSocket => websocket::resources(api, &mut shared),
        };
        made.insert(api.id.value.clone(), resources);
    }
    rest::shared_plan(&mut shared);
    let mut out = Vec::with_capacity(resources.len() + 4 * apis.len());
    for (id, resource) in resources {
        match made.remove(&id.value) {
            Some(resources) => out.extend(resources),
            None if kind_of(resource).is_some() => {}
            None => out.push((id.clone(), resolved(resource, &referable))),
        }
    }
    // What is left are the implicit ones.
    out.extend(apis.iter().filter_map(|it| made.remove(&it.id.value)).flatten());
    out.extend(shared.resources);
    let Data::Map(entries) = &root.data else {
        return Expansion { root: root.clone(), apis };
    };
    let mut entry = |(name, it): &(Name, Raw)| {
        let it = match &*name.value {
            "Resources" => Raw { span: it.span, data: Data::Map(std::mem::take(&mut out)) },
            "Globals" => Raw { span: it.span, data: Data::Null },
            _ => resolved(it, &referable),
        };
        (name.clone(), it)
    };
    let entries = entries.iter().map(&mut entry).collect();
    Expansion { root: Raw { span: root.span, data: Data::Map(entries) }, apis }
}

/// The kind of a SAM API and its section in `Globals`.
fn kind_of(resource: &Raw) -> Option<(ApiKind, &'static str)> {
    Some(match resource.get("Type")?.as_str()? {
        "AWS::Serverless::Api" => (ApiKind::Rest, "Api"),
        "AWS::Serverless::HttpApi" => (ApiKind::Http, "HttpApi"),
        "AWS::Serverless::WebSocketApi" => (ApiKind::WebSocket, "WebSocketApi"),
        _ => return None,
    })
}

/// What other resources may refer to, as `Api.Stage`.
///
/// Source: AWS SAM Developer Guide, "Referencing generated resources".
fn referable(api: &Api<'_>) -> Referable {
    let id = &*api.id.value;
    let mut out = vec![("Stage", api.stage_id())];
    let domain = api.properties.get("Domain");
    out.extend(domain.and_then(domains::id).map(|it| ("DomainName", format!("{}{it}", api.domain_prefix()))));
    if api.kind == ApiKind::Rest {
        let shared = rest::shares_plan(api);
        let plan = |of: &str| if shared { format!("Serverless{of}") } else { format!("{id}{of}") };
        out.push(("Deployment", format!("{id}Deployment")));
        out.extend(["UsagePlan", "UsagePlanKey", "ApiKey"].map(|of| (of, plan(of))));
    }
    out.into_iter().map(|(property, made)| (format!("{id}.{property}"), made.into())).collect()
}

impl Api<'_> {
    /// Its title in the definition that SAM makes, if SAM makes it: the stack's name.
    fn title(&self) -> Option<Raw> {
        let has_own = self.body.is_some() || self.properties.get("DefinitionUri").is_some();
        (!has_own).then(|| made::reference("AWS::StackName", self.id.span))
    }

    /// The name of its stage, as written or as it is by default.
    fn stage_name(&self) -> Raw {
        let default = match self.kind {
            ApiKind::Http => "$default",
            ApiKind::WebSocket => "default",
            ApiKind::Rest => "Prod",
        };
        // Only the implicit REST API has a stage without naming one.
        self.properties.get("StageName").cloned().unwrap_or_else(|| made::text(default, self.id.span))
    }

    /// The logical id of its stage.
    fn stage_id(&self) -> String {
        let (id, stage) = (&*self.id.value, self.stage_name());
        let name = stage.as_str().unwrap_or_default();
        let is_plain = !name.is_empty() && name.chars().all(char::is_alphanumeric);
        match self.kind {
            ApiKind::Http if name == "$default" => format!("{id}ApiGatewayDefaultStage"),
            ApiKind::WebSocket if name == "default" => format!("{id}DefaultStage"),
            ApiKind::WebSocket => format!("{id}{name}Stage"),
            _ if is_plain => format!("{id}{name}Stage"),
            _ if name.is_empty() => format!("{id}Stage"),
            _ => format!("{id}Stage{}", digest(&stage)),
        }
    }

    /// What the logical id of its domain name begins with.
    fn domain_prefix(&self) -> &'static str {
        match self.kind {
            ApiKind::Rest if !domains::is_private(&self.properties) => "ApiGatewayDomainName",
            _ => "ApiGatewayDomainNameV2",
        }
    }
}

/// What the transform adds to logical ids to tell values apart.
///
/// Source: `translator/logical_id_generator.py`: ten digits of the SHA-1 of the text, or of compact JSON.
fn digest(it: &Raw) -> String {
    let text = it.as_str().map_or_else(|| it.to_json().to_string(), str::to_owned);
    let digest = Sha1::digest(text.as_bytes());
    digest.iter().take(5).map(|it| format!("{it:02x}")).collect()
}
