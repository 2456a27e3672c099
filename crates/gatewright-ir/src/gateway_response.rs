//! Gateway responses: what API Gateway itself answers when it refuses a request or fails.

use gatewright_source::{Spanned, Text};

use crate::{Located, Name};

/// What API Gateway itself answers.
#[derive(Clone, Debug)]
pub struct GatewayResponse {
    /// Its type, as written: `DEFAULT_4XX`.
    pub name: Name,
    /// The status, if another than the usual one.
    pub status: Option<Spanned<u64>>,
    /// Headers, with values in AWS's syntax: `'text'`, `method.request.header.NAME`, `context.NAME`.
    pub headers: Vec<(Name, Located<Text>)>,
    /// Bodies by media type.
    pub templates: Vec<(Text, Name)>,
}
