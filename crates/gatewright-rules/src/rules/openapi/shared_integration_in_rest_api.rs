use gatewright_ir::{Data, Raw};
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::definition::operations;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "shared-integration-in-rest-api",
    page: include_str!("shared_integration_in_rest_api.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

const INTEGRATION: &str = "x-amazon-apigateway-integration";

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(definition) = cx.ir.provenance.definition() else { return };
    for operation in operations(definition) {
        let Some(integration) = operation.it.get(INTEGRATION) else { continue };
        let Some((at, reference)) = integration.get("$ref").and_then(|it| Some((it, it.as_str()?))) else {
            continue;
        };
        let message =
            format!("a REST API does not follow `{}`: `{operation}` has no integration", shown(reference));
        let finding = out.report(at.span, message).help("write the integration at the operation itself");
        if let Some(value) = target(definition, reference).and_then(written) {
            let edit = Edit::Set { at: integration.span, value };
            finding.fix(Fix::safe("write the integration here", [edit]));
        }
    }
}

/// What a reference within the definition leads to.
fn target<'d>(definition: &'d Raw, reference: &str) -> Option<&'d Raw> {
    let mut steps = reference.strip_prefix("#/")?.split('/');
    steps.try_fold(definition, |at, step| at.get(&step.replace("~1", "/").replace("~0", "~")))
}

/// A value, to be written somewhere else.
fn written(it: &Raw) -> Option<Written> {
    Some(match &it.data {
        Data::Null => Written::Bare("null".to_owned()),
        Data::Bool(it) => Written::flag(*it),
        Data::Integer(it) => Written::number(it),
        Data::Float(it) => Written::number(it),
        Data::String(it) => Written::text(&**it),
        Data::List(items) => Written::List(items.iter().map(written).collect::<Option<_>>()?),
        Data::Map(entries) => {
            let entry = |(key, it): &(gatewright_ir::Name, Raw)| Some((key.value.to_string(), written(it)?));
            Written::Mapping(entries.iter().map(entry).collect::<Option<_>>()?)
        }
    })
}
