//! serverless

use std::sync::Arc;

use gatewright_ir::Ir;
use gatewright_source::Diagnostic;
use gatewright_spec::Raw;

use crate::Documents;

/// Reads it.
pub(crate) fn read(_root: &Arc<Raw>, _files: &mut dyn Documents) -> (Vec<Ir>, Vec<Diagnostic>) {
    (Vec::new(), Vec::new())
}
