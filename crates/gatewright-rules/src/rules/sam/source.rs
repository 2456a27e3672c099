//! What a SAM template says of the API that is being checked: its resource, `Globals`, and the events that name it.

use gatewright_ir::{ApiKind, Data, Generated, Ir, Name, Raw};
use gatewright_source::Span;

/// An API in a template.
pub(in crate::rules) struct Source<'c> {
    document: &'c Raw,
    /// Its logical id.
    pub(in crate::rules) id: String,
    kind: ApiKind,
    /// Its resource; of an implicit API none.
    resource: Option<&'c Raw>,
    /// Where the logical id of its resource stands.
    pub(in crate::rules) place: Option<Span>,
    /// What holds for all APIs of its kind.
    globals: Option<&'c Raw>,
}

/// An event that adds to the API.
pub(in crate::rules) struct Event<'c> {
    /// Its name.
    pub(in crate::rules) name: &'c Name,
    /// Whether it is a function's; otherwise it is a state machine's.
    pub(in crate::rules) of_function: bool,
    /// What it says.
    pub(in crate::rules) properties: Option<&'c Raw>,
}

impl<'c> Source<'c> {
    /// The API as it stands in the template; `None` if it is none of SAM's.
    pub(in crate::rules) fn of(ir: &'c Ir) -> Option<Self> {
        let document: &Raw = ir.provenance.document.as_ref()?;
        let (section, of, implicit) = match ir.api.kind {
            ApiKind::Rest => ("Api", "AWS::Serverless::Api", "ServerlessRestApi"),
            ApiKind::Http => ("HttpApi", "AWS::Serverless::HttpApi", "ServerlessHttpApi"),
            ApiKind::WebSocket => ("WebSocketApi", "AWS::Serverless::WebSocketApi", ""),
        };
        let id = ir.provenance.logical_ids.get(&Generated::Api)?.to_string();
        let mut resources = entries(document.get("Resources")).iter();
        let found = resources.find(|it| *it.0.value == *id);
        let found = found.filter(|it| it.1.get("Type").and_then(Raw::as_str) == Some(of));
        let (place, resource) = found.map(|(id, it)| (id.span, it)).unzip();
        if resource.is_none() && id != implicit {
            return None;
        }
        let globals = document.get("Globals").and_then(|it| it.get(section));
        Some(Self { document, id, kind: ir.api.kind, resource, place, globals })
    }

    /// What is said under keys within keys: at the resource, or else in `Globals`.
    pub(in crate::rules) fn get(&self, keys: &[&str]) -> Option<&'c Raw> {
        let inside = |it: Option<&'c Raw>| keys.iter().try_fold(it?, |it, key| it.get(key));
        let own = self.resource.and_then(|it| it.get("Properties"));
        let global =
            || keys.first().is_some_and(|it| !self.ignores(it)).then(|| inside(self.globals)).flatten();
        inside(own).or_else(global)
    }

    /// Whether the resource has nothing of `Globals` under a key.
    fn ignores(&self, key: &str) -> bool {
        match self.resource.and_then(|it| it.get("IgnoreGlobals")).map(|it| &it.data) {
            Some(Data::List(items)) => items.iter().any(|it| it.as_str() == Some(key)),
            Some(Data::String(it)) => &**it == "*",
            _ => false,
        }
    }

    /// The events that name the API, or no API where it is implicit.
    pub(in crate::rules) fn events(&self) -> Vec<Event<'c>> {
        let (of, key) = match self.kind {
            ApiKind::Rest => ("Api", "RestApiId"),
            _ => ("HttpApi", "ApiId"),
        };
        let mut out = Vec::new();
        for (_, resource) in entries(self.document.get("Resources")) {
            let of_function = match resource.get("Type").and_then(Raw::as_str) {
                Some("AWS::Serverless::Function") => true,
                Some("AWS::Serverless::StateMachine") => false,
                _ => continue,
            };
            for (name, event) in entries(resource.get("Properties").and_then(|it| it.get("Events"))) {
                let properties = event.get("Properties");
                let api = properties.and_then(|it| it.get(key));
                let named = api.map(|it| it.as_str().or_else(|| it.get("Ref")?.as_str()).unwrap_or_default());
                let implicit = named.is_none() && self.id.starts_with("Serverless");
                if event.get("Type").and_then(Raw::as_str) == Some(of)
                    && (implicit || named == Some(self.id.as_str()))
                {
                    out.push(Event { name, of_function, properties });
                }
            }
        }
        out
    }

    /// The authorizers under `Auth`: its own, and those of `Globals`.
    pub(in crate::rules) fn authorizers(&self) -> Vec<&'c (Name, Raw)> {
        let keys = ["Auth", "Authorizers"];
        let own = self.resource.and_then(|it| it.get("Properties"));
        let inside = |it: Option<&'c Raw>| keys.iter().try_fold(it?, |it, key| it.get(key));
        let globals = self.globals.filter(|_| !self.ignores("Auth"));
        [own, globals].into_iter().flat_map(|it| entries(inside(it))).collect()
    }

    /// Whether a function stands in the template.
    pub(in crate::rules) fn has_function(&self, id: &str) -> bool {
        let resource = self.document.get("Resources").and_then(|it| it.get(id));
        let of = resource.and_then(|it| it.get("Type")?.as_str());
        matches!(of, Some("AWS::Serverless::Function" | "AWS::Lambda::Function"))
    }

    /// The resources of a type.
    pub(in crate::rules) fn resources(&self, of: &str) -> impl Iterator<Item = &'c Raw> {
        let all = entries(self.document.get("Resources")).iter().map(|it| &it.1);
        all.filter(move |it| it.get("Type").and_then(Raw::as_str) == Some(of))
    }
}

impl<'c> Event<'c> {
    /// What it says under keys within keys.
    pub(in crate::rules) fn get(&self, keys: &[&str]) -> Option<&'c Raw> {
        keys.iter().try_fold(self.properties?, |it, key| it.get(key))
    }
}

/// The entries of a mapping that is no function of CloudFormation.
pub(in crate::rules) fn entries(it: Option<&Raw>) -> &[(Name, Raw)] {
    match it.map(|it| (&it.data, it.function())) {
        Some((Data::Map(entries), None)) => entries,
        _ => &[],
    }
}

/// Whether a value is `true` or `false`; `None` if that is not known.
pub(in crate::rules) fn flag(it: &Raw) -> Option<bool> {
    match &it.data {
        Data::Bool(it) => Some(*it),
        Data::String(it) if it.eq_ignore_ascii_case("true") => Some(true),
        Data::String(it) if it.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}
