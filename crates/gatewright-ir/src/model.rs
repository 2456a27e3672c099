//! Models: what bodies look like.

use gatewright_spec::Raw;

use crate::{ModelId, Name};

/// Models that every REST API has. Source: API Gateway Developer Guide, "Data models for REST APIs".
pub const BUILT_IN_MODELS: [&str; 2] = ["Empty", "Error"];

/// What a body looks like.
#[derive(Clone, Debug)]
pub struct Model {
    /// Its name.
    pub name: Name,
    /// The JSON Schema, draft 4; `None` if it could not be read, which was reported.
    pub schema: Option<Raw>,
}

/// What requests are checked for before the backend is called.
#[derive(Clone, Debug, Default)]
pub struct Validation {
    /// Models by media type; for one without a media type the name of it is `None`. A model that is unknown was
    /// reported and is left out.
    pub body: Vec<(Option<Name>, ModelId, gatewright_source::Span)>,
    /// Headers that must be there.
    pub headers: Vec<Name>,
    /// Query parameters that must be there.
    pub query: Vec<Name>,
}

impl Validation {
    /// Whether query parameters or headers are checked.
    pub fn checks_parameters(&self) -> bool {
        !self.headers.is_empty() || !self.query.is_empty()
    }
}
