//! Which kind of API a document describes: it says so nowhere, but uses what only one kind has.
//!
//! Source: API Gateway Developer Guide, "OpenAPI extensions for API Gateway".

use gatewright_ir::ApiKind;
use gatewright_spec::{Data, Raw};

use super::paths::METHODS;

/// What was found out.
pub(super) struct Verdict {
    pub(super) kind: ApiKind,
    /// Whether something speaks for this kind, and nothing for the other.
    pub(super) is_decided: bool,
    /// Whether nothing is said of any backend.
    pub(super) is_plain: bool,
}

/// Extensions at the root that only REST APIs have.
const OF_REST: [&str; 10] = [
    "x-amazon-apigateway-api-key-source",
    "x-amazon-apigateway-binary-media-types",
    "x-amazon-apigateway-documentation",
    "x-amazon-apigateway-endpoint-access-mode",
    "x-amazon-apigateway-gateway-responses",
    "x-amazon-apigateway-minimum-compression-size",
    "x-amazon-apigateway-policy",
    "x-amazon-apigateway-request-validator",
    "x-amazon-apigateway-request-validators",
    "x-amazon-apigateway-security-policy",
];

/// Keys of integrations that only REST APIs have. Exports and habits put others of them into HTTP APIs, too.
const INTEGRATIONS_OF_REST: [&str; 4] =
    ["requestTemplates", "cacheKeyParameters", "cacheNamespace", "responseTransferMode"];

/// How much speaks for each kind.
#[derive(Default)]
struct Marks {
    http: usize,
    rest: usize,
    /// What is written for HTTP APIs and found in documents of REST APIs, where it does nothing.
    like_http: bool,
    integrations: usize,
    /// Integrations without a payload format, which HTTP APIs need.
    without_payload: usize,
}

/// Weighs what a document says.
pub(super) fn of(root: &Raw) -> Verdict {
    let mut marks = Marks::default();
    marks.root(root);
    for (path, item) in entries(root.get("paths")) {
        if matches!(path, "$default" | "/$default") {
            marks.http += 1;
        }
        for (method, operation) in entries(Some(item)) {
            if METHODS.contains(&method) {
                marks.operation(operation);
            }
        }
    }
    let Marks { http, rest, like_http, integrations, without_payload } = marks;
    let (kind, is_decided) = match (http, rest) {
        (0, 0) if like_http && without_payload == 0 => (ApiKind::Http, integrations > 0),
        (0, 0) => (ApiKind::Rest, false),
        (http, rest) if http > rest => (ApiKind::Http, rest == 0),
        (http, _) => (ApiKind::Rest, http == 0),
    };
    Verdict { kind, is_decided, is_plain: !has_integrations(root) }
}

/// Whether anything is said of any backend.
pub(super) fn has_integrations(root: &Raw) -> bool {
    let says = |it: &Raw| it.get("x-amazon-apigateway-integration").is_some();
    let unseen = |name: &str, it: &Raw| name.starts_with("Fn::") || it.function().is_some();
    entries(root.get("paths")).any(|(name, item)| {
        unseen(name, item)
            || item.get("$ref").is_some()
            || entries(Some(item)).any(|(name, it)| says(it) || unseen(name, it))
    })
}

/// Whether anything is said of who may call.
pub(super) fn has_security(root: &Raw) -> bool {
    let schemes = root.get("components").and_then(|it| it.get("securitySchemes"));
    let says = |it: &Raw| it.get("security").is_some() || it.get("x-amazon-apigateway-auth").is_some();
    schemes.is_some()
        || root.get("securityDefinitions").is_some()
        || says(root)
        || entries(root.get("paths")).any(|(_, item)| entries(Some(item)).any(|it| says(it.1)))
}

/// Whether anything is said to API Gateway at the root or in a security scheme.
pub(super) fn has_extensions(root: &Raw) -> bool {
    let is_ours = |name: &str| name.starts_with("x-amazon-apigateway-");
    let components = root.get("components");
    let schemes = root.get("securityDefinitions").or_else(|| components?.get("securitySchemes"));
    entries(Some(root)).any(|it| is_ours(it.0))
        || entries(schemes).any(|(_, it)| entries(Some(it)).any(|it| is_ours(it.0)))
}

impl Marks {
    fn root(&mut self, root: &Raw) {
        if root.get("swagger").is_some() {
            self.rest += 1;
        }
        self.rest += OF_REST.iter().filter(|it| root.get(it).is_some()).count();
        self.like_http = root.get("x-amazon-apigateway-cors").is_some();
        if root.get("x-amazon-apigateway-importexport-version").is_some() {
            self.http += 1;
        }
        let components = root.get("components");
        if components.and_then(|it| it.get("x-amazon-apigateway-integrations")).is_some() {
            self.http += 1;
        }
        let schemes = root.get("securityDefinitions").or_else(|| components?.get("securitySchemes"));
        entries(schemes).for_each(|(_, it)| self.scheme(it));
    }

    fn scheme(&mut self, it: &Raw) {
        let text = |of: &Raw, key: &str| of.get(key).and_then(Raw::as_str).map(str::to_ascii_lowercase);
        if let Some("custom" | "cognito_user_pools" | "oauth2") =
            text(it, "x-amazon-apigateway-authtype").as_deref()
        {
            self.rest += 1;
        }
        if text(it, "type").as_deref() == Some("apikey") && text(it, "name").as_deref() == Some("x-api-key") {
            self.rest += 1;
        }
        let Some(authorizer) = it.get("x-amazon-apigateway-authorizer") else { return };
        match text(authorizer, "type").as_deref() {
            Some("jwt") => self.http += 1,
            Some("token" | "cognito_user_pools") => self.rest += 1,
            _ => {}
        }
        let of_http = ["authorizerPayloadFormatVersion", "enableSimpleResponses"];
        if of_http.iter().any(|it| authorizer.get(it).is_some())
            || text(authorizer, "identitySource").is_some_and(|it| it.contains("$request."))
        {
            self.http += 1;
        }
        if text(authorizer, "identitySource").is_some_and(|it| it.contains("method.request.")) {
            self.rest += 1;
        }
    }

    fn operation(&mut self, operation: &Raw) {
        if operation.get("isDefaultRoute").is_some() {
            self.http += 1;
        }
        if operation.get("x-amazon-apigateway-request-validator").is_some() {
            self.rest += 1;
        }
        let Some(integration) = operation.get("x-amazon-apigateway-integration") else { return };
        if integration.get("$ref").is_some() {
            return;
        }
        self.integrations += 1;
        let text = |key: &str| integration.get(key).and_then(Raw::as_str).map(str::to_ascii_lowercase);
        if let Some("aws" | "http" | "mock") = text("type").as_deref() {
            self.rest += 1;
        }
        if integration.get("integrationSubtype").is_some()
            || text("payloadFormatVersion").as_deref() == Some("2.0")
        {
            self.http += 1;
        }
        self.without_payload += usize::from(integration.get("payloadFormatVersion").is_none());
        self.rest += INTEGRATIONS_OF_REST.iter().filter(|it| integration.get(it).is_some()).count();
        for (key, _) in entries(integration.get("requestParameters")) {
            if key.starts_with("integration.request.") {
                self.rest += 1;
            } else if ["append:", "overwrite:", "remove:"].iter().any(|it| key.starts_with(it)) {
                self.http += 1;
            }
        }
    }
}

/// The entries of a mapping; of anything else none.
fn entries(it: Option<&Raw>) -> impl Iterator<Item = (&str, &Raw)> {
    let entries = match it.map(|it| &it.data) {
        Some(Data::Map(entries)) => &entries[..],
        _ => &[],
    };
    entries.iter().map(|it| (&*it.0.value, &it.1))
}
