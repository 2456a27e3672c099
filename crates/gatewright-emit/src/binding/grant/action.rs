//! What the role of an action needs: `dynamodb:PutItem`, or a path such as `s3:path/bucket/{key}`.

use gatewright_ir::{IntegrationId, Method as Verb};
use serde_json::Value;

use super::{Bindings, Grant, Open};
use crate::binding::callee::sub_template;
use crate::intrinsic::Text;

/// What IAM calls services that API Gateway calls otherwise.
///
/// Source: Service Authorization Reference, the prefix of each service, and AWS General Reference, the host names.
const PREFIXES: [(&str, &str); 3] = [("monitoring", "cloudwatch"), ("email", "ses"), ("iotdata", "iot")];

/// A service, and what of it is called.
pub(super) struct Called {
    /// The region of the service, as in the URI or that of the stack.
    region: String,
    /// As in the URI of the integration.
    service: String,
    /// `action/PutItem`, or `path/bucket/{key}`.
    rest: String,
}

/// Reads what an integration calls: `service:Action`, `service:path/…`, or the ARN that API Gateway has for it. Text in
/// the syntax of `Fn::Sub`.
pub(super) fn called(action: &Value) -> Option<Called> {
    let template = sub_template(action)?;
    let (region, service, rest) = match template.strip_prefix("arn:") {
        Some(arn) => {
            // `arn:PARTITION:apigateway:REGION:SERVICE:action/ACTION`; `${AWS::Region}` has colons, too.
            let arn = arn.replace("${AWS::", "${AWS..");
            let mut parts = arn.splitn(5, ':').skip(2).map(|it| it.replace("${AWS..", "${AWS::"));
            (parts.next()?, parts.next()?, parts.next()?)
        }
        None => {
            let (service, rest) = template.split_once(':')?;
            ("${AWS::Region}".to_owned(), service.to_owned(), rest.to_owned())
        }
    };
    let is_known = !service.is_empty() && !service.contains(['$', '{']) && !rest.starts_with("${");
    is_known.then_some(Called { region, service, rest })
}

/// What the role needs; `resources` are the ARNs that were named.
pub(super) fn grant(cx: &Bindings<'_>, id: IntegrationId, action: &Value, resources: Value) -> Option<Grant> {
    let called = called(action)?;
    // `runtime.sagemaker` is an endpoint of `sagemaker`.
    let service = called.service.rsplit('.').next().unwrap_or(&called.service);
    let service = PREFIXES.iter().find(|it| it.0 == service).map_or(service, |it| it.1);
    let (actions, narrow, open) = match called.rest.strip_prefix("path/") {
        None => {
            let name = called.rest.strip_prefix("action/").unwrap_or(&called.rest);
            let name = name.split(['&', '?']).next().unwrap_or(name);
            (vec![format!("{service}:{name}")], None, Open::Resource)
        }
        Some(path) => of_path(cx, id, service, &called.region, path),
    };
    let named = match resources {
        Value::Array(it) => it,
        list => vec![list],
    };
    let (resources, open) = match (named.is_empty(), narrow) {
        (false, _) => (named, matches!(open, Open::Actions).then_some(open)),
        (true, Some(it)) => (vec![it], None),
        (true, None) => (vec![everything(service, &called.region)], Some(open)),
    };
    Some(Grant { actions, resources, open })
}

/// The actions that a path of a service stands for, and on what.
fn of_path(
    cx: &Bindings<'_>,
    id: IntegrationId,
    service: &str,
    region: &str,
    path: &str,
) -> (Vec<String>, Option<Value>, Open) {
    let (first, rest) = path.trim_start_matches('/').split_once('/').unwrap_or((path, ""));
    let is_known = |it: &str| !it.is_empty() && !it.replace("${", "").contains('{') && !it.contains("${!");
    match service {
        "s3" => {
            let arn = Text::new("arn:${AWS::Partition}:s3:::");
            let keys = if rest.is_empty() { "" } else { "/*" };
            let narrow = is_known(first).then(|| arn.sub(first).sub(keys).finish());
            (objects(cx, id, rest.is_empty()), narrow, Open::Resource)
        }
        "sqs" => {
            let queue = rest.split(['/', '?']).next().unwrap_or(rest);
            let arn = Text::new("arn:${AWS::Partition}:sqs:").sub(region).sub(":").sub(first).sub(":");
            let narrow = (is_known(first) && is_known(queue)).then(|| arn.sub(queue).finish());
            (vec!["sqs:SendMessage".to_owned()], narrow, Open::Resource)
        }
        _ => (vec![format!("{service}:*")], None, Open::Actions),
    }
}

/// What the routes of an integration do with objects, or with the list of them.
///
/// Source: Amazon S3 User Guide, "Required permissions for Amazon S3 API operations".
fn objects(cx: &Bindings<'_>, id: IntegrationId, bucket: bool) -> Vec<String> {
    let own = cx.integration(id).method.as_deref().and_then(Verb::parse).filter(|it| *it != Verb::Any);
    let verbs: Vec<Verb> = match own {
        Some(it) => vec![it],
        None => cx.users(id).iter().filter_map(|it| cx.ir.routes[*it].key.value.method()).collect(),
    };
    let does = |all: &[Verb]| verbs.iter().any(|it| *it == Verb::Any || all.contains(it));
    let read = if bucket { "s3:ListBucket" } else { "s3:GetObject" };
    let all = [
        (read, &[Verb::Get, Verb::Head][..]),
        ("s3:PutObject", &[Verb::Put, Verb::Post, Verb::Patch]),
        ("s3:DeleteObject", &[Verb::Delete]),
    ];
    all.into_iter().filter(|it| does(it.1)).map(|it| it.0.to_owned()).collect()
}

/// Everything of a service.
fn everything(service: &str, region: &str) -> Value {
    let arn = Text::new("arn:${AWS::Partition}:").sub(service).sub(":");
    match service {
        // Buckets have neither region nor account in their ARN.
        "s3" => arn.sub("::*").finish(),
        _ => arn.sub(region).sub(":${AWS::AccountId}:*").finish(),
    }
}
