//! What the emitters write for small specifications.

mod deployments;
mod documents;
mod layouts;
mod limits;
mod resources;
mod rest;
mod surroundings;
mod websocket;

use gatewright_ir::{Ir, Source, StageId};
use gatewright_source::{Severity, Sources, Span};
use gatewright_spec::Spec;
use serde_json::Value;

use crate::{Format, Layout, OpenApiOptions, Options, cloudformation, openapi};

/// The model of a specification without errors.
fn model(text: &str) -> Ir {
    let mut sources = Sources::new();
    let (file, mut problems) = sources.add("gatewright.yaml", text.as_bytes().to_vec());
    let (tree, mut more) = gatewright_source::parse(sources.file(file));
    problems.append(&mut more);
    let (spec, mut more) = gatewright_spec::decode::<Spec>(&tree);
    problems.append(&mut more);
    let spec = spec.expect("a specification");
    let (ir, mut more) = gatewright_ir::lower(&[Source {
        spec: &spec,
        start: Span::new(0, 1),
        templates: &Default::default(),
    }]);
    problems.append(&mut more);
    let errors: Vec<_> = problems.iter().filter(|it| it.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    ir
}

fn stage(ir: &Ir, name: &str) -> StageId {
    ir.stages.iter().find(|it| &*it.1.name.value == name).expect("the stage").0
}

/// The template of a specification in one layout, and the notes.
fn built(ir: &Ir, options: Options<'_>) -> (Value, Vec<String>) {
    let output = cloudformation(ir, &Options { format: Format::Json, ..options });
    let template = serde_json::from_str(&output.artifacts[0].text).expect("JSON");
    (template, output.notes.into_iter().map(|it| it.message).collect())
}

fn in_resources(ir: &Ir) -> Value {
    built(ir, Options { layout: Layout::Resources, ..Options::default() }).0
}

/// The properties of a resource.
fn of<'t>(template: &'t Value, id: &str) -> &'t Value {
    let resource = &template["Resources"][id];
    assert!(!resource.is_null(), "no `{id}` among {:?}", ids(template));
    &resource["Properties"]
}

fn ids(template: &Value) -> Vec<&str> {
    template["Resources"].as_object().expect("resources").keys().map(String::as_str).collect()
}

/// The logical ids of a type.
fn all<'t>(template: &'t Value, kind: &str) -> Vec<&'t str> {
    let resources = template["Resources"].as_object().expect("resources");
    resources.iter().filter(|it| it.1["Type"] == kind).map(|it| it.0.as_str()).collect()
}

/// What a permission allows, after the API's id.
fn source<'t>(template: &'t Value, id: &str) -> &'t str {
    let arn = of(template, id)["SourceArn"]["Fn::Sub"].as_str().expect("an ARN");
    arn.strip_prefix("arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/")
        .expect("of the API")
}

const START: &str = "gatewright: 1\nname: orders\nkind: http\ncors: none\n";

fn with(text: &str) -> Ir {
    model(&format!("{START}{text}"))
}
