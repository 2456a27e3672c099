//! The list of all rules, by subject.

use crate::Rule;

mod api;
mod authorizers;
mod caches;
pub(crate) mod cloudformation;
mod cors;
mod deployments;
mod domains;
mod earlier;
mod endpoint;
mod functions;
mod gateway_responses;
mod integrations;
mod messages;
mod models;
mod naming;
mod openapi;
mod policies;
mod resources;
mod responses;
mod routes;
mod sam;
mod serverless;
mod stages;
mod templates;
mod usage_plans;
mod words;

const SUBJECTS: [&[&Rule]; 25] = [
    earlier::RULES,
    api::RULES,
    functions::RULES,
    integrations::RULES,
    templates::RULES,
    responses::RULES,
    models::RULES,
    authorizers::RULES,
    cors::RULES,
    routes::RULES,
    messages::RULES,
    naming::RULES,
    stages::RULES,
    domains::RULES,
    caches::RULES,
    usage_plans::RULES,
    gateway_responses::RULES,
    endpoint::RULES,
    policies::RULES,
    openapi::RULES,
    sam::RULES,
    serverless::RULES,
    cloudformation::RULES,
    resources::RULES,
    deployments::RULES,
];

/// All rules, by subject.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    SUBJECTS.into_iter().flatten().copied()
}

/// The TLS policies of AWS, by their names.
pub fn tls_policies() -> impl Iterator<Item = &'static str> {
    endpoint::tls::names()
}

/// The rule with a name.
pub fn find(name: &str) -> Option<&'static Rule> {
    all().find(|it| it.name == name)
}

pub(crate) fn first() -> &'static Rule {
    SUBJECTS[0][0]
}
