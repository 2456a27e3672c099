//! `AWS::Lambda::Version`: what aliases point to. CloudFormation publishes one only with a new logical id, which
//! therefore ends in a digest of the function.

use gatewright_ir::{CodeSource, CreatedFunction, FunctionId, Generated};
use serde_json::Value;

use super::Context;
use super::template::{Template, policies, resource};
use crate::artifact::Note;
use crate::digest::digest;
use crate::intrinsic::reference;
use crate::object::Object;

/// Whether only CloudFormation knows where the code lies, or what it is.
pub(super) fn code_is_deferred(of: &CreatedFunction) -> bool {
    let parts = match &of.code {
        CodeSource::Inline(it) | CodeSource::Image(it) => [Some(it), None, None],
        CodeSource::S3(bucket, key, version) => [Some(bucket), Some(key), version.as_ref()],
        CodeSource::Folder { .. } | CodeSource::Unknown => [None, None, None],
    };
    parts.into_iter().flatten().any(|it| it.value.deferred().is_some())
}

/// Adds the version of a function that has been added, and gives its logical id.
pub(super) fn emit(
    cx: &Context<'_>,
    template: &mut Template<'_>,
    id: FunctionId,
    of: &CreatedFunction,
) -> String {
    let function = cx.bindings.id(Generated::Function(id));
    let properties = template.resources.get(&function).and_then(|it| it.get("Properties"));
    let mut content = properties.cloned().unwrap_or_default();
    if let Some(content) = content.as_object_mut() {
        // No version holds these, and Lambda refuses to publish one that is like the last.
        content.shift_remove("Tags");
        content.shift_remove("ReservedConcurrentExecutions");
        if let CodeSource::Folder { path, digest } = &of.code {
            // What is in the folder matters, not where it lies.
            let code = digest.as_deref().unwrap_or(&path.value);
            content.insert("Code".to_owned(), Value::from(code));
        }
    }
    // With a token, the function's description changes with it, and so does the digest.
    if code_is_deferred(of) && cx.options.redeploy_token.is_none() {
        template.notes.push(Note::new(format!(
            "where the code of function `{}` lies is only known when deploying, and an alias points to the version that \
             is published: when only that value changes, no new version is published, and the alias keeps the old code; \
             `--redeploy-token TOKEN` publishes one",
            cx.bindings.ir.functions[id].name.value
        )));
    }
    let version = Object::new().set("FunctionName", reference(&function));
    // An older version stays for aliases elsewhere that point to its number.
    let version = resource("AWS::Lambda::Version", policies("Retain"), version);
    template.add_derived(&format!("{function}Version"), &digest(&content), version)
}
