//! `gatewright schema`

use super::print;
use crate::args::{Schema, SchemaOf};
use crate::{Failure, Outcome};

/// Prints the JSON Schema of the language, or of the configuration.
pub(crate) fn run(args: &Schema) -> Result<Outcome, Failure> {
    print(&match args.of {
        SchemaOf::Language => gatewright_compiler::schema(),
        SchemaOf::Config => gatewright_compiler::config::schema(),
    })
}
