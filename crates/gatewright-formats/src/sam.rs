//! AWS SAM templates: what the transform would make of `AWS::Serverless` resources, and everything else of API Gateway in
//! them.
//!
//! The resources that the transform makes (stages, domains, usage plans …) are made here too, and read as
//! CloudFormation; definitions and events are read into the drafts directly.

mod apis;
mod auth;
mod cors;
mod events;
mod expansion;
mod functions;
mod globals;
mod made;
mod policies;
mod references;
mod responses;
mod routes;

use std::sync::Arc;

use gatewright_ir::{Format, Ir};
use gatewright_source::Diagnostic;
use gatewright_spec::Raw;

use crate::Documents;
use crate::cloudformation::{self, Drafts};
use crate::draft::Reading;

/// Reads a template.
pub(crate) fn read(root: &Arc<Raw>, files: &mut dyn Documents) -> (Vec<Ir>, Vec<Diagnostic>) {
    let events = events::all(root);
    let expansion = expansion::expand(root, &events);
    let mut cx = Reading::template(&Arc::new(expansion.root), files);
    cx.document = root.clone();
    cloudformation::functions(&mut cx);
    functions::read(&mut cx);
    let mut drafts = Drafts::new(Format::Sam);
    cloudformation::apis(&mut cx, &mut drafts);
    apis::read(&mut cx, &mut drafts, &expansion.apis, &events);
    cloudformation::parts(&mut cx, &mut drafts);
    cloudformation::finish(cx, drafts)
}
