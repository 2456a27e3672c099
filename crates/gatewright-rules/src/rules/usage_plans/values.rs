//! The values of API keys.

use std::ops::RangeInclusive;

use gatewright_ir::Ir;
use gatewright_source::{Span, Text};

use crate::rules::stages::written::is_dynamic;

/// How many characters a value has.
///
/// Source: what API Gateway answers to `CreateApiKey` with fewer or more; it names the bounds.
pub(super) const LENGTH: RangeInclusive<usize> = 20..=128;

/// The names of the keys that are created with a known value, the values, and where those stand.
pub(super) fn values(ir: &Ir) -> impl Iterator<Item = (&Text, &Text, Span)> {
    let created = ir.api_keys.values().filter(|it| it.existing.is_none());
    let known = created.filter_map(|it| {
        let value = it.value.as_ref()?;
        Some((&it.name.value, value.value.known()?, value.span))
    });
    known.filter(|it| !is_dynamic(it.1))
}
