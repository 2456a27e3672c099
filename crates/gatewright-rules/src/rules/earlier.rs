//! What earlier stages find: parsing, decoding and lowering. Here are only names and pages.

use gatewright_source::{Safety, Severity};

use crate::{Category, Check, Formats, Kinds, Preset, Rule};

const fn rule(name: &'static str, page: &'static str, severity: Severity, fix: Option<Safety>) -> Rule {
    Rule {
        name,
        page,
        severity,
        category: Category::Correctness,
        preset: Preset::Recommended,
        fix,
        kinds: Kinds::ALL,
        formats: Formats::ALL,
        check: Check::Earlier,
    }
}

macro_rules! fix {
    () => {
        None
    };
    ($safety:ident) => {
        Some(Safety::$safety)
    };
}

macro_rules! earlier {
    ($($name:literal $file:literal $severity:ident $($fix:ident)?),* $(,)?) => {
        pub(super) const RULES: &[&Rule] =
            &[$(&rule($name, include_str!(concat!("earlier/", $file, ".md")), Severity::$severity, fix!($($fix)?))),*];
    };
}

earlier! {
    "syntax" "syntax" Error,
    "not-utf-8" "not_utf_8" Error,
    "unknown-tag" "unknown_tag" Error,
    "duplicate-key" "duplicate_key" Error,
    "unknown-key" "unknown_key" Error Safe,
    "wrong-type" "wrong_type" Error,
    "missing-key" "missing_key" Error,
    "conflicting-keys" "conflicting_keys" Error,
    "colliding-names" "colliding_names" Error,
    "rest-only-feature" "rest_only_feature" Error,
    "unavailable-feature" "unavailable_feature" Error,
    "include-cycle" "include_cycle" Error,
    "missing-file" "missing_file" Error,
    "missing-integration" "missing_integration" Error,
    "unknown-integration" "unknown_integration" Error,
    "unknown-function" "unknown_function" Error,
    "unknown-alias" "unknown_alias" Error,
    "unknown-authorizer" "unknown_authorizer" Error,
    "unknown-vpc-link" "unknown_vpc_link" Error,
    "unknown-model" "unknown_model" Error,
    "unknown-api-key" "unknown_api_key" Error,
    "unknown-route" "unknown_route" Error,
    "unknown-stage" "unknown_stage" Error,
    "unknown-reference" "unknown_reference" Error,
    "malformed-setting" "malformed_setting" Error,
    "unused-allowance" "unused_allowance" Warning Safe,
}
