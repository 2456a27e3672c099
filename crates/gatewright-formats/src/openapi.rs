//! OpenAPI 3.0 and 3.1 and Swagger 2.0 with API Gateway's extensions: documents by themselves, and the definitions in
//! templates.

mod document;
mod integration;
mod kind;
mod models;
mod operation;
mod paths;
mod responses;
mod security;
mod settings;

use std::rc::Rc;
use std::sync::Arc;

use gatewright_ir::{
    ApiKind, CorsSetting, EndpointType, Format, Generated, IntegrationId, Ir, Name, Span, Stage, Text,
};
use gatewright_source::Diagnostic;
use gatewright_spec::Raw;
use rustc_hash::FxHashMap;

use crate::Documents;
use crate::draft::{Draft, Reading};
use document::File;
use models::Validator;
use security::Scheme;

/// What an API is called of which nobody says it.
const NAMELESS: &str = "api";

/// Reads a document by itself.
pub(crate) fn read(root: &Arc<Raw>, files: &mut dyn Documents) -> (Vec<Ir>, Vec<Diagnostic>) {
    let mut cx = Reading::document(root, files);
    let verdict = kind::of(root);
    let start = Span::new(root.span.start, root.span.start + 1);
    let nameless = Name::new(NAMELESS.into(), start);
    let mut draft = Draft::new(&cx, Format::OpenApi, verdict.kind, nameless.clone());
    let title = root.get("info").and_then(|it| it.get("title"));
    draft.ir.api.name = draft.name(Generated::Api, title, &nameless);
    draft.ir.provenance.kind_undecided = !verdict.is_decided;
    draft.ir.provenance.is_description = verdict.is_plain && !kind::has_extensions(root);
    body(&mut cx, &mut draft, root);
    // Where and how the API is deployed is said elsewhere.
    draft.ir.api.usage_plans_unknown = true;
    let stage = Stage::undeclared(verdict.kind, draft.ir.api.name.span);
    draft.ir.stages.push(Stage { variables_unknown: true, ..stage });
    if !draft.ir.api.endpoint.vpc_endpoints.is_empty() {
        draft.ir.api.endpoint.kind = EndpointType::Private;
    }
    if verdict.is_plain {
        draft.ir.api.cors = CorsSetting::Unknown;
    }
    (vec![draft.finish()], cx.problems)
}

/// Reads the definition of an API into its draft: routes with their integrations, authorizers, models, validation,
/// CORS, gateway responses, policy, endpoint, binary media types. Its title names the API where the template does not.
pub(crate) fn body(cx: &mut Reading<'_>, draft: &mut Draft, body: &Arc<Raw>) {
    if draft.ir.provenance.format != Format::OpenApi {
        draft.ir.provenance.body = Some(body.clone());
        title(draft, body);
    }
    let file = Rc::new(File::new(body.clone(), String::new()));
    draft.in_definition = true;
    let mut reading = Body {
        is_plain: !kind::has_integrations(body),
        is_open: draft.ir.provenance.format == Format::OpenApi && !kind::has_security(body),
        cx,
        draft,
        file: file.clone(),
        schemes: FxHashMap::default(),
        validators: FxHashMap::default(),
        integrations: FxHashMap::default(),
    };
    reading.settings(body);
    reading.models(body);
    reading.schemes(body);
    reading.paths(&file);
    draft.in_definition = false;
}

/// The title is the API's name if the template gives none: the draft still bears its logical id.
fn title(draft: &mut Draft, body: &Raw) {
    let unnamed = draft.ir.provenance.logical_ids.get(&Generated::Api) == Some(&draft.ir.api.name.value)
        && !draft.ir.provenance.is_deferred(Generated::Api);
    if unnamed {
        let id = draft.ir.api.name.clone();
        let title = body.get("info").and_then(|it| it.get("title"));
        draft.ir.api.name = draft.name(Generated::Api, title, &id);
    }
}

/// A definition that is being read.
struct Body<'b, 'f> {
    cx: &'b mut Reading<'f>,
    draft: &'b mut Draft,
    /// The definition itself; what it names by `$ref` may be in other files.
    file: Rc<File>,
    /// Whether nothing is said of any backend: a document for people and generators of clients.
    is_plain: bool,
    /// Whether nothing is said of who may call, in a document by itself: the template around it may say so.
    is_open: bool,
    /// What the names under `security` mean.
    schemes: FxHashMap<Text, Scheme>,
    validators: FxHashMap<Text, Validator>,
    /// Integrations that several operations name.
    integrations: FxHashMap<Text, IntegrationId>,
}

impl Body<'_, '_> {
    fn kind(&self) -> ApiKind {
        self.draft.ir.api.kind
    }
}
