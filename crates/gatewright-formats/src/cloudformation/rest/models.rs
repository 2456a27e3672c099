//! `AWS::ApiGateway::Model` and `AWS::ApiGateway::RequestValidator`.

use gatewright_ir::{Generated, Id as _, Model, ModelId, Value};
use gatewright_spec::Data;

use super::super::Resource;
use super::Parts;
use crate::draft::{Draft, Reading};

/// Reads a model. Methods name it by its name or by a reference.
pub(super) fn model(_: &Reading<'_>, draft: &mut Draft, _: &mut Parts, it: Resource<'_>) {
    let id = ModelId::from_index(draft.ir.models.len());
    let name = draft.name(Generated::Model(id), it.properties.get("Name"), it.id);
    let schema = draft.inner(it.properties, "Schema").filter(|it| matches!(it.data, Data::Map(_)));
    draft.models.insert(name.value.clone(), id);
    draft.models.insert(it.id.value.clone(), id);
    draft.ir.models.push(Model { name, schema });
    draft.called(Generated::Model(id), &it.id.value);
}

/// Reads what a validator checks. What is not known counts as checked: what it would need is there.
pub(super) fn validator(_: &Reading<'_>, draft: &mut Draft, parts: &mut Parts, it: Resource<'_>) {
    let mut checks = |key: &str| match draft.flag_of(it.properties, key).map(|it| it.value) {
        None => false,
        Some(Value::Known(it)) => it,
        Some(Value::Deferred(_)) => true,
    };
    let checks = (checks("ValidateRequestBody"), checks("ValidateRequestParameters"));
    parts.validators.insert(it.id.value.clone(), checks);
    draft.called(Generated::Validator { body: checks.0, parameters: checks.1 }, &it.id.value);
}
