//! API Gateway's extensions to OpenAPI: data, no decisions.

use crate::Kinds;

/// What every extension begins with.
pub(super) const START: &str = "x-amazon-apigateway-";

/// A part of a document that may have extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Root,
    Info,
    Server,
    Tag,
    Components,
    Scheme,
    Paths,
    Path,
    Operation,
}

impl Place {
    /// What people call it.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Root => "the root of the document",
            Self::Info => "`info`",
            Self::Server => "an entry of `servers`",
            Self::Tag => "an entry of `tags`",
            Self::Components => "`components`",
            Self::Scheme => "a security scheme",
            Self::Paths => "`paths`",
            Self::Path => "a path",
            Self::Operation => "an operation",
        }
    }
}

/// An extension.
pub(super) struct Extension {
    /// Its name, without its beginning.
    pub(super) name: &'static str,
    /// Where it has an effect.
    pub(super) places: &'static [Place],
    /// For which kinds of API.
    pub(super) kinds: Kinds,
}

const fn of(name: &'static str, places: &'static [Place], kinds: Kinds) -> Extension {
    Extension { name, places, kinds }
}

/// All extensions.
///
/// Source: API Gateway Developer Guide, "OpenAPI extensions for API Gateway". Where a page of it is silent about the kind
/// of API, both are listed.
pub(super) const EXTENSIONS: [Extension; 20] = [
    of("any-method", &[Place::Path], Kinds::PATHS),
    of("api-key-source", &[Place::Root], Kinds::REST),
    of("auth", &[Place::Operation], Kinds::PATHS),
    of("authorizer", &[Place::Scheme], Kinds::PATHS),
    of("authtype", &[Place::Scheme], Kinds::PATHS),
    of("binary-media-types", &[Place::Root], Kinds::REST),
    of("cors", &[Place::Root], Kinds::HTTP),
    of("documentation", &[Place::Root], Kinds::PATHS),
    of("endpoint-access-mode", &[Place::Root], Kinds::REST),
    of("endpoint-configuration", &[Place::Root, Place::Server], Kinds::PATHS),
    of("gateway-responses", &[Place::Root], Kinds::REST),
    of("importexport-version", &[Place::Root], Kinds::PATHS),
    of("integration", &[Place::Operation], Kinds::PATHS),
    of("integrations", &[Place::Root, Place::Components], Kinds::PATHS),
    of("minimum-compression-size", &[Place::Root], Kinds::REST),
    of("policy", &[Place::Root], Kinds::REST),
    of("request-validator", &[Place::Root, Place::Operation], Kinds::REST),
    of("request-validators", &[Place::Root], Kinds::REST),
    of("security-policy", &[Place::Root], Kinds::PATHS),
    of("tag-value", &[Place::Tag], Kinds::PATHS),
];

/// The extension with a name.
pub(super) fn find(name: &str) -> Option<&'static Extension> {
    let name = name.strip_prefix(START)?;
    EXTENSIONS.iter().find(|it| it.name == name)
}

#[cfg(test)]
mod tests {
    use super::{EXTENSIONS, START, find};

    #[test]
    fn the_schema_knows_the_same() {
        let schema = include_str!("../../../../../schemas/x-amazon-apigateway.schema.json");
        for it in EXTENSIONS {
            assert!(schema.contains(&format!("\"{START}{}\": {{", it.name)), "{}", it.name);
        }
        let keys =
            schema.lines().filter_map(|it| it.trim_start().strip_prefix('"')?.split_once("\": ")?.0.into());
        for key in keys.filter(|it: &&str| it.starts_with(START)) {
            assert!(find(key).is_some(), "{key}");
        }
    }
}
