//! Fold: what the build makes around functions, integrations and stages (roles, log groups, versions, aliases, outputs)
//! becomes again what it was made of.

use std::sync::Arc;

use gatewright_ir::{
    Alias, AliasVersion, Backend, Credentials, Data, FunctionId, Generated, Ir, Located, Name, Origin,
    Policy, Raw, Retention, Spanned, Text, Value as Known, known,
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::carried::travels;

/// What the descriptions of outputs that the build makes begin with.
const OUTPUTS: [&str; 6] = [
    "Id of the API",
    "URL of stage ",
    "Where backends send messages to connections of stage ",
    "Custom domain name of the API",
    "Where the DNS record of ",
    "ARN of the private domain name ",
];

/// Takes back what the build made.
pub(crate) fn fold(ir: &mut Ir) {
    let resources = ir.template.clone();
    let all: FxHashMap<&str, &Raw> = resources.resources.iter().map(|it| (&*it.0.value, &it.1)).collect();
    let mut gone: FxHashSet<Text> = FxHashSet::default();
    for id in ir.functions.ids() {
        function(ir, id, &all, &mut gone);
    }
    for id in ir.integrations.ids() {
        let it = &mut ir.integrations[id];
        let Credentials::Role(role) = &it.credentials else { continue };
        let Some(name) = role_name(role) else { continue };
        let Some(resource) = all.get(&*name).and_then(|it| called_role(&name, it)) else { continue };
        match &mut it.backend {
            Backend::Action { resources, .. } => *resources = located(resource),
            Backend::Service { .. } => {}
            _ => continue,
        }
        it.credentials = Credentials::Generated;
        ir.provenance.logical_ids.insert(Generated::IntegrationRole(id), name.clone());
        gone.insert(name);
    }
    account(ir, &all, &mut gone);
    let is_made = |it: &Raw| {
        let text = it.get("Description").and_then(Raw::as_str).unwrap_or_default();
        OUTPUTS.iter().any(|start| text.starts_with(start))
    };
    let template = Arc::make_mut(&mut ir.template);
    template.resources.retain(|it| !gone.contains(&it.0.value));
    template.outputs.retain(|it| !is_made(&it.1));
}

/// The role with which API Gateway writes logs, where the model says that this stack gives it.
fn account(ir: &mut Ir, all: &FxHashMap<&str, &Raw>, gone: &mut FxHashSet<Text>) {
    if ir.api.cloud_watch_role.is_none() {
        return;
    }
    let Some(document) = ir.provenance.document.clone() else { return };
    let Some(Data::Map(resources)) = document.get("Resources").map(|it| &it.data) else { return };
    let of = |it: &Raw| it.get("Type").and_then(Raw::as_str) == Some("AWS::ApiGateway::Account");
    let Some((id, account)) = resources.iter().find(|it| of(&it.1)) else { return };
    ir.provenance.logical_ids.insert(Generated::Account, id.value.clone());
    let arn = account.get("Properties").and_then(|it| it.get("CloudWatchRoleArn"));
    let Some((name, "Arn")) = arn.and_then(attribute) else { return };
    gone.insert(id.value.clone());
    if all.contains_key(name) {
        ir.provenance.logical_ids.insert(Generated::CloudWatchRole, name.into());
        gone.insert(name.into());
    }
}

/// Whether nothing is said about logs of a function but the group that the build makes for it.
pub(crate) fn is_own_log(logging: &Raw) -> bool {
    matches!(&logging.data, Data::Map(entries) if entries.len() == 1)
        && logging.get("LogGroup").and_then(Raw::function).is_some_and(|it| it.0 == "Ref")
}

/// The role, the log group, the versions and the aliases of a function.
fn function(ir: &mut Ir, id: FunctionId, all: &FxHashMap<&str, &Raw>, gone: &mut FxHashSet<Text>) {
    let logical = match ir.provenance.logical_ids.get(&Generated::Function(id)) {
        Some(it) => it.clone(),
        None => ir.functions[id].name.value.clone(),
    };
    let document = ir.provenance.document.clone();
    let resource = document.as_ref().and_then(|it| it.get("Resources")?.get(&logical));
    if document.as_ref().zip(resource).is_some_and(|(document, it)| travels(document, it)) {
        return;
    }
    let own_group = ir.provenance.logical_ids.get(&Generated::FunctionLogGroup(id)).cloned();
    let function = &mut ir.functions[id];
    let Origin::Created(created) = &mut function.origin else { return };
    if let Some(name) = created.role.as_ref().and_then(role_name)
        && let Some(parts) = all.get(&*name).and_then(|it| role(it))
        && (all.contains_key(&*parts.log_group) || own_group.as_ref() == Some(&parts.log_group))
    {
        if let Some(group) = all.get(&*parts.log_group) {
            let days = group.get("Properties").and_then(|it| it.get("RetentionInDays")).map(|it| &it.data);
            let retention = match days {
                Some(Data::Integer(days)) => Retention::Days(days.unsigned_abs()),
                _ => Retention::Never,
            };
            created.log_retention = known(retention, group.span);
        }
        created.role = None;
        let managed = parts.managed.into_iter().skip(usize::from(created.vpc.is_some()));
        created.policies = located(managed.cloned()).into_iter().map(Policy::Managed).collect();
        created.policies.extend(parts.access.into_iter().cloned().map(Policy::Statement));
        function.manage_connections = parts.connections.then_some(function.name.span);
        ir.provenance.logical_ids.insert(Generated::FunctionRole(id), name.clone());
        ir.provenance.logical_ids.insert(Generated::FunctionLogGroup(id), parts.log_group.clone());
        gone.extend([name, parts.log_group]);
    }
    let names_it = |it: &Raw| {
        let named = it.get("Properties").and_then(|it| it.get("FunctionName"));
        matches!(named.and_then(Raw::function), Some(("Ref", name)) if name.as_str() == Some(&logical))
    };
    let of = |it: &Raw, of: &str| it.get("Type").and_then(Raw::as_str) == Some(of) && names_it(it);
    let version = |name: &str| {
        let digits = name.strip_prefix(&*logical).and_then(|it| it.strip_prefix("Version"));
        digits.is_some_and(|it| it.len() == 8 && it.bytes().all(|it| it.is_ascii_hexdigit()))
    };
    let mut aliases: Vec<(&str, &Raw)> = Vec::new();
    for (name, it) in all {
        if version(name) && of(it, "AWS::Lambda::Version") {
            gone.insert((*name).into());
        } else if of(it, "AWS::Lambda::Alias") {
            aliases.push((name, it));
        }
    }
    aliases.sort_by_key(|it| it.1.span);
    let read: Option<Vec<Alias>> = aliases.iter().map(|it| alias(it.1, &version)).collect();
    if let Some(read) = read.filter(|it| !it.is_empty()) {
        ir.functions[id].aliases = read;
        for (at, (name, _)) in aliases.into_iter().enumerate() {
            ir.provenance.logical_ids.insert(Generated::FunctionAlias(id, at), name.into());
            gone.insert(name.into());
        }
    }
}

/// An alias, if the language can say what it is.
fn alias(it: &Raw, is_published: &dyn Fn(&str) -> bool) -> Option<Alias> {
    let properties = it.get("Properties")?;
    let Data::Map(entries) = &properties.data else { return None };
    let text = |key: &str| {
        let it = properties.get(key)?;
        Some(Name::new(it.as_str()?.into(), it.span))
    };
    let mut out = Alias {
        name: text("Name")?,
        version: AliasVersion::Published,
        description: text("Description"),
        provisioned_concurrency: None,
    };
    for (name, it) in entries {
        match &*name.value {
            "FunctionName" | "Name" | "Description" => {}
            "FunctionVersion" => {
                out.version = match (it.as_str(), attribute(it)) {
                    (Some("$LATEST"), _) => AliasVersion::Latest,
                    (Some(number), _) => AliasVersion::Number(number.into()),
                    (_, Some((version, "Version"))) if is_published(version) => AliasVersion::Published,
                    _ => return None,
                };
            }
            "ProvisionedConcurrencyConfig" => {
                match it.get("ProvisionedConcurrentExecutions").map(|it| &it.data) {
                    Some(Data::Integer(count)) => {
                        out.provisioned_concurrency = Some(known(count.unsigned_abs(), it.span))
                    }
                    _ => return None,
                }
            }
            _ => return None,
        }
    }
    Some(out)
}

/// What a role of a function allows, in the form that the build gives it.
struct Role<'r> {
    managed: Vec<&'r Raw>,
    access: Vec<&'r Raw>,
    connections: bool,
    log_group: Text,
}

fn role(it: &Raw) -> Option<Role<'_>> {
    let policies = policies(it, "lambda.amazonaws.com", &["ManagedPolicyArns"])?;
    let (first, rest) = policies.split_first()?;
    let [logs] = &first.1[..] else { return None };
    let (log_group, "Arn") = attribute(logs.get("Resource")?)? else { return None };
    if first.0 != "logs" {
        return None;
    }
    let managed = match it.get("Properties")?.get("ManagedPolicyArns").map(|it| &it.data) {
        Some(Data::List(items)) => items.iter().collect(),
        Some(_) => return None,
        None => Vec::new(),
    };
    let mut out = Role { managed, access: Vec::new(), connections: false, log_group: log_group.into() };
    for (name, statements) in rest {
        match *name {
            "access" => out.access.extend(statements),
            "connections" => out.connections = true,
            _ => return None,
        }
    }
    Some(out)
}

/// On what the role of an integration may do what is called, in the form that the build gives it.
fn called_role(name: &str, it: &Raw) -> Option<Vec<Raw>> {
    let policies = policies(it, "apigateway.amazonaws.com", &[])?;
    let [("call", statements)] = &policies[..] else { return None };
    let [statement] = &statements[..] else { return None };
    let resource = statement.get("Resource").filter(|_| name.ends_with("IntegrationRole"))?;
    Some(match &resource.data {
        Data::List(items) => items.clone(),
        _ => vec![resource.clone()],
    })
}

/// The policies of a role that a service takes on: names and statements.
fn policies<'r>(it: &'r Raw, service: &str, more: &[&str]) -> Option<Vec<(&'r str, Vec<&'r Raw>)>> {
    let properties =
        it.get("Properties").filter(|_| it.get("Type").and_then(Raw::as_str) == Some("AWS::IAM::Role"))?;
    let Data::Map(entries) = &properties.data else { return None };
    let is_known =
        |it: &str| matches!(it, "AssumeRolePolicyDocument" | "Policies" | "Tags") || more.contains(&it);
    if !entries.iter().all(|it| is_known(&it.0.value)) {
        return None;
    }
    let trust = list(properties.get("AssumeRolePolicyDocument")?.get("Statement")?)?;
    let [trust] = trust else { return None };
    if trust.get("Principal")?.get("Service")?.as_str() != Some(service) || trust.get("Condition").is_some() {
        return None;
    }
    let policy = |it: &'r Raw| {
        let statements = list(it.get("PolicyDocument")?.get("Statement")?)?;
        Some((it.get("PolicyName")?.as_str()?, statements.iter().collect()))
    };
    list(properties.get("Policies")?)?.iter().map(policy).collect()
}

fn list(it: &Raw) -> Option<&[Raw]> {
    match &it.data {
        Data::List(items) => Some(items),
        _ => None,
    }
}

/// Resource and attribute of a `!GetAtt`.
fn attribute(it: &Raw) -> Option<(&str, &str)> {
    let ("Fn::GetAtt", argument) = it.function()? else { return None };
    let [resource, name] = list(argument)? else { return None };
    Some((resource.as_str()?, name.as_str()?))
}

/// The role that an ARN is of.
fn role_name(it: &Located<Text>) -> Option<Text> {
    let (name, "Arn") = attribute(it.value.deferred()?)? else { return None };
    Some(name.into())
}

/// Values as they stand in a template.
fn located(items: impl IntoIterator<Item = Raw>) -> Vec<Located<Text>> {
    let value = |it: Raw| {
        let span = it.span;
        let value = match &it.data {
            Data::String(text) => Known::Known(text.clone()),
            _ => Known::Deferred(Arc::new(it)),
        };
        Spanned::new(value, span)
    };
    items.into_iter().map(value).collect()
}
