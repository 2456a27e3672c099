//! What the generated role of a service integration may do: one action, on no more than it needs.

mod action;

use gatewright_ir::{Backend, IntegrationId, Ir, Located, Name, Text as Words, service};
use serde_json::Value;

use super::Bindings;
use super::callee::sub_template;
use crate::intrinsic::{Text, attribute, function};
use crate::list::list;
use crate::object::text;

/// What a role may do.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    /// The actions.
    pub(crate) actions: Vec<String>,
    /// The ARNs on which.
    pub(crate) resources: Vec<Value>,
    /// Why they are wider than need be, if they are.
    pub(crate) open: Option<Open>,
}

/// Why a role may do more than need be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Open {
    /// The parameter that would have narrowed the resources is only known when a request comes.
    Parameter(&'static str),
    /// Nobody said on which resources.
    Resource,
    /// It is not known which actions a path of the service stands for.
    Actions,
}

/// What the role of a service integration needs; none where the service is not known.
///
/// Source of the ARNs: Service Authorization Reference, one page for each service.
pub(crate) fn grant(cx: &Bindings<'_>, id: IntegrationId) -> Option<Grant> {
    match &cx.ir.integrations[id].backend {
        Backend::Service { subtype, parameters } => of_subtype(cx, &subtype.value, parameters),
        Backend::Action { action, resources, .. } => {
            action::grant(cx, id, &text(action), list(cx.ir, resources))
        }
        _ => None,
    }
}

/// Whether it is known which service is called.
pub(super) fn knows(action: &Value) -> bool {
    action::called(action).is_some()
}

fn of_subtype(cx: &Bindings<'_>, subtype: &str, parameters: &[(Name, Located<Words>)]) -> Option<Grant> {
    let service = service(subtype)?;
    let parameter = |name: &str| parameters.iter().find(|it| &*it.0.value == name).map(|it| text(&it.1));
    let scope = Scope::new(parameter("Region"));
    let mut out = Grant { actions: vec![service.action.to_owned()], resources: Vec::new(), open: None };
    let given = parameter(service.resource);
    let values = match &given {
        Some(it) => resolved(cx, it),
        None if service.resource == "EventBusName" => {
            out.resources.push(scope.arn("events", Text::new("event-bus/default")));
            return Some(out);
        }
        None => vec![None],
    };
    for value in values {
        let narrow = match service.resource {
            "QueueUrl" => value.as_ref().and_then(|it| queue(cx.ir, it)),
            "StateMachineArn" | "ExecutionArn" => value.clone(),
            "EventBusName" => value.as_ref().and_then(|it| event_bus(cx.ir, &scope, it)),
            "StreamName" => value.as_ref().map(|it| match resource_of(cx.ir, it, "AWS::Kinesis::Stream") {
                Some(id) => attribute(&id, "Arn"),
                None => scope.arn("kinesis", Text::new("stream/").value(it)),
            }),
            "Application" => {
                out.resources.extend(configuration(cx.ir, &scope, value.as_ref(), &parameter));
                continue;
            }
            _ => None,
        };
        let resource = narrow.unwrap_or_else(|| {
            out.open = Some(Open::Parameter(service.resource));
            match service.resource {
                "QueueUrl" => scope.arn("sqs", Text::new("*")),
                "StateMachineArn" => scope.arn("states", Text::new("stateMachine:*")),
                "ExecutionArn" => scope.arn("states", Text::new("execution:*")),
                "EventBusName" => scope.arn("events", Text::new("event-bus/*")),
                _ => scope.arn("kinesis", Text::new("stream/*")),
            }
        });
        if !out.resources.contains(&resource) {
            out.resources.push(resource);
        }
    }
    Some(out)
}

/// Where the service is: the region of an ARN.
struct Scope(Text);

impl Scope {
    fn new(region: Option<Value>) -> Self {
        Self(match region {
            None => Text::new("${AWS::Region}"),
            Some(Value::String(it)) if it.contains('$') => Text::new("*"),
            Some(it) => Text::default().value(&it),
        })
    }

    fn arn(&self, service: &str, resource: Text) -> Value {
        let arn = Text::new("arn:${AWS::Partition}:").sub(service).sub(":").text(self.0.clone());
        arn.sub(":${AWS::AccountId}:").text(resource).finish()
    }
}

/// The values that a parameter may have: one, one for each stage, or none that is known before a request comes.
fn resolved(cx: &Bindings<'_>, value: &Value) -> Vec<Option<Value>> {
    // `!Sub "${Queue}"` is `!Ref Queue`.
    let value = if value.is_string() { value.clone() } else { Text::default().value(value).finish() };
    let Some(written) = value.as_str() else { return vec![Some(value)] };
    let name = written
        .strip_prefix("$stageVariables.")
        .or_else(|| written.strip_prefix("${stageVariables.")?.strip_suffix('}'));
    match name {
        Some(name) if !name.contains(['$', '{', '}']) => cx
            .stages
            .iter()
            .flat_map(|it| {
                let stage = &cx.ir.stages[*it];
                let values: Vec<_> = stage.variable_values(name).map(|it| Some(text(it))).collect();
                // Without the variable, only a request tells.
                if values.is_empty() { vec![None] } else { values }
            })
            .collect(),
        _ if written.starts_with('$') || written.contains("${") => vec![None],
        _ => vec![Some(value)],
    }
}

/// The logical id of the user's resource that a `!Ref` means, if it has this type.
fn resource_of(ir: &Ir, value: &Value, kind: &str) -> Option<String> {
    let Some(("Ref", Value::String(id))) = function(value) else { return None };
    is_a(ir, id, kind).then(|| id.clone())
}

fn is_a(ir: &Ir, id: &str, kind: &str) -> bool {
    let resource = ir.template.resources.iter().find(|it| &*it.0.value == id);
    resource.and_then(|it| it.1.get("Type")?.as_str()) == Some(kind)
}

/// The ARN of a queue from its URL, `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`, which a `!Ref` of a queue
/// gives, too.
fn queue(ir: &Ir, url: &Value) -> Option<Value> {
    if let Some(id) = resource_of(ir, url, "AWS::SQS::Queue") {
        return Some(attribute(&id, "Arn"));
    }
    if let Some(("Fn::GetAtt", Value::Array(parts))) = function(url)
        && let [Value::String(id), Value::String(name)] = parts.as_slice()
        && name == "QueueUrl"
    {
        return is_a(ir, id, "AWS::SQS::Queue").then(|| attribute(id, "Arn"));
    }
    let url = sub_template(url)?;
    let (host, path) = url.strip_prefix("https://")?.split_once('/')?;
    let (account, name) = path.split_once('/')?;
    let region = host.strip_prefix("sqs.")?.split('.').next()?;
    if name.is_empty() || name.contains('/') {
        return None;
    }
    let arn = Text::new("arn:${AWS::Partition}:sqs:").sub(region).sub(":").sub(account);
    Some(arn.sub(":").sub(name).finish())
}

/// The ARN of an event bus, which may be given by name or ARN. What is only known when deploying may be either.
fn event_bus(ir: &Ir, scope: &Scope, bus: &Value) -> Option<Value> {
    if let Some(id) = resource_of(ir, bus, "AWS::Events::EventBus") {
        return Some(attribute(&id, "Arn"));
    }
    if let Some(("Fn::GetAtt", Value::Array(parts))) = function(bus) {
        return match parts.get(1).and_then(Value::as_str)? {
            "Arn" => Some(bus.clone()),
            "Name" => Some(scope.arn("events", Text::new("event-bus/").value(bus))),
            _ => None,
        };
    }
    let template = sub_template(bus)?;
    Some(match template.starts_with("arn:") {
        true => bus.clone(),
        false => scope.arn("events", Text::new("event-bus/").value(bus)),
    })
}

/// The ARNs of an AppConfig application with its environment and profile. They hold ids, while the parameters
/// may be names: only a `!Ref` is known to be an id.
fn configuration(
    ir: &Ir,
    scope: &Scope,
    application: Option<&Value>,
    parameter: &dyn Fn(&str) -> Option<Value>,
) -> Vec<Value> {
    let id = |value: Option<&Value>, kind: &str| match value.and_then(|it| resource_of(ir, it, kind)) {
        Some(id) => Text::default().id(&id),
        None => Text::new("*"),
    };
    let application = Text::new("application/").text(id(application, "AWS::AppConfig::Application"));
    let environment = id(parameter("Environment").as_ref(), "AWS::AppConfig::Environment");
    let profile = id(parameter("Configuration").as_ref(), "AWS::AppConfig::ConfigurationProfile");
    vec![
        scope.arn("appconfig", application.clone()),
        scope.arn("appconfig", application.clone().sub("/environment/").text(environment)),
        scope.arn("appconfig", application.sub("/configurationprofile/").text(profile)),
    ]
}
