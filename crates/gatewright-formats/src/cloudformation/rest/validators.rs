//! `AWS::ApiGateway::RequestValidator`, and what methods have checked.

use gatewright_ir::{BUILT_IN_MODELS, Generated, ModelId, Name, Span, Validation, Value};
use gatewright_spec::Raw;
use rustc_hash::FxHashMap;

use super::super::Resource;
use crate::draft::{Draft, Reading, flag, is_there, known_text};
use crate::written::{sole_hole, written};

/// What a validator checks. What is not known is taken as checked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Validator {
    body: bool,
    parameters: bool,
}

/// The validators of a template, by logical id.
pub(super) fn all<'r>(cx: &Reading<'_>, all: &[Resource<'r>]) -> FxHashMap<&'r str, Validator> {
    let checks = |of: &Raw, key: &str| {
        of.get(key).filter(|it| is_there(it)).is_some_and(|it| {
            let text = written(&cx.scope, it);
            text.as_deref().and_then(flag) != Some(false)
        })
    };
    let validators = all.iter().filter(|it| it.of == "AWS::ApiGateway::RequestValidator");
    let read = |it: &Resource<'r>| Validator {
        body: checks(it.properties, "ValidateRequestBody"),
        parameters: checks(it.properties, "ValidateRequestParameters"),
    };
    validators.map(|it| (&*it.id.value, read(it))).collect()
}

/// What the requests of a method are checked for: models and parameters count only where a validator checks them.
pub(super) fn validation(
    cx: &Reading<'_>,
    draft: &mut Draft,
    validators: &FxHashMap<&str, Validator>,
    of: &Raw,
) -> Option<Box<Validation>> {
    let it = of.get("RequestValidatorId").filter(|it| is_there(it))?;
    let text = written(&cx.scope, it);
    let named = match text.as_deref().and_then(sole_hole) {
        Some((name, None | Some("RequestValidatorId"))) => Some(name),
        _ => None,
    };
    let checks = match named.and_then(|name| Some((name, *validators.get(name)?))) {
        Some((name, validator)) => {
            let Validator { body, parameters } = validator;
            let generated = Generated::Validator { body, parameters };
            draft.ir.provenance.logical_ids.entry(generated).or_insert_with(|| name.into());
            validator
        }
        None => Validator { body: true, parameters: true },
    };
    let mut out = Validation::default();
    if checks.body {
        for (media_type, model) in draft.pairs_of(of, "RequestModels") {
            let found = self::model(draft, &model);
            match found {
                Some(Some((id, span))) => out.body.push((Some(media_type), id, span)),
                Some(None) => {}
                None => draft.ir.api.unknown_model = true,
            }
        }
    }
    if checks.parameters {
        for (name, required) in draft.pairs_of(of, "RequestParameters") {
            if required.value.as_str().and_then(flag) != Some(true) {
                continue;
            }
            let short = |it: &str| Name::new(it.into(), name.span);
            if let Some(it) = name.value.strip_prefix("method.request.header.") {
                out.headers.push(short(it));
            } else if let Some(it) = name.value.strip_prefix("method.request.querystring.") {
                out.query.push(short(it));
            }
        }
    }
    let is_checked = !out.body.is_empty() || out.checks_parameters();
    is_checked.then(|| Box::new(out))
}

/// The model that a method names, by its name or by a reference; `Some(None)` for those that every API has.
pub(super) fn model(
    draft: &Draft,
    it: &gatewright_ir::Located<gatewright_ir::Text>,
) -> Option<Option<(ModelId, Span)>> {
    let named = match &it.value {
        Value::Deferred(raw) => sole_hole(&written(&draft.scope, raw)?)?.0.to_owned(),
        Value::Known(_) => known_text(it.clone())?.value.to_string(),
    };
    match draft.models.get(&*named) {
        Some(id) => Some(Some((*id, it.span))),
        None => BUILT_IN_MODELS.contains(&&*named).then_some(None),
    }
}
