//! CloudFormation templates: everything of API Gateway in them, and the functions that it calls.

use std::sync::Arc;

use gatewright_ir::{Format, Ir, Text};
use gatewright_source::Diagnostic;
use gatewright_spec::Raw;
use rustc_hash::FxHashMap;

use crate::Documents;
use crate::draft::{Draft, Reading};

/// The APIs of a template that are being put together.
#[derive(Default)]
pub(crate) struct Drafts {
    /// In the order in which they stand in the template.
    pub(crate) list: Vec<Draft>,
    /// Their places in the list by logical id.
    pub(crate) by_id: FxHashMap<Text, usize>,
}

/// Reads a template.
pub(crate) fn read(root: &Arc<Raw>, files: &mut dyn Documents) -> (Vec<Ir>, Vec<Diagnostic>) {
    let mut cx = Reading::template(root, files);
    functions(&mut cx);
    let mut drafts = apis(&mut cx, Format::CloudFormation);
    parts(&mut cx, &mut drafts);
    finish(cx, drafts)
}

/// Reads the functions of a template: `AWS::Lambda::Function`.
pub(crate) fn functions(_cx: &mut Reading<'_>) {}

/// Reads the APIs of a template, with the definition in their `Body`: `AWS::ApiGateway::RestApi` and
/// `AWS::ApiGatewayV2::Api`.
pub(crate) fn apis(_cx: &mut Reading<'_>, _format: Format) -> Drafts {
    Drafts::default()
}

/// Reads everything that belongs to an API by naming it: resources, methods, routes, integrations, authorizers, models,
/// stages, gateway responses, usage plans and their keys, domain names and mappings.
///
/// Parts of an API that the template does not have make a fragment, which is an API of its own.
pub(crate) fn parts(_cx: &mut Reading<'_>, _drafts: &mut Drafts) {}

/// The APIs, finished.
pub(crate) fn finish(cx: Reading<'_>, drafts: Drafts) -> (Vec<Ir>, Vec<Diagnostic>) {
    (drafts.list.into_iter().map(Draft::finish).collect(), cx.problems)
}
