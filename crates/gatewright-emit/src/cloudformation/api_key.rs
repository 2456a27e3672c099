//! `AWS::ApiGateway::ApiKey`

use gatewright_ir::{ApiKeyId, Generated};
use serde_json::Value;

use super::template::Template;
use super::usage_plan;
use crate::binding::Bindings;
use crate::intrinsic::reference;
use crate::object::{Object, tag_list, tags, text};

/// Adds the keys that are created. In a stack of one stage, those of plans for other stages are left out.
pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>) {
    for (id, it) in cx.ir.api_keys.iter() {
        if it.existing.is_some() || !belongs(cx, id) {
            continue;
        }
        let properties = Object::new()
            .maybe("Name", it.key_name.as_ref().map(text))
            .maybe("Description", it.description.as_ref().map(|it| &*it.value))
            // CloudFormation makes keys that are not accepted, if it is not told otherwise.
            .set("Enabled", it.enabled.is_none_or(|it| it.value))
            .maybe("Value", it.value.as_ref().map(text))
            .maybe("CustomerId", it.customer_id.as_ref().map(text))
            .list("Tags", tag_list(tags(&cx.ir.api.tags, &it.tags)));
        template.add(&cx.id(Generated::ApiKey(id)), "AWS::ApiGateway::ApiKey", properties);
    }
}

/// The id that a key has in the account.
pub(super) fn id_of(cx: &Bindings<'_>, id: ApiKeyId) -> Value {
    match &cx.ir.api_keys[id].existing {
        Some(it) => text(it),
        None => reference(&cx.id(Generated::ApiKey(id))),
    }
}

fn belongs(cx: &Bindings<'_>, id: ApiKeyId) -> bool {
    let mut plans = cx.ir.usage_plans.values().filter(|it| it.keys.iter().any(|it| it.0 == id)).peekable();
    plans.peek().is_none() || plans.any(|it| usage_plan::belongs(cx, it))
}
