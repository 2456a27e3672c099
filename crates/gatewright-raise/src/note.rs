//! Notes: what could not be carried over.

use gatewright_ir::Span;

/// Something that the specification lacks, or has otherwise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// Where it stands in the file that was read.
    pub span: Span,
    /// What, and why.
    pub message: String,
    /// What to do.
    pub help: String,
}
