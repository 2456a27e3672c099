//! The places where AWS wants an ARN.

use gatewright_ir::{
    AuthorizerKind, Backend, Callee, Credentials, Data, Ir, Located, Origin, Policy, Raw, Value,
};
use gatewright_source::{Span, Text};
use rustc_hash::FxHashMap;

use crate::rules::stages::written::alarms;

/// What an ARN is that of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// A function.
    Function,
    /// A version of a layer.
    Layer,
    /// A role.
    Role,
    /// A managed policy; of those of AWS, the name is enough.
    ManagedPolicy,
    /// What a policy allows to use: by the service's prefix in IAM.
    Resource(&'static str),
    /// What a statement of IAM is about; also a pattern, or `*`.
    Pattern,
    /// What an alarm tells.
    Action,
    /// A load balancer behind a VPC link, or its listener.
    LoadBalancer,
    /// A Cognito user pool.
    UserPool,
    /// A web ACL of AWS WAF for regional resources.
    WebAcl,
    /// A log group; `unsupported-log-destination` reads its ARN.
    LogGroup,
}

/// What stands in such a place.
#[derive(Clone, Copy, Debug)]
pub(super) enum Written<'i> {
    Known(&'i str),
    Deferred(&'i Raw),
}

/// Calls `see` with everything that must be an ARN.
pub(super) fn visit<'i>(ir: &'i Ir, see: &mut dyn FnMut(Subject, Span, Written<'i>)) {
    for it in ir.functions.values() {
        match &it.origin {
            Origin::Arn(it) => one(Subject::Function, it, see),
            Origin::Created(it) => {
                it.layers.iter().for_each(|it| one(Subject::Layer, it, see));
                it.role.iter().for_each(|it| one(Subject::Role, it, see));
                it.policies.iter().for_each(|it| policy(it, see));
            }
            Origin::Named(_) | Origin::Unknown => {}
        }
    }
    for it in ir.integrations.values() {
        if let Backend::Lambda { callee: Callee::Arn(it), .. } = &it.backend {
            one(Subject::Function, it, see);
        }
        match &it.backend {
            Backend::Action { resources, .. } => {
                resources.iter().for_each(|it| one(Subject::Pattern, it, see));
            }
            Backend::Http { target, .. } => target.iter().for_each(|it| one(Subject::LoadBalancer, it, see)),
            _ => {}
        }
        if let Credentials::Role(it) = &it.credentials {
            one(Subject::Role, it, see);
        }
    }
    let targets = ir.vpc_links.values().filter_map(|it| it.target.as_ref());
    targets.for_each(|it| one(Subject::LoadBalancer, it, see));
    for it in ir.authorizers.values() {
        match &it.kind {
            AuthorizerKind::Lambda { callee, role, .. } => {
                if let Callee::Arn(it) = callee {
                    one(Subject::Function, it, see);
                }
                role.iter().for_each(|it| one(Subject::Role, it, see));
            }
            AuthorizerKind::Cognito { pools, .. } => {
                pools.iter().for_each(|it| one(Subject::UserPool, it, see));
            }
            _ => {}
        }
    }
    let web_acls = ir.stages.values().filter_map(|it| it.web_acl.as_ref());
    web_acls.for_each(|it| one(Subject::WebAcl, it, see));
    for it in alarms(ir) {
        it.notify.iter().for_each(|it| one(Subject::Action, it, see));
    }
    let mut logs: Vec<_> =
        ir.stages.values().filter_map(|it| it.access_log.as_ref()?.destination.as_ref()).collect();
    // A default holds for many stages.
    logs.dedup_by_key(|it| it.span);
    logs.into_iter().for_each(|it| one(Subject::LogGroup, it, see));
}

fn one<'i>(subject: Subject, it: &'i Located<Text>, see: &mut dyn FnMut(Subject, Span, Written<'i>)) {
    let written = match &it.value {
        Value::Known(text) => Written::Known(text),
        Value::Deferred(raw) => Written::Deferred(raw),
    };
    see(subject, it.span, written);
}

fn policy<'i>(it: &'i Policy, see: &mut dyn FnMut(Subject, Span, Written<'i>)) {
    match it {
        Policy::Managed(it) => one(Subject::ManagedPolicy, it, see),
        Policy::Allow { actions, resource, .. } => {
            let service = actions.first().and_then(|it| it.split(':').next()).unwrap_or_default();
            one(Subject::Resource(service), resource, see);
        }
        Policy::Statement(statement) => {
            for it in ["Resource", "NotResource"].iter().filter_map(|it| statement.get(it)) {
                let items = if let Data::List(items) = &it.data { items } else { std::slice::from_ref(it) };
                for it in items {
                    let written = it.as_str().map_or(Written::Deferred(it), Written::Known);
                    see(Subject::Pattern, it.span, written);
                }
            }
        }
    }
}

/// Types of resources whose `Ref` is not their ARN, and what it is.
///
/// Source: CloudFormation Template Reference, "Return values" of each type. All have the attribute `Arn`, but for
/// `AWS::SSM::Parameter`.
const NAMED: [(&str, &str); 15] = [
    ("AWS::Cognito::UserPool", "id"),
    ("AWS::DynamoDB::GlobalTable", "name"),
    ("AWS::DynamoDB::Table", "name"),
    ("AWS::Events::EventBus", "name"),
    ("AWS::IAM::Role", "name"),
    ("AWS::KMS::Key", "id"),
    ("AWS::Kinesis::Stream", "name"),
    ("AWS::KinesisFirehose::DeliveryStream", "name"),
    ("AWS::Lambda::Function", "name"),
    ("AWS::Logs::LogGroup", "name"),
    ("AWS::S3::Bucket", "name"),
    ("AWS::SQS::Queue", "URL"),
    ("AWS::SSM::Parameter", "name"),
    ("AWS::Serverless::Function", "name"),
    ("AWS::WAFv2::WebACL", "name, id and scope"),
];

/// A resource of the template whose `Ref` is not its ARN.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named<'i> {
    /// Where its name stands.
    pub(super) span: Span,
    /// What its `Ref` is.
    pub(super) what: &'static str,
    name: &'i str,
    /// What stands between `parameter` and the name of a parameter, which has no attribute `Arn`.
    parameter: Option<&'static str>,
}

impl Named<'_> {
    /// What to write for its ARN.
    pub(super) fn arn(&self) -> String {
        let name = self.name;
        match self.parameter {
            None => format!("!GetAtt {name}.Arn"),
            Some(slash) => format!(
                "!Sub arn:${{AWS::Partition}}:ssm:${{AWS::Region}}:${{AWS::AccountId}}:parameter{slash}${{{name}}}"
            ),
        }
    }
}

/// The resources of the template whose `Ref` is not their ARN, by name.
pub(super) fn named(ir: &Ir) -> FxHashMap<&str, Named<'_>> {
    let mut out = FxHashMap::default();
    for (name, it) in &ir.template.resources {
        let Some(kind) = it.get("Type").and_then(Raw::as_str) else { continue };
        if let Some((_, what)) = NAMED.iter().find(|it| it.0 == kind) {
            let path = it.get("Properties").and_then(|it| it.get("Name")?.as_str());
            let slash = if path.is_some_and(|it| it.starts_with('/')) { "" } else { "/" };
            let parameter = (kind == "AWS::SSM::Parameter").then_some(slash);
            out.insert(&*name.value, Named { span: name.span, what, name: &name.value, parameter });
        }
    }
    out
}
