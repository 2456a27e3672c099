//! AWS SAM templates: what the transform would make of `AWS::Serverless` resources, and everything else of API Gateway in
//! them.

use std::sync::Arc;

use gatewright_ir::{Format, Ir};
use gatewright_source::Diagnostic;
use gatewright_spec::Raw;

use crate::Documents;
use crate::cloudformation;
use crate::draft::Reading;

/// Reads a template.
pub(crate) fn read(root: &Arc<Raw>, files: &mut dyn Documents) -> (Vec<Ir>, Vec<Diagnostic>) {
    let mut cx = Reading::template(root, files);
    cloudformation::functions(&mut cx);
    let mut drafts = cloudformation::Drafts::new(Format::Sam);
    cloudformation::apis(&mut cx, &mut drafts);
    cloudformation::parts(&mut cx, &mut drafts);
    cloudformation::finish(cx, drafts)
}
