//! Schemas as models, and what requests are checked for: REST APIs.

use std::rc::Rc;

use gatewright_ir::{ApiKind, Model, ModelId, Name, Span, Text, Validation, pascal};
use gatewright_spec::{Data, Raw};

use super::Body;
use super::document::File;
use crate::draft::is_there;

const VALIDATOR: &str = "x-amazon-apigateway-request-validator";
const VALIDATORS: &str = "x-amazon-apigateway-request-validators";

/// The media type of a body of which none is said.
const JSON: &str = "application/json";

/// What a validator checks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Validator {
    body: bool,
    parameters: bool,
}

impl Body<'_, '_> {
    /// Reads schemas and validators.
    pub(super) fn models(&mut self, root: &Raw) {
        if self.kind() != ApiKind::Rest {
            return;
        }
        let file = self.file.clone();
        let components = self.draft.inner(root, "components");
        let schemas = match &components {
            Some(it) => it.get("schemas"),
            None => root.get("definitions"),
        };
        if let Some(schemas) = schemas {
            let (entries, _) = self.entries(&file, schemas);
            for it in entries {
                let schema = matches!(it.it.data, Data::Map(_)).then(|| it.it.into_owned());
                let id = self.draft.ir.models.push(Model { name: it.name.clone(), schema });
                self.draft.models.insert(it.name.value, id);
            }
        }
        let Some(validators) = root.get(VALIDATORS) else { return };
        for (name, it) in self.draft.entries(validators) {
            let mut says =
                |key| self.draft.flag_of(&it, key).is_some_and(|it| it.value.known() == Some(&true));
            let validator = Validator {
                body: says("validateRequestBody"),
                parameters: says("validateRequestParameters"),
            };
            self.validators.insert(name.value, validator);
        }
    }

    /// What the requests of an operation are checked for: what is declared counts only where a validator checks it.
    pub(super) fn validation(
        &mut self,
        name: &Name,
        (file, operation): (&Rc<File>, &Raw),
        (path_file, path): (&Rc<File>, &Raw),
    ) -> Option<Box<Validation>> {
        let own = operation.get(VALIDATOR).filter(|it| is_there(it));
        let root = self.file.clone();
        let named = own.or_else(|| root.root().get(VALIDATOR))?.as_str()?;
        let checks = *self.validators.get(named)?;
        let mut out = Validation::default();
        let mut seen: Vec<(Text, Text)> = Vec::new();
        let own = (file, operation.get("parameters"));
        for (file, list) in [own, (path_file, path.get("parameters"))] {
            let Some(list) = list else { continue };
            let scope = self.cx.scope.clone();
            let Some(list) = scope.structure(list) else { continue };
            let Data::List(items) = &list.data else { continue };
            for it in items {
                let Some((it, from)) = self.found(file, it) else { continue };
                let (Some(name), Some(place)) =
                    (self.draft.name_of(&it, "name"), self.draft.name_of(&it, "in"))
                else {
                    continue;
                };
                // What the operation says replaces what the path does.
                let key = (name.value.clone(), place.value.clone());
                if seen.contains(&key) {
                    continue;
                }
                seen.push(key);
                let required =
                    self.draft.flag_of(&it, "required").is_some_and(|it| it.value.known() == Some(&true));
                match &*place.value {
                    "header" if required && checks.parameters => out.headers.push(name),
                    "query" if required && checks.parameters => out.query.push(name),
                    "body" if checks.body => self.body_parameter(operation, &from, &it, &name, &mut out),
                    _ => {}
                }
            }
        }
        if checks.body
            && let Some((body, from)) = self.found_in(file, operation, "requestBody")
            && let Some(content) = body.get("content")
        {
            for (media_type, it) in self.draft.entries(content) {
                let Some(schema) = it.get("schema") else { continue };
                if let Some((id, span)) = self.model_of(&from, schema, name) {
                    out.body.push((Some(media_type), id, span));
                }
            }
        }
        let checks = !out.body.is_empty() || out.checks_parameters();
        checks.then(|| Box::new(out))
    }

    /// The body of a request as Swagger 2.0 has it: a parameter, for all media types that the operation takes.
    fn body_parameter(
        &mut self,
        operation: &Raw,
        file: &Rc<File>,
        it: &Raw,
        name: &Name,
        out: &mut Validation,
    ) {
        let Some((id, span)) = it.get("schema").and_then(|it| self.model_of(file, it, name)) else { return };
        let root = self.file.clone();
        let consumes = operation.get("consumes").or_else(|| root.root().get("consumes"));
        let media_types = consumes.map(|it| self.draft.texts(it)).unwrap_or_default();
        let media_types: Vec<Name> = media_types.into_iter().filter_map(crate::draft::known_text).collect();
        if media_types.is_empty() {
            out.body.push((Some(Name::new(JSON.into(), span)), id, span));
        }
        out.body.extend(media_types.into_iter().map(|it| (Some(it), id, span)));
    }

    /// The model that a schema names.
    pub(super) fn named_model(&mut self, file: &Rc<File>, schema: &Raw) -> Option<(ModelId, Span)> {
        let reference = schema.get("$ref")?;
        let name = reference.as_str()?.rsplit('/').next()?;
        if !Rc::ptr_eq(file, &self.file) {
            return None;
        }
        Some((*self.draft.models.get(name)?, reference.span))
    }

    /// The model of a body; of a schema that stands there itself API Gateway makes one.
    fn model_of(&mut self, file: &Rc<File>, schema: &Raw, of: &Name) -> Option<(ModelId, Span)> {
        if schema.get("$ref").is_some() {
            return self.named_model(file, schema);
        }
        if !matches!(schema.data, Data::Map(_)) || schema.function().is_some() {
            return None;
        }
        let base: String =
            pascal(&of.value.to_ascii_lowercase()).chars().filter(char::is_ascii_alphanumeric).collect();
        let mut name: Text = format!("{base}Body").into();
        let mut number = 1;
        while self.draft.models.contains_key(&name) {
            number += 1;
            name = format!("{base}Body{number}").into();
        }
        let model = Model { name: Name::new(name.clone(), schema.span), schema: Some(schema.clone()) };
        let id = self.draft.ir.models.push(model);
        self.draft.models.insert(name, id);
        Some((id, schema.span))
    }
}
