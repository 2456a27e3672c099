//! `AWS::ApiGateway::Account`: the role with which API Gateway writes logs, for the whole account and region.

use gatewright_ir::{Generated, LogLevel, StageId};

use super::role;
use super::template::{Template, policies};
use crate::binding::Bindings;
use crate::intrinsic::{Text, attribute};
use crate::object::{Object, tag_list, tags};

/// Adds role and settings, if that was asked for. Both stay when the stack goes: other APIs of the account write their
/// logs with them.
pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>) {
    if cx.ir.api.cloud_watch_role.is_none() {
        return;
    }
    let policy = "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs";
    let properties = Object::new()
        .set("AssumeRolePolicyDocument", role::trust("apigateway.amazonaws.com"))
        .set("ManagedPolicyArns", vec![Text::new(policy).finish()])
        .list("Tags", tag_list(tags(&cx.ir.api.tags, &[])));
    let role = cx.id(Generated::CloudWatchRole);
    template.add_with(&role, "AWS::IAM::Role", policies("Retain"), properties);
    let properties = Object::new().set("CloudWatchRoleArn", attribute(&role, "Arn"));
    let account = cx.id(Generated::Account);
    template.add_with(&account, "AWS::ApiGateway::Account", policies("Retain"), properties);
}

/// The logical id of the settings, if a stage writes logs and must wait for them: API Gateway refuses a stage with logs
/// as long as there is no role.
pub(super) fn needed_by(cx: &Bindings<'_>, id: StageId) -> Option<String> {
    let stage = &cx.ir.stages[id];
    let mut settings = stage.routes.iter().map(|it| &it.1).chain([&stage.settings]);
    let executions = settings.any(|it| it.execution_log.is_some_and(|it| it.level != LogLevel::Off));
    let logs = executions || stage.access_log.is_some();
    (logs && cx.ir.api.cloud_watch_role.is_some()).then(|| cx.id(Generated::Account))
}
