//! Definitions in files of their own: `AWS::Include`, `DefinitionUri`, `BodyS3Location`.

use std::sync::Arc;

use gatewright_spec::Raw;

use crate::Schema;
use crate::draft::Reading;

/// A definition, wherever it stands.
pub(crate) enum Definition {
    /// Here, or in a file that could be read.
    Known(Arc<Raw>),
    /// Somewhere that cannot be read from here: in S3, or in a file that is made by a build.
    Elsewhere,
}

/// The definition that stands in a `Body` or `DefinitionBody`: itself, or the file that `Fn::Transform` includes.
pub(crate) fn body(cx: &mut Reading<'_>, it: &Raw) -> Definition {
    let Some(it) = cx.scope.structure(it) else { return Definition::Elsewhere };
    // Also beside other keys: what is included comes to stand among them.
    if let Some(transform) = it.get("Fn::Transform") {
        return match transform.get("Parameters").and_then(|it| it.get("Location")).and_then(Raw::as_str) {
            Some(location) => file(cx, location),
            None => Definition::Elsewhere,
        };
    }
    match it.function() {
        Some(_) => Definition::Elsewhere,
        None => Definition::Known(Arc::new(it.into_owned())),
    }
}

/// The definition in a file that is named by its path.
pub(crate) fn file(cx: &mut Reading<'_>, location: &str) -> Definition {
    if location.contains("://") || location.contains("${") {
        return Definition::Elsewhere;
    }
    match cx.files.document(location, Schema::Yaml12) {
        Ok(it) => Definition::Known(it),
        Err(_) => Definition::Elsewhere,
    }
}
