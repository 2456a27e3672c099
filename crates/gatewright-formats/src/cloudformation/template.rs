//! What else is in a template: parameters, mappings, conditions, outputs, and the resources that no API is made of.

use std::sync::Arc;

use gatewright_ir::{Name, Parameter, Template};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashSet;

use super::Drafts;
use crate::draft::Reading;
use crate::written::{sole_hole, written};

/// Gives all APIs of a template the rest of it.
pub(super) fn share(cx: &Reading<'_>, drafts: &mut Drafts) {
    let template = {
        let ids = drafts.list.iter().flat_map(|it| it.ir.provenance.logical_ids.values());
        let ids: FxHashSet<&str> = ids.map(|it| &**it).collect();
        Arc::new(template(cx, &ids))
    };
    for draft in &mut drafts.list {
        draft.ir.template = template.clone();
    }
}

fn template(cx: &Reading<'_>, ids: &FxHashSet<&str>) -> Template {
    let section = |key: &str| match cx.root.get(key).map(|it| &it.data) {
        Some(Data::Map(entries)) => &entries[..],
        _ => &[],
    };
    let parameters = section("Parameters").iter().map(|(name, it)| {
        let properties = match it.to_json() {
            serde_json::Value::Object(properties) => properties,
            _ => serde_json::Map::new(),
        };
        Parameter { name: name.clone(), properties }
    });
    let is_other = |(id, it): &&(Name, Raw)| !ids.contains(&*id.value) && !is_part(cx, it, ids);
    Template {
        parameters: parameters.collect(),
        mappings: section("Mappings").to_vec(),
        conditions: section("Conditions").to_vec(),
        resources: section("Resources").iter().filter(is_other).cloned().collect(),
        overrides: Vec::new(),
        outputs: section("Outputs").to_vec(),
    }
}

/// What stands by itself, whether or not there is an API.
const APART: [&str; 10] = [
    "AWS::ApiGateway::Account",
    "AWS::ApiGateway::ApiKey",
    "AWS::ApiGateway::ClientCertificate",
    "AWS::ApiGateway::DomainName",
    "AWS::ApiGateway::DomainNameV2",
    "AWS::ApiGateway::DomainNameAccessAssociation",
    "AWS::ApiGateway::UsagePlan",
    "AWS::ApiGateway::VpcLink",
    "AWS::ApiGatewayV2::DomainName",
    "AWS::ApiGatewayV2::VpcLink",
];

/// Whether a resource belongs to an API or to a function of one without a name of its own in the model: a deployment, a
/// resource of a path, a permission, a version.
fn is_part(cx: &Reading<'_>, it: &Raw, ids: &FxHashSet<&str>) -> bool {
    let Some(of) = it.get("Type").and_then(Raw::as_str) else { return false };
    let text = |key: &str| it.get("Properties")?.get(key).and_then(|it| written(&cx.scope, it));
    match of {
        "AWS::Lambda::Permission" => text("Principal").is_some_and(|it| it.starts_with("apigateway.")),
        "AWS::Lambda::Version" => {
            let function = text("FunctionName");
            function.as_deref().and_then(sole_hole).is_some_and(|it| ids.contains(it.0))
        }
        _ => {
            let is_ours = of.starts_with("AWS::ApiGateway::") || of.starts_with("AWS::ApiGatewayV2::");
            is_ours && !APART.contains(&of)
        }
    }
}
