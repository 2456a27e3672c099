//! Paths and their operations: the routes.

use std::rc::Rc;

use gatewright_ir::{ApiKind, Name, Text};
use gatewright_spec::Raw;

use super::Body;
use super::document::{Entry, File};

/// The extension that is an operation for every method.
const ANY: &str = "x-amazon-apigateway-any-method";

/// The keys of a path that are operations.
///
/// Source: OpenAPI 3.0, "Path Item Object", without `trace`, which API Gateway does not route.
pub(super) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", ANY];

impl Body<'_, '_> {
    /// Reads all routes.
    pub(super) fn paths(&mut self, file: &Rc<File>) {
        let (root, more) = self.entries(file, file.root());
        self.draft.ir.api.routes_unknown |= more;
        let Some(paths) = root.iter().find(|it| &*it.name.value == "paths") else {
            // Only components, for other documents to name: or the paths come from elsewhere.
            self.draft.ir.api.routes_unknown = true;
            self.draft.ir.provenance.is_fragment |= !more;
            return;
        };
        let (items, more) = self.entries(&paths.file, &paths.it);
        self.draft.ir.api.routes_unknown |= more;
        for item in &items {
            // Extensions may stand beside paths.
            if item.name.value.starts_with("x-") {
                continue;
            }
            self.path(item);
        }
    }

    fn path(&mut self, item: &Entry<'_>) {
        let Some((it, file)) = self.found(&item.file, &item.it) else {
            self.draft.ir.api.routes_unknown = true;
            return;
        };
        let (operations, more) = self.entries(&file, &it);
        self.draft.ir.api.routes_unknown |= more;
        for operation in &operations {
            let method = &*operation.name.value;
            if !METHODS.contains(&method) {
                continue;
            }
            let key = self.key_of(&item.name, method, &operation.it);
            let key = self.draft.key(key, operation.name.span);
            let condition = operation.condition.as_ref().or(item.condition.as_ref()).cloned();
            let id = self.operation(key, operation, (&file, &it));
            if let (Some(id), Some(condition)) = (id, condition) {
                self.draft.ir.provenance.conditions.insert(id, condition);
            }
        }
    }

    /// The key of a route: `GET /orders`, or `$default`.
    fn key_of(&self, path: &Name, method: &str, operation: &Raw) -> Text {
        let path = &*path.value;
        let is_default = matches!(path, "$default" | "/$default")
            || operation.get("isDefaultRoute").is_some_and(|it| it.data == gatewright_spec::Data::Bool(true));
        if self.kind() == ApiKind::Http && is_default {
            return "$default".into();
        }
        let method = if method == ANY { "ANY".to_owned() } else { method.to_ascii_uppercase() };
        format!("{method} {path}").into()
    }
}
