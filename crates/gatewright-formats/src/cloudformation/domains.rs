//! Custom domain names and what they map to.

use super::Drafts;
use crate::draft::Reading;

/// Reads them.
pub(super) fn read(_cx: &mut Reading<'_>, _drafts: &mut Drafts) {}
