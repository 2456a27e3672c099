//! Rules about caches: `cache` of routes and of stages.

use crate::Rule;

mod cache_serves_other_callers;
mod cache_ttl_out_of_range;
mod cache_without_cluster;
mod cached_mutation;
mod cluster_without_cached_route;
mod malformed_cache_key;
mod unencrypted_cache;
mod unsupported_cache_size;

pub(super) const RULES: &[&Rule] = &[
    &unsupported_cache_size::RULE,
    &cache_ttl_out_of_range::RULE,
    &cache_without_cluster::RULE,
    &cluster_without_cached_route::RULE,
    &cache_serves_other_callers::RULE,
    &cached_mutation::RULE,
    &malformed_cache_key::RULE,
    &unencrypted_cache::RULE,
];
