//! Functions, aliases and versions.

use crate::draft::Reading;

/// Reads the functions of the template.
pub(super) fn read(_cx: &mut Reading<'_>) {}
