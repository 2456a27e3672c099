//! Build: who needs whom. The entities of an API and the edges between them; answers order, users, reachability
//! and cycles, and draws itself.

mod build;
mod cycle;
pub mod draw;
mod entity;
mod graph;
#[cfg(test)]
mod tests;

pub use build::build;
pub use entity::{Entity, Relation, kind, name};
pub use graph::Graph;
