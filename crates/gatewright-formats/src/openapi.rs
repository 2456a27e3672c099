//! OpenAPI 3.0 and 3.1 and Swagger 2.0 with API Gateway's extensions: documents by themselves, and the definitions in
//! templates.

use std::sync::Arc;

use gatewright_ir::Ir;
use gatewright_source::Diagnostic;
use gatewright_spec::Raw;

use crate::Documents;
use crate::draft::{Draft, Reading};

/// Reads a document by itself.
pub(crate) fn read(_root: &Arc<Raw>, _files: &mut dyn Documents) -> (Vec<Ir>, Vec<Diagnostic>) {
    (Vec::new(), Vec::new())
}

/// Reads the definition of an API into its draft: routes with their integrations, authorizers, models, validation,
/// CORS, gateway responses, policy, endpoint, binary media types.
pub(crate) fn body(_cx: &mut Reading<'_>, _draft: &mut Draft, _body: &Arc<Raw>) {}
