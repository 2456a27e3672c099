//! REST APIs: `AWS::ApiGateway`.

use super::Drafts;
use crate::draft::Reading;

/// Reads the APIs.
pub(super) fn apis(_cx: &mut Reading<'_>, _drafts: &mut Drafts) {}

/// Reads what belongs to them.
pub(super) fn parts(_cx: &mut Reading<'_>, _drafts: &mut Drafts) {}
