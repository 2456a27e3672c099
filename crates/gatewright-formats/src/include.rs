//! Definitions in files of their own: `AWS::Include`, `DefinitionUri`, `BodyS3Location`.

use std::sync::Arc;

use gatewright_ir::Name;
use gatewright_spec::{Data, Raw};

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
    let Some(transform) = it.get("Fn::Transform") else {
        return match it.function() {
            Some(_) => Definition::Elsewhere,
            None => Definition::Known(Arc::new(it.into_owned())),
        };
    };
    let location = transform.get("Parameters").and_then(|it| it.get("Location")).and_then(Raw::as_str);
    let Some(Definition::Known(included)) = location.map(|it| file(cx, it)) else {
        return Definition::Elsewhere;
    };
    // What stands beside the include is there, too.
    let (Data::Map(own), Data::Map(entries)) = (&it.data, &included.data) else {
        return Definition::Known(included);
    };
    let is_new = |it: &&(Name, Raw)| {
        &*it.0.value != "Fn::Transform" && !entries.iter().any(|known| known.0.value == it.0.value)
    };
    let more: Vec<(Name, Raw)> = own.iter().filter(is_new).cloned().collect();
    if more.is_empty() {
        return Definition::Known(included);
    }
    let all = entries.iter().cloned().chain(more).collect();
    Definition::Known(Arc::new(Raw { span: included.span, data: Data::Map(all) }))
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
