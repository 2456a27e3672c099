//! Functions: `AWS::Serverless::Function` as far as API Gateway calls them.

use gatewright_ir::{
    Alias, AliasVersion, ApiKind, CodeSource, CreatedFunction, Format, Function, Name, Origin, Policy, Text,
    Value, known,
};
use gatewright_spec::{Data, Raw};

use super::globals;
use crate::cloudformation::{self, resources};
use crate::draft::{Draft, Reading, known_text};

/// Reads the functions of a template.
pub(super) fn read(cx: &mut Reading<'_>) {
    let root = cx.document.clone();
    // Functions belong to no API before one calls them.
    let mut draft = Draft::new(cx, Format::Sam, ApiKind::Rest, Name::new("".into(), root.span));
    for resource in resources(cx, &root) {
        if resource.of != "AWS::Serverless::Function" {
            continue;
        }
        let properties = globals::properties(&root, "Function", resource.whole, &["Events"]);
        let function = function(&mut draft, resource.id, &properties);
        cx.functions.insert(resource.id.value.clone(), function);
    }
}

fn function(draft: &mut Draft, id: &Name, it: &Raw) -> Function {
    let alias = draft.name_of(it, "AutoPublishAlias");
    let alias = alias.map(|name| Alias {
        name,
        version: AliasVersion::Published,
        description: None,
        provisioned_concurrency: cloudformation::provisioned_concurrency(draft, it),
    });
    Function {
        name: id.clone(),
        origin: Origin::Created(Box::new(created(draft, id, it))),
        aliases: alias.into_iter().collect(),
        permission: true,
        manage_connections: None,
    }
}

fn created(draft: &mut Draft, id: &Name, it: &Raw) -> CreatedFunction {
    CreatedFunction {
        code: code(draft, it),
        policies: policies(draft, it),
        tags: draft.pairs_of(it, "Tags"),
        ..cloudformation::created(draft, id, it)
    }
}

fn code(draft: &mut Draft, it: &Raw) -> CodeSource {
    if let Some(text) = draft.text_of(it, "InlineCode") {
        return CodeSource::Inline(text);
    }
    if let Some(image) = draft.text_of(it, "ImageUri") {
        return CodeSource::Image(image);
    }
    let Some(uri) = draft.inner(it, "CodeUri") else { return CodeSource::Unknown };
    if uri.function().is_none()
        && let (Some(bucket), Some(key)) = (draft.text_of(&uri, "Bucket"), draft.text_of(&uri, "Key"))
    {
        return CodeSource::S3(bucket, key, draft.text_of(&uri, "Version"));
    }
    let Some(path) = known_text(draft.text(&uri)) else { return CodeSource::Unknown };
    match path.value.strip_prefix("s3://").and_then(|it| it.split_once('/')) {
        Some((bucket, key)) => {
            CodeSource::S3(known(bucket.into(), path.span), known(key.into(), path.span), None)
        }
        None => CodeSource::Folder { path, digest: None },
    }
}

/// What the generated role allows: managed policies and statements. SAM's policy templates are left out.
fn policies(draft: &mut Draft, it: &Raw) -> Vec<Policy> {
    let Some(all) = draft.inner(it, "Policies") else { return Vec::new() };
    let items = match &all.data {
        Data::List(items) => items.clone(),
        _ => vec![all],
    };
    let mut out = Vec::new();
    for it in items {
        match it.get("Statement").map(|it| &it.data) {
            Some(Data::List(statements)) => out.extend(statements.iter().cloned().map(Policy::Statement)),
            Some(Data::Map(_)) => out.extend(it.get("Statement").cloned().map(Policy::Statement)),
            _ => {
                let text = draft.text(&it);
                let is_text = matches!(&text.value, Value::Known(_)) || it.function().is_some();
                out.extend(is_text.then_some(Policy::Managed(text)));
            }
        }
    }
    out
}

/// The alias through which events call a function.
pub(super) fn alias(function: &Function) -> Option<Text> {
    function.aliases.first().map(|it| it.name.value.clone())
}
