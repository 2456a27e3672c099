//! `AWS::ApiGateway::ClientCertificate`: what a stage shows to HTTP backends.

use gatewright_ir::{ClientCertificate, Generated, StageId};
use serde_json::Value;

use super::template::Template;
use crate::binding::Bindings;
use crate::intrinsic::reference;
use crate::object::{Object, tag_list, tags, text};

/// Adds the certificates that are created, one for each stage that wants its own.
pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>) {
    for id in &cx.stages {
        let stage = &cx.ir.stages[*id];
        if !matches!(stage.client_certificate, Some(ClientCertificate::Created(_))) {
            continue;
        }
        let description = format!("{}, stage {}", cx.ir.api.name.value, stage.name.value);
        let properties = Object::new()
            .set("Description", description)
            .list("Tags", tag_list(tags(&cx.ir.api.tags, &stage.tags)));
        let logical_id = cx.id(Generated::ClientCertificate(*id));
        template.add(&logical_id, "AWS::ApiGateway::ClientCertificate", properties);
    }
}

/// The id of the certificate of a stage, if it has one.
pub(super) fn of(cx: &Bindings<'_>, id: StageId) -> Option<Value> {
    Some(match cx.ir.stages[id].client_certificate.as_ref()? {
        ClientCertificate::Created(_) => reference(&cx.id(Generated::ClientCertificate(id))),
        ClientCertificate::Existing(it) => text(it),
    })
}
