//! Operations: what is said of one route.

use std::rc::Rc;

use gatewright_ir::{
    ApiKind, Authorization, Integration, Name, Route, RouteId, RouteKey, RouteTarget, Spanned,
};
use gatewright_spec::{Data, Raw};

use super::Body;
use super::document::{Entry, File};
use crate::draft::{is_there, known_text};

/// The extension that says what is called.
const INTEGRATION: &str = "x-amazon-apigateway-integration";

/// Where the integrations stand that several operations name.
const REUSABLE: &str = "#/components/x-amazon-apigateway-integrations/";

impl Body<'_, '_> {
    /// Reads an operation of a path; the path's own file and value are given for what holds for all its operations.
    pub(super) fn operation(
        &mut self,
        key: Spanned<RouteKey>,
        operation: &Entry<'_>,
        path: (&Rc<File>, &Raw),
    ) -> Option<RouteId> {
        let (it, file) = self.found(&operation.file, &operation.it)?;
        let security = self.security(&it);
        let name = Name::new(key.value.as_str().into(), key.span);
        let validation = self.validation(&name, (&file, &it), path);
        let mut route = Route {
            key,
            target: RouteTarget::Unknown,
            authorization: security.authorization,
            authorization_source: security.source,
            scopes: security.scopes,
            settings: None,
            api_key: security.api_key,
            validation,
            cache_key: Vec::new(),
            cache_key_unknown: false,
            response: None,
            public: None,
            operation_name: self.draft.name_of(&it, "operationId").map(Box::new),
            description: self.draft.name_of(&it, "description").map(Box::new),
        };
        if (self.is_plain || self.is_open) && route.authorization == Authorization::None {
            route.authorization = Authorization::Unknown;
        }
        let Some(written) = it.get(INTEGRATION).filter(|it| is_there(it)) else {
            if !self.is_plain {
                route.target = RouteTarget::Missing;
            }
            return self.draft.route(route, None);
        };
        if let Some((id, span)) = self.reusable(&file, written) {
            route.target = RouteTarget::Integration(id, span);
            return self.draft.route(route, None);
        }
        let Some((integration, from)) = self.found(&file, written) else {
            return self.draft.route(route, None);
        };
        if integration.function().is_some() || !matches!(integration.data, Data::Map(_)) {
            return self.draft.route(route, None);
        }
        if self.kind() == ApiKind::Rest {
            self.cache_key(&integration, &mut route);
        }
        let mut built = self.integration(&from, &integration, name);
        self.response_models(&file, &it, &mut built);
        self.draft.route(route, Some(built))
    }

    /// An integration that several operations name.
    fn reusable(
        &mut self,
        file: &Rc<File>,
        written: &Raw,
    ) -> Option<(gatewright_ir::IntegrationId, gatewright_ir::Span)> {
        let reference = written.get("$ref")?;
        let name = reference.as_str()?.strip_prefix(REUSABLE)?;
        if let Some(known) = self.integrations.get(name) {
            return Some((*known, reference.span));
        }
        let (it, from) = self.found(file, written)?;
        let built = self.integration(&from, &it, Name::new(name.into(), it.span));
        let built = Integration { declared: true, brought: false, ..built };
        let id = self.draft.ir.integrations.push(built);
        self.integrations.insert(name.into(), id);
        Some((id, reference.span))
    }

    /// What tells answers in the cache apart.
    fn cache_key(&mut self, integration: &Raw, route: &mut Route) {
        for it in self.draft.texts_of(integration, "cacheKeyParameters") {
            match known_text(it) {
                Some(it) => route.cache_key.push(it),
                None => route.cache_key_unknown = true,
            }
        }
    }
}
