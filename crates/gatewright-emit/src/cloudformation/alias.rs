//! `AWS::Lambda::Alias`

use gatewright_ir::{Alias, AliasVersion, FunctionId, Generated};
use serde_json::Value;

use super::template::Template;
use crate::binding::Bindings;
use crate::intrinsic::{attribute, reference};
use crate::object::{Object, json};

/// Whether an alias points to the version that the stack publishes. Environments can be kept ready for a version
/// only, so an alias of `$LATEST` that wants some gets one.
pub(super) fn is_published(alias: &Alias) -> bool {
    match alias.version {
        AliasVersion::Published => true,
        AliasVersion::Latest => alias.provisioned_concurrency.is_some(),
        AliasVersion::Number(_) => false,
    }
}

pub(super) fn emit(
    cx: &Bindings<'_>,
    template: &mut Template<'_>,
    id: FunctionId,
    at: usize,
    alias: &Alias,
    published: Option<&str>,
) {
    let version: Value = match (&alias.version, published) {
        (AliasVersion::Number(it), _) => it.as_ref().into(),
        (_, Some(it)) if is_published(alias) => attribute(it, "Version"),
        _ => "$LATEST".into(),
    };
    let concurrency = alias.provisioned_concurrency.as_ref();
    let concurrency = concurrency.map(|it| json(it, |it| (*it).into()));
    let concurrency = concurrency.map(|it| Object::new().set("ProvisionedConcurrentExecutions", it));
    let properties = Object::new()
        .set("FunctionName", reference(&cx.id(Generated::Function(id))))
        .set("Name", &*alias.name.value)
        .maybe("Description", alias.description.as_ref().map(|it| &*it.value))
        .set("FunctionVersion", version)
        .maybe("ProvisionedConcurrencyConfig", concurrency);
    template.add(&cx.id(Generated::FunctionAlias(id, at)), "AWS::Lambda::Alias", properties);
}
