use gatewright_ir::{Raw, Span};
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::shape::parts;
use super::types;
use crate::rules::cloudformation::property::{entries, is_absent, is_whole, word};
use crate::rules::cloudformation::template::{Resource, Template, logical_id, text};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "missing-property",
    page: include_str!("missing_property.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

/// A key that is not there, of a mapping that stands under a key itself.
struct Missing<'t> {
    key: &'static str,
    /// The name of the mapping, if it is a part of the properties, and where that stands.
    within: Option<(&'t str, Span)>,
    /// What belongs there, if there is only one thing, beside which key.
    fix: Option<(Span, &'static str)>,
    /// Whether AWS says so.
    is_certain: bool,
}

impl<'t> Missing<'t> {
    fn new(key: &'static str) -> Self {
        Self { key, within: None, fix: None, is_certain: true }
    }

    fn within(self, key: &'t str, span: Span) -> Self {
        Self { within: Some((key, span)), ..self }
    }
}

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    let document = cx.ir.provenance.document.as_deref();
    let globals = document.and_then(|it| it.get("Globals"));
    for (resource, shape) in types(template) {
        // What SAM takes from `Globals` is missing nowhere.
        let section = resource.of.strip_prefix("AWS::Serverless::");
        let shared = section.and_then(|it| globals?.get(it));
        for part in parts(resource, shape) {
            for key in part.shape.required.split_whitespace().filter(|key| is_absent(part.it, key)) {
                if shared.is_some_and(|it| it.get(key).is_some()) {
                    continue;
                }
                let within = part.key.map(|it| (&*it.value, it.span));
                report(resource, Missing { within, ..Missing::new(key) }, out);
            }
        }
        let Some(properties) = resource.properties() else { continue };
        for it in conditional(template, resource, properties) {
            report(resource, it, out);
        }
    }
}

/// What has to be there because of something else that is, or is not. The registry says nothing of it.
fn conditional<'t>(template: &Template<'_>, resource: &Resource<'_>, of: &'t Raw) -> Vec<Missing<'t>> {
    let lacks = |key: &&str| is_absent(of, key);
    let all = |keys: &[&'static str]| -> Vec<Missing<'t>> {
        keys.iter().copied().filter(lacks).map(Missing::new).collect()
    };
    match resource.of {
        "AWS::ApiGateway::RestApi" => {
            let is_defined = ["Body", "BodyS3Location", "CloneFrom"].iter().any(|it| !lacks(it));
            if is_defined { Vec::new() } else { all(&["Name"]) }
        }
        "AWS::ApiGateway::Method" => {
            let mut out = all(&["AuthorizationType"]);
            out.extend(integration(of));
            out
        }
        "AWS::ApiGateway::Model" if lacks(&"ContentType") => {
            let beside = entries(of).first().map(|it| (it.0.span, "application/json"));
            vec![Missing { fix: beside, ..Missing::new("ContentType") }]
        }
        "AWS::ApiGateway::UsagePlan" => {
            let quota = entries(of).iter().find(|it| &*it.0.value == "Quota").filter(|it| is_whole(&it.1));
            let Some((name, quota)) = quota else { return Vec::new() };
            let keys = ["Limit", "Period"].into_iter().filter(|key| is_absent(quota, key));
            keys.map(|key| Missing::new(key).within("Quota", name.span)).collect()
        }
        "AWS::ApiGatewayV2::Api" => {
            if ["Body", "BodyS3Location"].iter().any(|it| !lacks(it)) {
                return Vec::new();
            }
            let is_websocket = word(of, "ProtocolType").is_some_and(|it| it.0 == "WEBSOCKET");
            match is_websocket {
                true => all(&["Name", "RouteSelectionExpression"]),
                false => all(&["Name", "ProtocolType"]),
            }
        }
        "AWS::ApiGatewayV2::Integration" => v2_integration(template, of),
        "AWS::ApiGatewayV2::Authorizer"
            if word(of, "AuthorizerType").is_some_and(|it| it.0 == "REQUEST") && is_http(template, of) =>
        {
            all(&["AuthorizerPayloadFormatVersion"])
        }
        _ => Vec::new(),
    }
}

/// The integration of a method.
fn integration(method: &Raw) -> Vec<Missing<'_>> {
    let Some((name, it)) = entries(method).iter().find(|it| &*it.0.value == "Integration") else {
        return Vec::new();
    };
    let Some((sort, span)) = word(it, "Type").filter(|_| is_whole(it)) else { return Vec::new() };
    if !matches!(sort, "AWS" | "AWS_PROXY" | "HTTP" | "HTTP_PROXY") {
        return Vec::new();
    }
    let mut out = Vec::new();
    if is_absent(it, "Uri") {
        out.push(Missing::new("Uri").within("Integration", name.span));
    }
    if is_absent(it, "IntegrationHttpMethod") {
        let is_function = it.get("Uri").and_then(text).is_some_and(|it| it.contains(":lambda:"));
        let fix = is_function.then_some((span, "POST"));
        let missing = Missing { fix, ..Missing::new("IntegrationHttpMethod") };
        out.push(missing.within("Integration", name.span));
    }
    out
}

/// An integration of an HTTP API. That of a WebSocket API has defaults.
///
/// Source: CloudFormation Template Reference, `AWS::ApiGatewayV2::Integration`: the payload format is "required for HTTP
/// APIs".
fn v2_integration<'t>(template: &Template<'_>, of: &'t Raw) -> Vec<Missing<'t>> {
    let Some((sort, span)) = word(of, "IntegrationType").filter(|_| is_http(template, of)) else {
        return Vec::new();
    };
    let is_server = match sort {
        "AWS_PROXY" => false,
        "HTTP_PROXY" => true,
        _ => return Vec::new(),
    };
    let mut out = Vec::new();
    if is_absent(of, "PayloadFormatVersion") {
        let only = is_server || !is_absent(of, "IntegrationSubtype");
        let fix = only.then_some((span, "1.0"));
        out.push(Missing { fix, ..Missing::new("PayloadFormatVersion") });
    }
    if is_absent(of, "IntegrationUri") && is_absent(of, "IntegrationSubtype") {
        out.push(Missing::new("IntegrationUri"));
    }
    if is_server && is_absent(of, "IntegrationMethod") {
        let fix = Some((span, "ANY"));
        out.push(Missing { fix, is_certain: false, ..Missing::new("IntegrationMethod") });
    }
    out
}

/// Whether something is a part of an HTTP API of the template.
fn is_http(template: &Template<'_>, of: &Raw) -> bool {
    let api = of.get("ApiId").and_then(logical_id);
    api.and_then(|it| template.get(&it)).is_some_and(|api| {
        api.of == "AWS::Serverless::HttpApi" || api.get("ProtocolType").and_then(Raw::as_str) == Some("HTTP")
    })
}

fn report(resource: &Resource<'_>, missing: Missing<'_>, out: &mut Findings) {
    let Missing { key, within, fix, is_certain } = missing;
    let id = &resource.id.value;
    let (span, whose) = match within {
        Some((name, span)) => (span, format!("`{name}` of `{id}`")),
        None => (resource.id.span, format!("`{id}`")),
    };
    let finding = out.report(span, format!("{whose} has no `{key}`"));
    let finding = match fix {
        Some((entry, value)) => {
            let title = format!("add `{key}: {value}`");
            let edit = Edit::AddBeside { entry, key: key.to_owned(), value: Written::text(value) };
            finding.help(title.clone()).fix(Fix::safe(title, [edit]))
        }
        None => finding.help(format!("add `{key}`, without which it is not made")),
    };
    if !is_certain {
        finding.warning();
    }
}
