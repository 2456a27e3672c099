//! Rules about `routes`.

use crate::Rule;

mod ambiguous_variable_route;
mod case_variant_paths;
mod duplicate_operation_name;
mod duplicate_path_variable;
mod duplicate_route;
mod malformed_path_part;
mod malformed_route_key;
mod misplaced_greedy_variable;
mod missing_parent_route;
mod missing_root_route;
mod missing_route_target;
pub(super) mod part;
mod renamed_path_variable;
mod repeated_parameter_name;
mod reserved_path;
pub(super) mod shape;
mod sibling_path_variables;
mod siblings;
mod stage_name_in_path;

pub(super) const RULES: &[&Rule] = &[
    &malformed_route_key::RULE,
    &misplaced_greedy_variable::RULE,
    &duplicate_path_variable::RULE,
    &duplicate_route::RULE,
    &sibling_path_variables::RULE,
    &renamed_path_variable::RULE,
    &repeated_parameter_name::RULE,
    &duplicate_operation_name::RULE,
    &missing_route_target::RULE,
    &missing_root_route::RULE,
    &missing_parent_route::RULE,
    &reserved_path::RULE,
    &stage_name_in_path::RULE,
    &case_variant_paths::RULE,
    &ambiguous_variable_route::RULE,
    &malformed_path_part::RULE,
];
