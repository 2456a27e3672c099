//! Events: what functions and state machines say of the routes that call them.

use gatewright_ir::{ApiKind, Name, Spanned, Text};
use gatewright_spec::{Data, Raw};

/// An event of type `Api` or `HttpApi`.
#[derive(Clone, Copy)]
pub(super) struct Event<'r> {
    /// Its name.
    pub(super) name: &'r Name,
    /// The kind of its API.
    pub(super) kind: ApiKind,
    /// What it says, if anything.
    pub(super) properties: Option<&'r Raw>,
    /// The logical id of the function or state machine.
    pub(super) resource: &'r Name,
    /// Whether that is a state machine.
    pub(super) starts_machine: bool,
    /// The condition under which that is there.
    pub(super) condition: Option<&'r Text>,
}

/// Implicit APIs: their kind, their section in `Globals` and their logical id.
pub(super) const IMPLICIT: [(ApiKind, &str, &str); 2] =
    [(ApiKind::Rest, "Api", "ServerlessRestApi"), (ApiKind::Http, "HttpApi", "ServerlessHttpApi")];

/// All events of a template, in their order.
pub(super) fn all(root: &Raw) -> Vec<Event<'_>> {
    let Some(Data::Map(resources)) = root.get("Resources").map(|it| &it.data) else { return Vec::new() };
    resources.iter().flat_map(|(id, resource)| of(id, resource)).collect()
}

fn of<'r>(id: &'r Name, resource: &'r Raw) -> Vec<Event<'r>> {
    let starts_machine = match resource.get("Type").and_then(Raw::as_str) {
        Some("AWS::Serverless::Function") => false,
        Some("AWS::Serverless::StateMachine") => true,
        _ => return Vec::new(),
    };
    let condition = match resource.get("Condition").map(|it| &it.data) {
        Some(Data::String(name)) => Some(name),
        _ => None,
    };
    let events = resource.get("Properties").and_then(|it| it.get("Events"));
    let Some(Data::Map(events)) = events.map(|it| &it.data) else { return Vec::new() };
    let event = |(name, it): &'r (Name, Raw)| {
        let kind = match it.get("Type")?.as_str()? {
            "Api" => ApiKind::Rest,
            "HttpApi" if !starts_machine => ApiKind::Http,
            _ => return None,
        };
        let properties = it.get("Properties").filter(|it| !matches!(it.data, Data::Null));
        // Of an HTTP API, an event that says nothing takes whatever no route takes.
        (kind == ApiKind::Http || properties.is_some()).then_some(Event {
            name,
            kind,
            properties,
            resource: id,
            starts_machine,
            condition,
        })
    };
    events.iter().filter_map(event).collect()
}

impl<'r> Event<'r> {
    /// What it says under a key.
    pub(super) fn get(&self, key: &str) -> Option<&'r Raw> {
        self.properties?.get(key)
    }

    /// The API that it names; otherwise it is for the implicit one.
    pub(super) fn api(&self) -> Option<&'r Raw> {
        self.get(if self.kind == ApiKind::Rest { "RestApiId" } else { "ApiId" })
    }

    /// The logical id of its API; empty if that is no reference within the template.
    pub(super) fn api_id(&self) -> &'r str {
        match self.api() {
            Some(it) => it.as_str().or_else(|| it.get("Ref")?.as_str()).unwrap_or_default(),
            None if self.kind == ApiKind::Rest => IMPLICIT[0].2,
            None => IMPLICIT[1].2,
        }
    }

    /// Method and path; neither of an HTTP API's event that takes whatever no route takes. `None` if they are not known.
    pub(super) fn key(&self) -> Option<Name> {
        let known = |key: &str| match self.get(key) {
            None => Some(""),
            Some(it) => it.as_str(),
        };
        let (method, path) = (known("Method")?, known("Path")?);
        let span = match self.get("Path").or_else(|| self.get("Method")) {
            Some(it) => it.span,
            None => self.name.span,
        };
        let method = match method.to_ascii_uppercase() {
            it if it == "X-AMAZON-APIGATEWAY-ANY-METHOD" => "ANY".to_owned(),
            it => it,
        };
        if self.kind == ApiKind::Http
            && matches!((&*method, path), ("" | "ANY", "$default" | "/$default") | ("", ""))
        {
            return Some(Spanned::new("$default".into(), span));
        }
        Some(Spanned::new(format!("{method} {path}").into(), span))
    }

    /// The settings that it brings for its route, and the route's key as the stage has it.
    pub(super) fn route_settings(&self) -> Option<(Name, &'r Raw)> {
        let settings = self.get("RouteSettings").filter(|_| self.kind == ApiKind::Http)?;
        Some((self.key()?, settings))
    }
}
