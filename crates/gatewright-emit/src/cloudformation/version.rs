//! `AWS::Lambda::Version`: what aliases point to. CloudFormation publishes one only with a new logical id, which
//! therefore ends in a digest of the function.

use gatewright_ir::{CodeSource, CreatedFunction, FunctionId, Generated};
use serde_json::Value;

use super::Context;
use super::template::{Template, policies, resource};
use crate::digest::digest;
use crate::intrinsic::reference;
use crate::object::Object;

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
    let version = Object::new().set("FunctionName", reference(&function));
    // An older version stays for aliases elsewhere that point to its number.
    let version = resource("AWS::Lambda::Version", policies("Retain"), version);
    template.add_derived(&format!("{function}Version"), &digest(&content), version)
}
