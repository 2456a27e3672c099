//! CloudFormation that travels along: parameters, mappings, conditions, resources, overrides, outputs.

use gatewright_spec::Raw;

use crate::Name;

/// What the user adds to the template.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// Parameters.
    pub parameters: Vec<Parameter>,
    /// Mappings.
    pub mappings: Vec<(Name, Raw)>,
    /// Conditions.
    pub conditions: Vec<(Name, Raw)>,
    /// Resources.
    pub resources: Vec<(Name, Raw)>,
    /// Changes to generated resources, by logical id.
    pub overrides: Vec<(Name, Raw)>,
    /// Outputs.
    pub outputs: Vec<(Name, Raw)>,
}

/// A CloudFormation parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// Its properties, in CloudFormation's spelling.
    pub properties: serde_json::Map<String, serde_json::Value>,
}

/// Whether a resource is one of AWS SAM, of which its transform makes others.
pub fn is_sam(resource: &Raw) -> bool {
    resource.get("Type").and_then(Raw::as_str).is_some_and(|it| it.starts_with("AWS::Serverless::"))
}
