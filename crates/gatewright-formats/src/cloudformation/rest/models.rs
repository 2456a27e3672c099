//! `AWS::ApiGateway::Model`.

use gatewright_ir::{Generated, Id as _, Model, ModelId, Span, Spanned};
use gatewright_spec::{Data, Raw};

use super::super::Resource;
use super::{Parts, Shared};
use crate::draft::{Draft, Reading};
use crate::written::{sole_hole, written};

/// Reads a model.
pub(super) fn model(cx: &Reading<'_>, draft: &mut Draft, _: (&Shared<'_>, &mut Parts), it: Resource<'_>) {
    let id = ModelId::from_index(draft.ir.models.len());
    let name = draft.name(Generated::Model(id), it.properties.get("Name"), it.id);
    let schema = draft.inner(it.properties, "Schema").and_then(|it| schema(cx, it));
    draft.models.insert(name.value.clone(), id);
    // Methods name it by a reference, too.
    draft.models.insert(it.id.value.clone(), id);
    draft.ir.models.push(Model { name, schema });
    draft.called(Generated::Model(id), &it.id.value);
}

/// The schema: a mapping, or the same as text.
fn schema(cx: &Reading<'_>, it: Raw) -> Option<Raw> {
    match &it.data {
        Data::Map(_) if it.function().is_none() => Some(named(cx, it)),
        Data::String(text) => {
            let parsed = serde_json::from_str(text).ok()?;
            Some(parsed_at(it.span, parsed)).filter(|it| matches!(it.data, Data::Map(_)))
        }
        _ => None,
    }
}

/// The schema with references to other models of the template by their names: CloudFormation puts their URLs together.
///
/// Source: API Gateway Developer Guide, "Data models for REST APIs".
fn named(cx: &Reading<'_>, it: Raw) -> Raw {
    let data = match it.data {
        Data::List(items) => Data::List(items.into_iter().map(|it| named(cx, it)).collect()),
        Data::Map(entries) => {
            let entry = |(key, it): (Spanned<gatewright_ir::Text>, Raw)| {
                let model = (&*key.value == "$ref" && it.function().is_some()).then(|| model_named(cx, &it));
                let it = match model.flatten() {
                    Some(name) => Raw { span: it.span, data: Data::String(name.into()) },
                    None => named(cx, it),
                };
                (key, it)
            };
            Data::Map(entries.into_iter().map(entry).collect())
        }
        other => other,
    };
    Raw { span: it.span, data }
}

/// The place of the model whose URL this is.
fn model_named(cx: &Reading<'_>, it: &Raw) -> Option<String> {
    let url = written(&cx.scope, it)?;
    let (_, model) = url.rsplit_once("/models/")?;
    let name = match sole_hole(model) {
        Some((id, None)) => {
            let (_, of) = cx.scope.resource(id).filter(|it| it.0 == "AWS::ApiGateway::Model")?;
            of.get("Name").map_or(Some(id), Raw::as_str)?
        }
        Some(_) => return None,
        None => model,
    };
    Some(format!("#/models/{name}"))
}

/// JSON in text, all of which is where the text is.
fn parsed_at(span: Span, it: serde_json::Value) -> Raw {
    let data = match it {
        serde_json::Value::Null => Data::Null,
        serde_json::Value::Bool(it) => Data::Bool(it),
        serde_json::Value::Number(it) => match it.as_i64() {
            Some(it) => Data::Integer(it),
            None => Data::Float(it.as_f64().unwrap_or_default()),
        },
        serde_json::Value::String(it) => Data::String(it.into()),
        serde_json::Value::Array(items) => {
            Data::List(items.into_iter().map(|it| parsed_at(span, it)).collect())
        }
        serde_json::Value::Object(entries) => {
            let entry = |(key, it): (String, serde_json::Value)| {
                (Spanned::new(key.into(), span), parsed_at(span, it))
            };
            Data::Map(entries.into_iter().map(entry).collect())
        }
    };
    Raw { span, data }
}
