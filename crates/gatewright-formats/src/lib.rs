//! Read: what people already have (SAM and CloudFormation templates, OpenAPI documents, serverless.yml) to the model.
//!
//! Nothing is converted and nothing is guessed: what a file leaves open is unknown in the model, and rules are silent
//! about it. Every place in the model is a place in the user's file.

mod cloudformation;
mod cors;
mod detect;
mod document;
mod draft;
mod include;
mod openapi;
mod sam;
mod scope;
mod serverless;
mod target;
mod written;

use std::sync::Arc;

use gatewright_ir::{Format, Ir};
use gatewright_source::{Diagnostic, Text};
use gatewright_spec::Raw;

pub use detect::{detect, has_extensions, is_rendered, may_be_ours};
pub use document::{Schema, document};

/// The other files that a document names: the only way in which a front end reads anything but its input.
pub trait Documents {
    /// Another file as a document. Paths are relative to the folder of the first file, with `/`.
    ///
    /// # Errors
    /// In words that follow "cannot read `path`: ".
    fn document(&mut self, path: &str, schema: Schema) -> Result<Arc<Raw>, String>;

    /// Another file as text.
    ///
    /// # Errors
    /// In words that follow "cannot read `path`: ".
    fn text(&mut self, path: &str) -> Result<Text, String>;

    /// The value of an environment variable, where those may be read.
    fn variable(&self, name: &str) -> Option<Text>;
}

/// Reads the APIs that a document describes, in the order in which it does. A file that only holds parts of an API
/// that stands elsewhere gives an API that says so.
pub fn read(format: Format, root: &Arc<Raw>, files: &mut dyn Documents) -> (Vec<Ir>, Vec<Diagnostic>) {
    match format {
        Format::Gatewright => (Vec::new(), Vec::new()),
        Format::CloudFormation => cloudformation::read(root, files),
        Format::Sam => sam::read(root, files),
        Format::OpenApi => openapi::read(root, files),
        Format::Serverless => serverless::read(root, files),
    }
}
