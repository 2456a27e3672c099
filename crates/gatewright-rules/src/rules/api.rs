//! Rules about the API as a whole and the template around it.

use crate::Rule;

mod circular_reference;
mod exceeded_quota;
mod missing_routes;
mod overlong_name;
pub(in crate::rules) mod references;
mod reserved_tag;
mod unused_parameter;
pub(in crate::rules) mod words;

pub(super) const RULES: &[&Rule] = &[
    &missing_routes::RULE,
    &exceeded_quota::RULE,
    &overlong_name::RULE,
    &reserved_tag::RULE,
    &unused_parameter::RULE,
    &circular_reference::RULE,
];
