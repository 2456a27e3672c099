//! `serverless.yml` of the Serverless Framework, versions 3 and 4, for AWS: the APIs that it makes of events, and what
//! stands under `resources`.

mod domains;
mod functions;
mod http_api;
mod logs;
mod models;
mod naming;
mod resources;
mod rest;
mod rest_authorizers;
mod rest_cors;
mod rest_integrations;
mod service;
mod syntax;
mod usage_plans;
mod variables;
mod websocket;

use std::sync::Arc;

use gatewright_ir::{ApiKind, CorsSetting, Format, Ir, Name};
use gatewright_source::Diagnostic;
use gatewright_spec::Raw;

use crate::Documents;
use crate::cloudformation::{self, Drafts};
use crate::draft::{Draft, Reading};
use service::Service;
pub(crate) use variables::{DEFERRED, known_parts};

/// Reads a file.
pub(crate) fn read(root: &Arc<Raw>, files: &mut dyn Documents) -> (Vec<Ir>, Vec<Diagnostic>) {
    let document = Arc::new(variables::resolve(root, files));
    let service = Service::new(&document);
    let template = Arc::new(resources::template(&service));
    let mut cx = Reading { document, ..Reading::template(&template, files) };
    cloudformation::functions(&mut cx);
    functions::read(&mut cx, &service);
    let mut drafts = Drafts::new(Format::Serverless);
    cloudformation::apis(&mut cx, &mut drafts);
    let made = [
        rest::api(&mut cx, &mut drafts, &service),
        http_api::api(&mut cx, &mut drafts, &service),
        websocket::api(&mut cx, &mut drafts, &service),
    ];
    // What stands under `resources` belongs to these APIs, and events name authorizers that stand there.
    cloudformation::parts(&mut cx, &mut drafts);
    for (at, read) in made.into_iter().zip([rest::events, http_api::events, websocket::events]) {
        if let Some(draft) = at.and_then(|at| drafts.list.get_mut(at)) {
            read(&mut cx, draft, &service);
            domains::read(draft, &service);
        }
    }
    // An API under `resources` without routes is there for other services.
    for draft in drafts.list.iter_mut().filter(|it| it.ir.routes.is_empty()) {
        draft.ir.api.routes_unknown = true;
    }
    cloudformation::finish(cx, drafts)
}

/// The API of some events: one that the framework makes, with the logical id, or the one whose id is given.
fn draft(
    cx: &Reading<'_>,
    drafts: &mut Drafts,
    service: &Service,
    (kind, logical_id): (ApiKind, &str),
    elsewhere: Option<&Raw>,
) -> Option<usize> {
    if let Some(id) = elsewhere {
        let at = match drafts.named(cx, kind, id) {
            Some(at) => at,
            None => {
                let name = Name::new(logical_id.into(), id.span);
                drafts.add(&name.value.clone(), Draft::new(cx, Format::Serverless, kind, name))
            }
        };
        let draft = drafts.list.get_mut(at)?;
        // What names an API elsewhere may be no text.
        if draft.ir.provenance.is_fragment && draft.ir.api.name.value.contains("${") {
            draft.ir.api.name.value = logical_id.into();
        }
        // An API that stands under `resources` is here as a whole.
        if draft.ir.provenance.is_fragment || draft.ir.api.kind != kind {
            draft.ir.provenance.is_fragment = true;
            draft.ir.api.routes_unknown = true;
        }
        return (draft.ir.api.kind == kind).then_some(at);
    }
    if let Some(known) = drafts.by_id.get(logical_id) {
        return Some(*known);
    }
    let name = Name::new(logical_id.into(), service.name.span);
    let mut draft = Draft::new(cx, Format::Serverless, kind, name.clone());
    draft.called(gatewright_ir::Generated::Api, &name.value);
    if service.events_unknown {
        draft.ir.api.routes_unknown = true;
        draft.ir.api.cors = CorsSetting::Unknown;
    }
    Some(drafts.add(&name.value, draft))
}
