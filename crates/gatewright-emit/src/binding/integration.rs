//! What an integration is for API Gateway.

use gatewright_ir::{ApiKind, Backend, Credentials, Generated, IntegrationId, Ir, Link, ParameterMapping};
use rustc_hash::FxHashSet;
use serde_json::Value;

use super::{callee, expression, grant};
use crate::intrinsic::{Text, attribute, reference};
use crate::object::{Object, json, pairs, text};

/// An integration with its values.
#[derive(Clone, Debug)]
pub(crate) struct Integration {
    /// Its logical id.
    pub(crate) id: String,
    /// API Gateway's word for its type, such as `AWS_PROXY`.
    pub(crate) kind: &'static str,
    /// What is called; an AWS service that is called by subtype has none, and neither has a mock.
    pub(crate) uri: Option<Value>,
    /// The method that the backend is called with.
    pub(crate) method: Option<String>,
    /// The AWS service and its action.
    pub(crate) subtype: Option<String>,
    /// The payload format.
    pub(crate) payload: String,
    /// The id of the VPC link.
    pub(crate) connection: Option<Value>,
    /// The name on the certificate of a private backend.
    pub(crate) server_name: Option<Value>,
    /// The role.
    pub(crate) credentials: Option<Value>,
    /// The timeout in milliseconds.
    pub(crate) timeout: Option<Value>,
    /// Parameters of the service, or changes to the request.
    pub(crate) request_parameters: Object,
    /// Changes to the response, by status.
    pub(crate) response_parameters: Vec<(String, Vec<(String, Value)>)>,
    /// What it is for.
    pub(crate) description: Option<String>,
}

impl Integration {
    pub(super) fn new(ir: &Ir, id: IntegrationId, taken: &mut FxHashSet<String>) -> Option<Self> {
        let of = &ir.integrations[id];
        let mut out = Self {
            id: unique(ir.logical_id(Generated::Integration(id)), taken),
            kind: of.aws_type(),
            uri: None,
            method: None,
            subtype: None,
            payload: "1.0".to_owned(),
            connection: None,
            server_name: None,
            credentials: match &of.credentials {
                Credentials::None => None,
                // A role can be generated where it is known what is called.
                Credentials::Generated if !is_open(&of.backend) => {
                    Some(attribute(&ir.logical_id(Generated::IntegrationRole(id)), "Arn"))
                }
                Credentials::Generated => None,
                Credentials::Role(it) => Some(text(it)),
            },
            timeout: of.timeout.as_ref().map(|it| json(it, |it| it.milliseconds.into())),
            request_parameters: of.request_parameters.iter().map(|it| mapping(ir, it)).collect(),
            response_parameters: Vec::with_capacity(of.response_parameters.len()),
            description: of.description.as_ref().map(|it| it.value.to_string()),
        };
        for (status, changes) in &of.response_parameters {
            out.response_parameters
                .push((status.value.to_string(), changes.iter().map(|it| mapping(ir, it)).collect()));
        }
        match &of.backend {
            Backend::Lambda { callee, payload } => {
                let streams = of.transformation.as_ref().is_some_and(|it| it.stream.is_some());
                out.uri = Some(callee::invocation_uri(ir, callee, streams)?);
                // Lambda is always invoked with POST, whatever the method of the request.
                out.method = Some("POST".to_owned());
                out.payload = payload.value.to_string();
            }
            Backend::Http { uri, method, link, tls, payload, .. } => {
                out.uri = Some(text(uri));
                out.method = Some(method.value.to_string());
                out.server_name = tls.as_ref().map(text);
                if let Some(it) = payload {
                    out.payload = it.value.to_string();
                }
                out.connection = match link {
                    None => None,
                    Some(Link::Unknown) => return None,
                    Some(Link::Known(link, _)) => Some(match &ir.vpc_links[*link].existing {
                        Some(it) => text(it),
                        None => reference(&ir.logical_id(Generated::VpcLink(*link))),
                    }),
                };
            }
            Backend::Service { subtype, parameters } => {
                out.subtype = Some(subtype.value.to_string());
                out.request_parameters = pairs(parameters);
            }
            Backend::Action { action, method, .. } => {
                out.uri = Some(action_uri(&text(action)));
                out.method = Some(method.value.to_string());
            }
            Backend::Mock { .. } => {}
            Backend::Unknown => return None,
        }
        Some(out)
    }
}

/// What is called for an action or path of an AWS service: `dynamodb:PutItem`, `s3:path/bucket/{key}`, or a whole ARN.
///
/// Source: API Gateway API Reference, "Integration": `uri`.
fn action_uri(action: &Value) -> Value {
    let Some(template) = callee::sub_template(action) else { return action.clone() };
    let Some((service, rest)) = template.split_once(':').filter(|it| it.0 != "arn") else {
        return Text::new(&template).finish();
    };
    let kind = if rest.starts_with("path/") || rest.starts_with("action/") { "" } else { "action/" };
    let uri = Text::new("arn:${AWS::Partition}:apigateway:${AWS::Region}:").sub(service).sub(":");
    uri.sub(kind).sub(rest).finish()
}

/// Whether only CloudFormation knows which service is called.
fn is_open(of: &Backend) -> bool {
    matches!(of, Backend::Action { action, .. } if !grant::knows(&text(action)))
}

/// Two integrations may be named alike in rare cases: `orders:dev` and `orders:${stageVariables.dev}`.
fn unique(id: String, taken: &mut FxHashSet<String>) -> String {
    let mut out = id.clone();
    let mut number = 2;
    while !taken.insert(out.clone()) {
        out = format!("{id}{number}");
        number += 1;
    }
    out
}

fn mapping(ir: &Ir, it: &ParameterMapping) -> (String, Value) {
    let destination = it.destination.value.to_string();
    let source = match ir.api.kind {
        ApiKind::Http => text(&it.source),
        ApiKind::Rest | ApiKind::WebSocket => expression(ir, &it.source),
    };
    let source = match source {
        // API Gateway wants two quotes for "nothing" here.
        Value::String(it) if it.is_empty() && destination.starts_with("remove:") => "''".into(),
        it => it,
    };
    (destination, source)
}
