//! Rules about API Gateway's resources as templates write them: their types, properties and words.

use crate::Rule;
use crate::rules::cloudformation::template::{Resource, Template};

mod missing_property;
mod shape;
mod shapes;
mod unknown_property;
mod unknown_resource_type;
mod unknown_word;

pub(super) const RULES: &[&Rule] =
    &[&unknown_resource_type::RULE, &unknown_property::RULE, &missing_property::RULE, &unknown_word::RULE];

/// The resources of API Gateway, and their shapes.
fn types<'s, 't>(
    template: &'s Template<'t>,
) -> impl Iterator<Item = (&'s Resource<'t>, &'static shape::Shape)> {
    shapes::TYPES.iter().flat_map(|(of, shape)| template.of_type(of).map(move |it| (it, shape)))
}
