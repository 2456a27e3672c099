//! Lowers `models:` and what routes validate.

use gatewright_source::Diagnostic;
use gatewright_spec::{self as spec, Data, Either, Field, Raw};

use super::{Lowering, lookup, texts};
use crate::{Model, ModelId, Name, Validation};

impl<'s> Lowering<'s> {
    pub(super) fn models(&mut self) {
        for (name, it) in self.section(|it| &it.models) {
            let schema = it.map(|it| it.value.clone()).filter(|it| self.is_schema(it));
            let id = self.ir.models.push(Model { name: name.clone(), schema });
            self.models.insert(name.value.clone(), (id, name.span));
        }
    }

    /// Whether a schema is a mapping, or a function that may give one; anything else is reported.
    fn is_schema(&mut self, it: &Raw) -> bool {
        let is_schema = matches!(it.data, Data::Map(_));
        if !is_schema {
            let problem = Diagnostic::error("wrong-type", it.span, "a model is a mapping, JSON Schema");
            self.report(
                problem.help("write the schema itself, such as `{ type: object }`; JSON needs no quotes"),
            );
        }
        is_schema
    }

    /// The model with a name. `Empty` and `Error` exist in every REST API, but a route gains nothing by them.
    pub(super) fn model(&mut self, name: &Name) -> Option<ModelId> {
        let found = lookup(&self.models, &name.value);
        if found.is_none() {
            self.ir.api.unknown_model = true;
            self.unknown("unknown-model", "model", &name.value, name.span, |it| texts(&it.models));
        }
        found
    }

    pub(super) fn validation(
        &mut self,
        it: &'s Field<Either<gatewright_source::Text, spec::Validate>>,
    ) -> Option<Box<Validation>> {
        let it = it.given()?;
        let mut out = Validation::default();
        let long = match &it.value {
            Either::Short(name) => {
                let name = Name::new(name.clone(), it.span);
                out.body.extend(self.model(&name).map(|id| (None, id, name.span)));
                return Some(Box::new(out));
            }
            Either::Long(long) => long,
        };
        match long.body.given().map(|it| (&it.value, it.span)) {
            Some((Either::Short(name), span)) => {
                let name = Name::new(name.clone(), span);
                out.body.extend(self.model(&name).map(|id| (None, id, span)));
            }
            Some((Either::Long(entries), _)) => {
                for (media_type, model) in &entries.0 {
                    let Some(model) = model.given() else { continue };
                    let id = self.model(model);
                    out.body.extend(id.map(|id| (Some(media_type.clone()), id, model.span)));
                }
            }
            None => {}
        }
        let names = |it: &Field<spec::OneOrMany<gatewright_source::Text>>| -> Vec<Name> {
            it.value().map(|it| it.0.clone()).unwrap_or_default()
        };
        out.headers = names(&long.headers);
        out.query = names(&long.query);
        Some(Box::new(out))
    }
}
