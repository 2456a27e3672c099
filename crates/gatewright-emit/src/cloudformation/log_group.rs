//! `AWS::Logs::LogGroup`

use gatewright_ir::Value::{Deferred, Known};
use gatewright_ir::{Located, Retention};
use serde_json::Value;

use super::template::{Template, policies};
use crate::object::{Object, tag_list};

/// Adds a log group. It goes with its stack: kept, its name would stand in the way of the next stack.
pub(super) fn emit(
    template: &mut Template<'_>,
    id: &str,
    name: Value,
    retention: &Located<Retention>,
    tags: Object,
) {
    let retention = match &retention.value {
        Known(Retention::Days(it)) => Some((*it).into()),
        Known(Retention::Never) => None,
        Deferred(it) => Some(it.to_json()),
    };
    let properties = Object::new()
        .set("LogGroupName", name)
        .maybe("RetentionInDays", retention)
        .list("Tags", tag_list(tags));
    template.add_with(id, "AWS::Logs::LogGroup", policies("Delete"), properties);
}
