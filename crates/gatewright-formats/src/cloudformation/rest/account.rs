//! `AWS::ApiGateway::Account`: the role with which API Gateway writes logs.

use gatewright_ir::{ApiKind, Generated};
use gatewright_spec::{Data, Raw};

use super::super::{Drafts, Resource};
use crate::draft::Reading;
use crate::written::{sole_hole, written};

/// The managed policy that the role needs, and the only one.
const POLICY: &str = "policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs";

/// Reads the settings of the account, if their role is made for nothing but logs. Others stay resources of the template.
pub(super) fn read(cx: &Reading<'_>, drafts: &mut Drafts, all: &[Resource<'_>]) {
    let Some(account) = all.iter().find(|it| it.of == "AWS::ApiGateway::Account") else { return };
    let role = account.properties.get("CloudWatchRoleArn");
    let Some(text) = role.and_then(|it| written(&cx.scope, it)) else { return };
    let Some((role, Some("Arn"))) = sole_hole(&text) else { return };
    let Some(("AWS::IAM::Role", of)) = cx.scope.resource(role) else { return };
    if !is_for_logs(cx, of) {
        return;
    }
    for draft in drafts.list.iter_mut().filter(|it| it.ir.api.kind != ApiKind::Http) {
        draft.ir.api.cloud_watch_role = Some(account.id.span);
        draft.called(Generated::Account, &account.id.value);
        draft.called(Generated::CloudWatchRole, &role.into());
    }
}

fn is_for_logs(cx: &Reading<'_>, role: &Raw) -> bool {
    let plain = ["AssumeRolePolicyDocument", "ManagedPolicyArns", "Tags"];
    let Data::Map(entries) = &role.data else { return false };
    let policies = role.get("ManagedPolicyArns").map(|it| &it.data);
    let only = match policies {
        Some(Data::List(items)) => match &items[..] {
            [it] => written(&cx.scope, it).is_some_and(|it| it.ends_with(POLICY)),
            _ => false,
        },
        _ => false,
    };
    only && entries.iter().all(|it| plain.contains(&&*it.0.value))
}
