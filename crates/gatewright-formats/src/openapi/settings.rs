//! What is said about the API as a whole.

use gatewright_ir::{
    AccessMode, ApiKeySource, ApiKind, Cors, CorsSetting, GatewayResponse, IpAddressType, Name, PolicyKind,
    ResourcePolicy, Size,
};
use gatewright_spec::{Data, Raw};

use super::Body;
use crate::draft::{is_there, known_text};

/// What the headers of gateway responses begin with.
const HEADER: &str = "gatewayresponse.header.";

/// The extension about how the API is reached: at the root of Swagger 2.0, at a server of OpenAPI 3.0.
const ENDPOINT: &str = "x-amazon-apigateway-endpoint-configuration";

impl Body<'_, '_> {
    /// Reads the extensions at the root.
    pub(super) fn settings(&mut self, root: &Raw) {
        if let Some(info) = self.draft.inner(root, "info") {
            let description = self.draft.name_of(&info, "description");
            let api = &mut self.draft.ir.api;
            api.description = api.description.take().or(description);
            let version = self.draft.name_of(&info, "version");
            self.draft.ir.api.version = version;
        }
        self.endpoint(root);
        match self.kind() {
            ApiKind::Rest => self.rest(root),
            _ => self.http(root),
        }
    }

    fn endpoint(&mut self, root: &Raw) {
        let scope = self.cx.scope.clone();
        let servers = root.get("servers").and_then(|it| scope.structure(it));
        let servers = match servers.as_ref().map(|it| &it.data) {
            Some(Data::List(items)) => &items[..],
            _ => &[],
        };
        for it in [root].into_iter().chain(servers) {
            let Some(it) = self.draft.inner(it, ENDPOINT) else { continue };
            if let Some(flag) = self.draft.flag_of(&it, "disableExecuteApiEndpoint") {
                self.draft.ir.api.disable_default_endpoint = Some(flag);
            }
            let ip = self.draft.parsed_of(&it, "ipAddressType", |it| match &*it.to_ascii_lowercase() {
                "ipv4" => Some(IpAddressType::Ipv4),
                "dualstack" => Some(IpAddressType::Dualstack),
                _ => None,
            });
            let api = &mut self.draft.ir.api;
            api.ip_address_type = ip.or(api.ip_address_type.take());
            let endpoints = self.draft.texts_of(&it, "vpcEndpointIds");
            if !endpoints.is_empty() {
                self.draft.ir.api.endpoint.vpc_endpoints = endpoints;
            }
        }
    }

    fn http(&mut self, root: &Raw) {
        if let Some(it) = self.draft.inner(root, "x-amazon-apigateway-cors") {
            self.draft.ir.api.cors = self.cors(&it);
        }
        let scope = self.cx.scope.clone();
        let tags = root.get("tags").and_then(|it| scope.structure(it));
        let Some(Data::List(tags)) = tags.as_ref().map(|it| &it.data) else { return };
        for tag in tags {
            let value = self.draft.text_of(tag, "x-amazon-apigateway-tag-value");
            if let (Some(name), Some(value)) = (self.draft.name_of(tag, "name"), value) {
                self.draft.ir.api.tags.push((name, value));
            }
        }
    }

    fn cors(&mut self, it: &Raw) -> CorsSetting {
        if it.function().is_some() || !matches!(it.data, Data::Map(_)) {
            return CorsSetting::Unknown;
        }
        CorsSetting::Policy(Box::new(Cors {
            span: it.span,
            allow_origins: self.draft.texts_of(it, "allowOrigins"),
            allow_methods: self.draft.texts_of(it, "allowMethods"),
            allow_headers: self.draft.texts_of(it, "allowHeaders"),
            expose_headers: self.draft.texts_of(it, "exposeHeaders"),
            max_age: self.draft.seconds_of(it, "maxAge"),
            allow_credentials: self.draft.flag_of(it, "allowCredentials"),
        }))
    }

    fn rest(&mut self, root: &Raw) {
        let binary = self.draft.texts_of(root, "x-amazon-apigateway-binary-media-types");
        if !binary.is_empty() {
            self.draft.ir.api.binary_media_types = binary;
        }
        let compression = self.draft.parsed_of(root, "x-amazon-apigateway-minimum-compression-size", |it| {
            Some(Size { bytes: it.parse().ok()? })
        });
        let source =
            self.word(root, "x-amazon-apigateway-api-key-source", |it| match &*it.to_ascii_uppercase() {
                "HEADER" => Some(ApiKeySource::Header),
                "AUTHORIZER" => Some(ApiKeySource::Authorizer),
                _ => None,
            });
        let mode = self.word(root, "x-amazon-apigateway-endpoint-access-mode", |it| {
            match &*it.to_ascii_uppercase() {
                "BASIC" => Some(AccessMode::Basic),
                "STRICT" => Some(AccessMode::Strict),
                _ => None,
            }
        });
        let tls_policy = self.draft.text_of(root, "x-amazon-apigateway-security-policy");
        let api = &mut self.draft.ir.api;
        api.minimum_compression_size = compression.or(api.minimum_compression_size.take());
        api.api_key_source = source.or(api.api_key_source);
        api.endpoint.access_mode = mode.or(api.endpoint.access_mode);
        api.endpoint.tls_policy = tls_policy.or(api.endpoint.tls_policy.take());
        if let Some(it) = root.get("x-amazon-apigateway-policy").filter(|it| is_there(it)) {
            self.policy(it);
        }
        if let Some(it) = root.get("x-amazon-apigateway-gateway-responses") {
            for (name, it) in self.draft.entries(it) {
                self.gateway_response(name, &it);
            }
        }
    }

    fn policy(&mut self, it: &Raw) {
        let scope = self.cx.scope.clone();
        let Some(document) = scope.structure(it) else { return };
        let is_document = document.function().is_none() && matches!(document.data, Data::Map(_));
        let kind = if is_document {
            let document = document.into_owned();
            self.draft.ir.deferred.push(std::sync::Arc::new(document.clone()));
            PolicyKind::Document(document)
        } else {
            PolicyKind::Unknown
        };
        self.draft.ir.api.policy = Some(ResourcePolicy { span: it.span, kind });
    }

    fn gateway_response(&mut self, name: Name, it: &Raw) {
        let status = self.word(it, "statusCode", |it| it.trim().parse().ok());
        let headers =
            self.draft.pairs_of(it, "responseParameters").into_iter().filter_map(|(name, value)| {
                let header = name.value.strip_prefix(HEADER)?;
                Some((Name::new(header.into(), name.span), value))
            });
        let headers = headers.collect();
        let templates = self.draft.pairs_of(it, "responseTemplates").into_iter();
        let templates = templates.filter_map(|(name, it)| Some((name.value, known_text(it)?))).collect();
        self.draft.ir.gateway_responses.push(GatewayResponse { name, status, headers, templates });
    }
}
