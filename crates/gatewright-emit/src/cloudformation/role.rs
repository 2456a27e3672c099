//! `AWS::IAM::Role`

use gatewright_ir::{
    CreatedFunction, Credentials, FunctionId, Generated, IntegrationId, Origin, Policy, StageId,
};
use serde_json::Value;

use super::template::Template;
use crate::artifact::Note;
use crate::binding::{Bindings, Open, grant};
use crate::intrinsic::{Text, attribute};
use crate::object::{Object, tag_list, tags, text};

/// Adds the role of a service integration, if one is generated, and gives its logical id.
pub(super) fn for_integration(
    cx: &Bindings<'_>,
    template: &mut Template<'_>,
    id: IntegrationId,
) -> Option<String> {
    let integration = &cx.ir.integrations[id];
    if !matches!(integration.credentials, Credentials::Generated) {
        return None;
    }
    let name = &integration.name.value;
    let Some(grant) = grant(cx, id) else {
        template.notes.push(Note::new(format!(
            "integration `{name}`: which service it calls is only known when the stack is deployed, so no role can be \
             generated: say `role`"
        )));
        return None;
    };
    let actions = grant.actions.join("` and `");
    let note = grant.open.map(|it| match it {
        Open::Parameter(parameter) => format!(
            "integration `{name}`: `{parameter}` is only known when a request comes or the stack is deployed, so the \
             generated role may do `{actions}` on everything of its kind in the account; a `role` of your own can be \
             narrower"
        ),
        Open::Resource => format!(
            "integration `{name}`: the generated role may do `{actions}` on everything of its kind in the account; name \
             the ARNs under `resource`, or say `role`"
        ),
        Open::Actions => format!(
            "integration `{name}`: which actions stand behind its path is not known here, so the generated role may do \
             `{actions}`; a `role` of your own can be narrower"
        ),
    });
    template.notes.extend(note.map(Note::new));
    let allowed = statement(grant.actions.into_iter().map(Value::from).collect(), grant.resources);
    let policy = policy("call", vec![allowed]);
    // Not even with `aws:SourceAccount`: API Gateway sends no source when it takes on the role of an integration,
    // and every request would fail.
    let properties = Object::new()
        .set("AssumeRolePolicyDocument", trust("apigateway.amazonaws.com"))
        .set("Policies", vec![policy])
        .list("Tags", tag_list(tags(&cx.ir.api.tags, &[])));
    let role = cx.id(Generated::IntegrationRole(id));
    template.add(&role, "AWS::IAM::Role", properties);
    Some(role)
}

/// Adds the role of a function: it writes to the function's own log group, and does what the policies allow.
pub(super) fn for_function(
    cx: &Bindings<'_>,
    template: &mut Template<'_>,
    id: FunctionId,
    of: &CreatedFunction,
) {
    let log_group = attribute(&cx.id(Generated::FunctionLogGroup(id)), "Arn");
    let write = statement(vec!["logs:CreateLogStream".into(), "logs:PutLogEvents".into()], vec![log_group]);
    let mut policies = vec![policy("logs", vec![write])];
    let mut managed = Vec::new();
    if of.vpc.is_some() {
        // The network interfaces through which the function enters its network.
        managed.push(managed_policy("AWSLambdaVPCAccessExecutionRole".into()));
    }
    let mut access = Vec::new();
    for it in &of.policies {
        match it {
            Policy::Managed(it) => managed.push(managed_policy(text(it))),
            Policy::Allow { actions, resource, suffixes } => {
                let resource = text(resource);
                let resources =
                    suffixes.iter().map(|it| Text::default().value(&resource).literal(it).finish());
                access.push(statement(actions.iter().map(|it| (*it).into()).collect(), resources.collect()));
            }
            Policy::Statement(it) => access.push(it.to_json()),
        }
    }
    if !access.is_empty() {
        policies.push(policy("access", access));
    }
    if cx.ir.functions[id].manage_connections.is_some() {
        let allowed = statement(vec!["execute-api:ManageConnections".into()], connections(cx));
        policies.push(policy("connections", vec![allowed]));
    }
    let properties = Object::new()
        .set("AssumeRolePolicyDocument", trust("lambda.amazonaws.com"))
        .list("ManagedPolicyArns", managed)
        .set("Policies", policies)
        .list("Tags", tag_list(tags(&cx.ir.api.tags, &of.tags)));
    template.add(&cx.id(Generated::FunctionRole(id)), "AWS::IAM::Role", properties);
}

/// The ARNs of the connections of the stages that are built. They name the API and no stage's resource: stages wait for
/// functions.
///
/// Source: API Gateway Developer Guide, "Use IAM authorization in WebSocket APIs": the methods are those of the
/// `@connections` API.
fn connections(cx: &Bindings<'_>) -> Vec<Value> {
    const METHODS: [&str; 3] = ["POST", "GET", "DELETE"];
    let arn = |stage: &StageId, method: &str| {
        Text::new("arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:")
            .id(&cx.id(Generated::Api))
            .sub("/")
            .literal(cx.stage_name(*stage))
            .sub(&format!("/{method}/@connections/*"))
            .finish()
    };
    cx.stages.iter().flat_map(|stage| METHODS.map(|method| arn(stage, method))).collect()
}

/// Says which functions cannot be allowed here to send messages to connections.
pub(super) fn note_connections(cx: &Bindings<'_>, template: &mut Template<'_>) {
    for it in cx.ir.functions.values().filter(|it| it.manage_connections.is_some()) {
        if matches!(&it.origin, Origin::Created(of) if of.role.is_some()) {
            template.notes.push(Note::new(format!(
                "function `{}` has a role of its own: it must allow `execute-api:ManageConnections` on \
                 `arn:PARTITION:execute-api:REGION:ACCOUNT:API/STAGE/*/@connections/*`",
                it.name.value
            )));
        }
    }
}

fn document(statements: Vec<Value>) -> Object {
    Object::new().set("Version", "2012-10-17").set("Statement", statements)
}

pub(super) fn trust(service: &str) -> Object {
    let statement = Object::new()
        .set("Effect", "Allow")
        .set("Principal", Object::new().set("Service", service))
        .set("Action", "sts:AssumeRole");
    document(vec![statement.into()])
}

fn statement(actions: Vec<Value>, resources: Vec<Value>) -> Value {
    Object::new()
        .set("Effect", "Allow")
        .set("Action", one_or_many(actions))
        .set("Resource", one_or_many(resources))
        .into()
}

fn one_or_many(mut items: Vec<Value>) -> Value {
    match items.pop() {
        Some(it) if items.is_empty() => it,
        Some(it) => {
            items.push(it);
            items.into()
        }
        None => Value::Array(items),
    }
}

fn policy(name: &str, statements: Vec<Value>) -> Value {
    Object::new().set("PolicyName", name).set("PolicyDocument", document(statements)).into()
}

/// The ARN of a managed policy; the name alone is enough for those of AWS.
///
/// Those for roles of Lambda are kept under a path of their own (AWS Managed Policy Reference).
fn managed_policy(it: Value) -> Value {
    let Value::String(name) = &it else { return it };
    if name.starts_with("arn:") {
        return it;
    }
    let service_role =
        name.starts_with("AWSLambda") && (name.ends_with("Role") || name.ends_with("ENIManagementAccess"));
    let path = if service_role { "service-role/" } else { "" };
    Text::new("arn:${AWS::Partition}:iam::aws:policy/").sub(path).literal(name).finish()
}
