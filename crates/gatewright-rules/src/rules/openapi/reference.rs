//! References within a definition in OpenAPI, and what is found through them.

use gatewright_ir::{Data, Raw};

use super::definition::Operation;
use crate::rules::cloudformation::property::is_whole;

/// How often a reference may lead to another.
const DEEPEST: usize = 16;

/// What a value is, references within the document followed; nothing where one leads elsewhere, or where a function of
/// CloudFormation decides.
pub(in crate::rules) fn found<'d>(definition: &'d Raw, it: &'d Raw) -> Option<&'d Raw> {
    let mut out = it;
    for _ in 0..DEEPEST {
        if !is_whole(out) {
            return None;
        }
        let Some(reference) = out.get("$ref") else { return Some(out) };
        out = at(definition, reference.as_str()?.strip_prefix("#/")?)?;
    }
    None
}

/// What stands at a path within the document.
fn at<'d>(definition: &'d Raw, path: &str) -> Option<&'d Raw> {
    path.split('/').try_fold(definition, |it, key| it.get(&key.replace("~1", "/").replace("~0", "~")))
}

/// A parameter of an operation.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules) struct Parameter<'d> {
    /// Its name.
    pub(in crate::rules) name: &'d Raw,
    /// Where it stands: `path`, `query`, `header`.
    pub(in crate::rules) place: &'d str,
}

/// The parameters of an operation, with those of its path; nothing if one of them is not known.
pub(in crate::rules) fn parameters<'d>(
    definition: &'d Raw,
    operation: &Operation<'d>,
) -> Option<Vec<Parameter<'d>>> {
    let item = operation.item;
    // What else a path has may stand behind its own reference.
    if item.get("$ref").is_some() || !is_whole(item) || !is_whole(operation.it) {
        return None;
    }
    let mut out = Vec::new();
    for list in [item, operation.it].into_iter().filter_map(|it| it.get("parameters")) {
        let Data::List(items) = &list.data else { return None };
        for it in items {
            let it = found(definition, it)?;
            let name = it.get("name").filter(|it| it.as_str().is_some())?;
            out.push(Parameter { name, place: it.get("in")?.as_str()? });
        }
    }
    Some(out)
}
