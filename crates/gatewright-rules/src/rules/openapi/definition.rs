//! The parts of a definition in OpenAPI, as they are written. What `$ref` leads to is not followed.

use gatewright_ir::{Data, Name, Raw};

use super::extensions::Place;

/// The keys of a path that are operations.
const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "x-amazon-apigateway-any-method"];

/// The entries of a mapping; of anything else none.
pub(super) fn entries(it: Option<&Raw>) -> &[(Name, Raw)] {
    match it.map(|it| &it.data) {
        Some(Data::Map(entries)) => entries,
        _ => &[],
    }
}

/// An operation with its key and its path.
pub(super) struct Operation<'d> {
    pub(super) path: &'d Name,
    pub(super) method: &'d Name,
    pub(super) it: &'d Raw,
}

/// All operations.
pub(super) fn operations(definition: &Raw) -> impl Iterator<Item = Operation<'_>> {
    let paths = entries(definition.get("paths")).iter();
    paths.flat_map(|(path, item)| {
        let methods = entries(Some(item)).iter().filter(|it| METHODS.contains(&&*it.0.value));
        methods.map(move |(method, it)| Operation { path, method, it })
    })
}

/// The integrations of all operations.
pub(super) fn integrations(definition: &Raw) -> impl Iterator<Item = &Raw> {
    let own = operations(definition).filter_map(|it| it.it.get("x-amazon-apigateway-integration"));
    let components = definition.get("components");
    let reusable = components.and_then(|it| it.get("x-amazon-apigateway-integrations"));
    own.chain(entries(reusable).iter().map(|it| &it.1))
}

/// The security schemes by name.
pub(super) fn schemes(definition: &Raw) -> &[(Name, Raw)] {
    let components = definition.get("components");
    entries(definition.get("securityDefinitions").or_else(|| components?.get("securitySchemes")))
}

/// The keys of everything that may have extensions, and where they stand.
pub(super) fn keys(definition: &Raw) -> impl Iterator<Item = (Place, &Name)> {
    let listed = |key| match definition.get(key).map(|it| &it.data) {
        Some(Data::List(items)) => &items[..],
        _ => &[],
    };
    let items = entries(definition.get("paths")).iter().map(|it| (Place::Path, &it.1));
    let parts = [(Place::Root, definition)].into_iter();
    let parts = parts.chain(listed("servers").iter().map(|it| (Place::Server, it)));
    let parts = parts.chain(listed("tags").iter().map(|it| (Place::Tag, it)));
    let parts = parts.chain(definition.get("info").map(|it| (Place::Info, it)));
    let parts = parts.chain(definition.get("components").map(|it| (Place::Components, it)));
    let parts = parts.chain(schemes(definition).iter().map(|it| (Place::Scheme, &it.1)));
    let parts = parts.chain(definition.get("paths").map(|it| (Place::Paths, it)));
    let parts = parts.chain(items);
    let parts = parts.chain(operations(definition).map(|it| (Place::Operation, it.it)));
    parts.flat_map(|(place, it)| entries(Some(it)).iter().map(move |it| (place, &it.0)))
}
