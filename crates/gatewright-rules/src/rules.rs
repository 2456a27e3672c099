//! The list of all rules, by subject.

use crate::Rule;

mod api;
mod authorizers;
mod cors;
mod domains;
mod earlier;
mod functions;
mod integrations;
mod messages;
mod responses;
mod routes;
mod stages;
mod templates;
mod words;

const SUBJECTS: [&[&Rule]; 12] = [
    earlier::RULES,
    api::RULES,
    functions::RULES,
    integrations::RULES,
    templates::RULES,
    responses::RULES,
    authorizers::RULES,
    cors::RULES,
    routes::RULES,
    messages::RULES,
    stages::RULES,
    domains::RULES,
];

/// All rules, by subject.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    SUBJECTS.into_iter().flatten().copied()
}

/// The rule with a name.
pub fn find(name: &str) -> Option<&'static Rule> {
    all().find(|it| it.name == name)
}

pub(crate) fn first() -> &'static Rule {
    SUBJECTS[0][0]
}
