//! `AWS::ApiGateway::Account`: the role with which API Gateway writes logs, for the whole account and region.

use gatewright_ir::{Generated, LogLevel, Raw, StageId};

use super::role;
use super::template::{Template, policies};
use crate::artifact::Note;
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

/// The logical id of the settings: those that are made here, or the user's own.
fn settings(cx: &Bindings<'_>) -> Option<String> {
    let is_account = |it: &Raw| it.get("Type").and_then(Raw::as_str) == Some("AWS::ApiGateway::Account");
    if cx.ir.api.cloud_watch_role.is_some() {
        return Some(cx.id(Generated::Account));
    }
    let own = cx.ir.template.resources.iter().find(|it| is_account(&it.1));
    own.map(|it| it.0.value.to_string())
}

/// The logical id of the settings, if a stage writes logs and must wait for them: API Gateway refuses a stage with logs
/// as long as there is no role.
pub(super) fn needed_by(cx: &Bindings<'_>, id: StageId) -> Option<String> {
    settings(cx).filter(|_| has_logs(cx, id))
}

fn has_logs(cx: &Bindings<'_>, id: StageId) -> bool {
    let stage = &cx.ir.stages[id];
    let mut settings = stage.routes.iter().map(|it| &it.1).chain([&stage.settings]);
    let executions = settings.any(|it| it.execution_log.is_some_and(|it| it.level != Some(LogLevel::Off)));
    executions || stage.access_log.is_some()
}

/// Says what logs need, where this template does not have it.
pub(super) fn note(cx: &Bindings<'_>, template: &mut Template<'_>) {
    if settings(cx).is_some() {
        return;
    }
    let stages = cx.stages.iter().filter(|it| has_logs(cx, **it));
    let names: Vec<String> = stages.map(|it| format!("`{}`", cx.stage_name(*it))).collect();
    let (stages, write) = match &names[..] {
        [] => return,
        [_] => ("stage", "writes"),
        _ => ("stages", "write"),
    };
    template.notes.push(Note::new(format!(
        "{stages} {} {write} logs, for which the account must have a role in the region; without one, AWS answers: \
         CloudWatch Logs role ARN must be set in account settings to enable logging; `cloudWatchRole: true` makes it",
        names.join(", ")
    )));
}
