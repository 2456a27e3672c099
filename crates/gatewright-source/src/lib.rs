//! Parse: from bytes to a tree of YAML, JSON or TOML nodes that know where they stand, and problems as plain data.

mod diagnostic;
mod fix;
mod sources;
mod span;
mod suggest;
mod toml;
mod tree;
mod yaml;

pub use self::toml::parse_toml;
pub use diagnostic::{Diagnostic, Label, Repeated, Severity};
pub use fix::{Edit, Fix, Replacement, Safety, Written};
pub use sources::{File, FileId, LineColumn, MAX_FILE_BYTES, Sources};
pub use span::{Span, Spanned};
pub use suggest::{MOST_SUGGESTIONS, did_you_mean, is_plainly_meant};
pub use tree::{Children, Comment, Kind, NodeId, ScalarStyle, Syntax, Tree};
pub use yaml::{MAX_NESTING, parse, parse_leniently};

/// Text that several stages share without copying it.
pub type Text = std::sync::Arc<str>;
