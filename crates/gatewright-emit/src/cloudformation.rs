//! CloudFormation: a template as a careful engineer would write it, in either of two layouts.

mod account;
mod alarm;
mod alias;
mod api;
mod api_key;
mod api_mapping;
mod authorizer;
mod client_certificate;
mod deployment;
mod documentation;
mod domain_access;
mod domain_name;
mod function;
mod http;
mod integration;
mod integration_response;
mod log_group;
mod model;
mod nested;
mod output;
mod permission;
mod record_set;
mod rest;
mod role;
mod route;
mod route_response;
mod selection;
mod stage;
mod template;
mod usage_plan;
mod version;
mod vpc_link;
mod web_acl_association;
mod websocket;

use std::collections::BTreeSet;

use gatewright_ir::{ApiKind, Ir, Name, Raw, StageId};
use gatewright_yaml::Tags;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};

use crate::artifact::{Artifact, Format, Missing, Note, Output};
use crate::binding::Bindings;
use crate::intrinsic;
use crate::limits;
use crate::object::Object;
use template::Template;

/// How the API is laid out in the template. Both describe the same API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// One resource whose body is an OpenAPI document: one call deploys all routes.
    #[default]
    Body,
    /// One resource for each route, integration and authorizer.
    Resources,
}

/// What is wanted of the template.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The layout. WebSocket APIs only have resources.
    pub layout: Layout,
    /// The notation.
    pub format: Format,
    /// Only this stage, and only what belongs to it.
    pub stage: Option<StageId>,
    /// What leads from the output folder to that of the specification, such as `../`.
    pub base: &'a str,
    /// What makes deployments differ although nothing is seen to have changed, for `redeploy: always`.
    pub redeploy_token: Option<&'a str>,
}

/// What every resource may look at.
struct Context<'i> {
    bindings: Bindings<'i>,
    options: Options<'i>,
}

/// Emits the template of an API: `template.yaml` first, then the files that it includes.
pub fn cloudformation(ir: &Ir, options: &Options<'_>) -> Output {
    let layout = match ir.api.kind {
        // There is no document that describes one.
        ApiKind::WebSocket => Layout::Resources,
        _ => options.layout,
    };
    let options = &Options { layout, ..*options };
    let cx = Context { bindings: Bindings::new(ir, options.stage), options: *options };
    let mut template = Template::new(ir);
    let mut split = nested::Split::default();
    match ir.api.kind {
        ApiKind::Http => http::emit(&cx, &mut template, &mut split),
        ApiKind::Rest => rest::emit(&cx, &mut template, &mut split),
        ApiKind::WebSocket => websocket::emit(&cx, &mut template, &mut split),
    }
    template.unused_overrides();

    let mut sections = Sections {
        resources: template.resources,
        outputs: output::outputs(&cx.bindings),
        notes: template.notes,
        missing: Vec::new(),
    };
    sections.user(ir, &template.renamed);
    sections.dangling(ir, options);
    let mut files = Vec::new();
    if options.layout == Layout::Resources && sections.resources.len() > limits::RESOURCES_ADVISED {
        files = split.apply(ir, options.format, &mut sections);
    }
    let mut out = write(sections, ir, options);
    out.artifacts.append(&mut files);
    out
}

/// The parts of a template that are not taken over as they are.
struct Sections {
    resources: Map<String, Value>,
    outputs: Map<String, Value>,
    notes: Vec<Note>,
    missing: Vec<Missing>,
}

impl Sections {
    /// Adds what the user wrote. Where that refers to a resource whose id ends in a digest, the id is completed.
    fn user(&mut self, ir: &Ir, renamed: &FxHashMap<String, String>) {
        let complete = |it: &Raw| {
            let mut it = it.to_json();
            if !renamed.is_empty() {
                intrinsic::rename(&mut it, &|id| renamed.get(id).cloned());
            }
            it
        };
        for (name, it) in &ir.template.resources {
            self.resources.insert(name.value.to_string(), complete(it));
        }
        for (name, it) in &ir.template.outputs {
            self.outputs.insert(name.value.to_string(), complete(it));
        }
    }
}

impl Sections {
    /// Finds references to resources that the model knows but this build does not have: those of another layout or
    /// of another stage.
    fn dangling(&mut self, ir: &Ir, options: &Options<'_>) {
        let mut found = BTreeSet::new();
        let parameters: FxHashSet<&str> = ir.template.parameters.iter().map(|it| &*it.name.value).collect();
        let mut look = |it: &str| {
            if !it.starts_with("AWS::") && !self.resources.contains_key(it) && !parameters.contains(it) {
                found.insert(it.to_owned());
            }
        };
        for it in self.resources.values().chain(self.outputs.values()) {
            intrinsic::references(it, &mut look);
        }
        // Only what the model could have given: other names are checked elsewhere.
        let known: FxHashSet<String> = match found.is_empty() {
            true => FxHashSet::default(),
            false => ir.generated().into_iter().map(|it| it.0).collect(),
        };
        let derived = |it: &str| known.iter().any(|known| it.starts_with(&**known));
        found.retain(|it| known.contains(it) || derived(it));
        let rest = ir.api.kind == ApiKind::Rest;
        let why = match (options.layout, options.stage) {
            (Layout::Body, None) if rest => {
                "with `--layout body` methods, authorizers, models and their like are no resources"
            }
            (Layout::Body, None) => {
                "with `--layout body` routes, integrations and authorizers are no resources"
            }
            (Layout::Resources, Some(_)) => "this build has one stage only",
            (Layout::Body, Some(_)) if rest => {
                "this build has one stage only, and methods, authorizers, models and their like are no resources"
            }
            (Layout::Body, Some(_)) => {
                "this build has one stage only, and routes, integrations and authorizers are no resources"
            }
            (Layout::Resources, None) => "nothing uses it",
        };
        self.missing.extend(found.into_iter().map(|id| Missing { id, why }));
    }
}

/// Writes the template, and the file that it includes if it would be too large.
fn write(sections: Sections, ir: &Ir, options: &Options<'_>) -> Output {
    let Sections { resources, outputs, mut notes, missing } = sections;
    let count = resources.len();
    let mut document = document(ir, resources, outputs);
    let mut files = Vec::new();
    let limit = if options.layout == Layout::Body { limits::TEMPLATE_BYTES } else { usize::MAX };
    let mut text = options.format.write_up_to(&document, Tags::Short, limit);
    if text.is_none()
        && let Some(body) = api::take_body(ir, &mut document)
    {
        let path = api::BODY_FILE.to_owned();
        api::keep_parameters(ir, &mut document, &body);
        files.push(Artifact { path, text: Format::Json.write(&body, Tags::Long) });
        notes.push(Note::new(format!(
            "the OpenAPI document is in `{}`, as the template would be larger than 1 MB with it: \
             `aws cloudformation package --s3-bucket BUCKET …` uploads it",
            api::BODY_FILE
        )));
        text = None;
    }
    let text = text.unwrap_or_else(|| options.format.write(&document, Tags::Short));
    if count > limits::RESOURCES {
        notes.push(Note::new(format!(
            "the template has {count} resources, and CloudFormation allows {}: {}",
            limits::RESOURCES,
            match options.layout {
                Layout::Resources if ir.api.kind != ApiKind::WebSocket => {
                    "use `--layout body`, or divide the API"
                }
                _ => "divide the API",
            }
        )));
    }
    if text.len() > limits::TEMPLATE_BYTES {
        let bytes = text.len();
        notes.push(Note::new(format!(
            "the template has {bytes} bytes, and CloudFormation allows 1 MB: divide the API"
        )));
    } else if text.len() > limits::INLINE_BYTES {
        notes.push(Note::new(format!(
            "the template has {} bytes; more than {} need a bucket: `aws cloudformation deploy --s3-bucket BUCKET …`",
            text.len(),
            limits::INLINE_BYTES
        )));
    }
    let mut artifacts = vec![Artifact { path: format!("template.{}", options.format.extension()), text }];
    artifacts.append(&mut files);
    Output { artifacts, notes, missing }
}

fn document(ir: &Ir, resources: Map<String, Value>, outputs: Map<String, Value>) -> Value {
    let raw = |items: &[(Name, Raw)]| -> Object {
        items.iter().map(|(name, it)| (name.value.to_string(), it.to_json())).collect()
    };
    let parameters = ir.template.parameters.iter();
    let parameters = parameters.map(|it| (it.name.value.to_string(), it.properties.clone().into()));
    // Resources of AWS SAM that travel along are nothing to CloudFormation before its transform has seen them.
    let transform = ir
        .template
        .resources
        .iter()
        .any(|it| gatewright_ir::is_sam(&it.1))
        .then_some("AWS::Serverless-2016-10-31");
    Object::new()
        .set("AWSTemplateFormatVersion", "2010-09-09")
        .maybe("Transform", transform)
        .set("Description", description(ir))
        .object("Parameters", parameters.collect())
        .object("Mappings", raw(&ir.template.mappings))
        .object("Conditions", raw(&ir.template.conditions))
        .set("Resources", resources)
        .object("Outputs", outputs.into_iter().collect())
        .into()
}

/// What an API of a kind is called.
fn noun(kind: ApiKind) -> &'static str {
    match kind {
        ApiKind::Http => "an HTTP API",
        ApiKind::Rest => "a REST API",
        ApiKind::WebSocket => "a WebSocket API",
    }
}

fn description(ir: &Ir) -> String {
    let name = &*ir.api.name.value;
    let mut out = match &ir.api.description {
        Some(it) => format!("{name}: {}", it.value),
        None => format!("{name}: {}", noun(ir.api.kind)),
    };
    if out.len() > limits::DESCRIPTION_BYTES {
        let mut end = limits::DESCRIPTION_BYTES - '…'.len_utf8();
        while !out.is_char_boundary(end) {
            end -= 1;
        }
        out.truncate(end);
        out.push('…');
    }
    out
}
