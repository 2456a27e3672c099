//! Emit: from the model to artifacts, CloudFormation, OpenAPI and text. Pure and total: the same model gives the same
//! bytes.

mod artifact;
mod binding;
mod cloudformation;
mod digest;
mod intrinsic;
mod limits;
mod list;
mod object;
mod openapi;
mod text;

pub use artifact::{Artifact, Format, Missing, Note, Output};
pub use cloudformation::{Layout, Options, cloudformation};
pub use openapi::{OpenApiOptions, openapi};
pub use text::{model, render, summary};

#[cfg(test)]
mod tests;
