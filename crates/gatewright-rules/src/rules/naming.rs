//! Rules about names that people choose: in paths, of parameters, operations and models.

use crate::Rule;

mod casing;
mod inconsistent_model_case;
mod inconsistent_operation_case;
mod inconsistent_path_case;
mod inconsistent_path_variable_case;
mod inconsistent_query_case;
mod mixed_path_versions;
mod nouns;
mod singular_collection;
mod unversioned_path;
mod verb_in_path;
mod version;

pub(super) const RULES: &[&Rule] = &[
    &inconsistent_path_case::RULE,
    &inconsistent_path_variable_case::RULE,
    &inconsistent_query_case::RULE,
    &inconsistent_operation_case::RULE,
    &inconsistent_model_case::RULE,
    &singular_collection::RULE,
    &verb_in_path::RULE,
    &unversioned_path::RULE,
    &mixed_path_versions::RULE,
];
