//! What requests to REST APIs are checked for: parameters, and models of bodies.
//!
//! Source: serverless/serverless v3,
//! `lib/plugins/aws/package/compile/events/api-gateway/lib/request-validator.js`.

use gatewright_ir::{Generated, Model, ModelId, Name, Span, Text, Validation};
use gatewright_spec::{Data, Raw};

use super::naming::{method, upper_first};
use super::rest::Http;
use super::rest_integrations::is_required;
use super::service::{Service, at};
use crate::draft::Draft;

/// The models that events name.
pub(super) struct Models<'s> {
    /// Those that all events may name.
    shared: Option<&'s Raw>,
}

impl<'s> Models<'s> {
    /// No models yet.
    pub(super) fn new(service: &'s Service) -> Self {
        Self { shared: service.provider(&["apiGateway", "request", "schemas"]) }
    }

    /// What a route checks, if it does.
    pub(super) fn validation(
        &mut self,
        draft: &mut Draft,
        it: &Http<'_>,
        span: Span,
    ) -> Option<Box<Validation>> {
        let mut out = Validation::default();
        let mut checks = false;
        for section in ["querystrings", "paths", "headers"] {
            let Some(section_raw) = it.get(&["request", "parameters", section]) else { continue };
            for (name, declared) in draft.entries(section_raw) {
                if !is_required(&declared) {
                    continue;
                }
                checks = true;
                match section {
                    "querystrings" => out.query.push(name),
                    "headers" => out.headers.push(name),
                    _ => {}
                }
            }
        }
        let schemas = it.get(&["request", "schemas"]).or_else(|| it.get(&["request", "schema"]));
        for (media_type, schema) in schemas.map(|it| draft.entries(it)).unwrap_or_default() {
            checks = true;
            let id = self.model(draft, it, &media_type, &schema);
            out.body.push((
                Some(media_type),
                id,
                if schema.span == Span::default() { span } else { schema.span },
            ));
        }
        checks.then(|| Box::new(out))
    }

    fn model(&self, draft: &mut Draft, it: &Http<'_>, media_type: &Name, schema: &Raw) -> ModelId {
        let shared = schema.as_str().and_then(|name| Some((name, at(self.shared?, &[name])?)));
        let (logical_id, config): (Text, &Raw) = match shared {
            Some((name, config)) => (format!("ApiGateway{}Model", camel(name)).into(), config),
            None => {
                let media_type: String = words(&media_type.value).map(|it| upper_first(&it)).collect();
                (format!("{}{media_type}Model", method(&it.path, &it.method)).into(), schema)
            }
        };
        if let Some(known) = draft.models.get(&logical_id) {
            return *known;
        }
        let definition = at(config, &["schema"]).unwrap_or(config);
        let known = matches!(definition.data, Data::Map(_)) && definition.function().is_none();
        let name = draft.name_of(config, "name").filter(|_| at(config, &["schema"]).is_some());
        let name = name.unwrap_or_else(|| Name::new(logical_id.clone(), schema.span));
        let id = draft.ir.models.push(Model { name, schema: known.then(|| definition.clone()) });
        draft.models.insert(logical_id.clone(), id);
        draft.called(Generated::Model(id), &logical_id);
        id
    }
}

/// The words of a text.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty()).map(str::to_owned)
}

/// Words in one, each with a capital.
fn camel(text: &str) -> String {
    words(text).map(|it| upper_first(&it)).collect()
}
