//! `gatewright schema`

use super::print;
use crate::{Failure, Outcome};

/// Prints the JSON Schema of the language.
pub(crate) fn run() -> Result<Outcome, Failure> {
    print(&gatewright_compiler::schema())
}
