//! Compile: the composition of all stages, and the one interface that the command line, tests and editors call.

mod baseline;
mod compile;
mod files;
mod fix;
mod load;
mod logical_path;
mod others;

pub use baseline::Baseline;
pub use compile::{
    Compilation, Given, Model, Request, check_layout, check_output, compile, compile_given, is_named_ours,
};
pub use files::{Files, NoFiles};
pub use fix::{Fixed, Rewritten, fix};
pub use gatewright_config as config;
pub use gatewright_emit as emit;
pub use gatewright_formats as formats;
pub use gatewright_graph as graph;
pub use gatewright_ir as ir;
pub use gatewright_raise as raise;
pub use gatewright_rules as rules;
pub use gatewright_source as source;
pub use gatewright_spec::schema;
pub use load::normalise;
pub use logical_path::logical_paths;
