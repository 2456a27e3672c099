//! The file that APIs were read from, as rules about its format look at it: made once for all of its APIs.

use std::cell::OnceCell;

use gatewright_ir::{Ir, Raw};

use crate::rules::cloudformation::template::Template;

/// A file.
#[derive(Debug)]
pub(crate) struct File<'f> {
    document: Option<&'f Raw>,
    template: OnceCell<Option<Template<'f>>>,
}

impl<'f> File<'f> {
    /// The file that an API was read from.
    pub(crate) fn of(ir: Option<&'f Ir>) -> Self {
        let document = ir.and_then(|it| it.provenance.template());
        Self { document, template: OnceCell::new() }
    }

    /// The template that it is or holds, if there is one.
    pub(crate) fn template(&self) -> Option<&Template<'f>> {
        self.template.get_or_init(|| Template::new(self.document?)).as_ref()
    }
}
