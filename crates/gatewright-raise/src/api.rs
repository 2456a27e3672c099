//! The API itself: `name`, `endpoint`, `cors`, `policy` and their like.

use gatewright_ir::{
    AccessMode, ApiKeySource, ApiKind, Cors, CorsSetting, EndpointType, IpAddressType, Located, PolicyKind,
    Redeploy, ResourcePolicy,
};
use serde_json::{Value, json};

use crate::Raising;
use crate::section::Section;
use crate::values::{PLACEHOLDER, name, size};

impl Raising<'_> {
    /// What the API is.
    pub(crate) fn head(&mut self) -> Section {
        let api = &self.ir.api;
        let kind = match api.kind {
            ApiKind::Http => "http",
            ApiKind::Rest => "rest",
            ApiKind::WebSocket => "websocket",
        };
        let mut out = Section::new();
        out.set("gatewright", 1);
        out.set("name", &*api.name.value);
        out.set("kind", kind);
        out.maybe("version", name(&api.version));
        out.maybe("description", name(&api.description));
        out.maybe("routeSelection", self.maybe_text(&api.route_selection));
        out.maybe("ipAddressType", api.ip_address_type.as_ref().map(|it| self.value(it, |it| ip(*it))));
        out.maybe("disableDefaultEndpoint", self.flag(&api.disable_default_endpoint));
        if api.redeploy == Redeploy::Always {
            out.set("redeploy", "always");
        }
        if api.cloud_watch_role.is_some() {
            out.set("cloudWatchRole", true);
        }
        out
    }

    /// The API's tags.
    pub(crate) fn tags(&mut self) -> Section {
        self.pairs(&self.ir.api.tags)
    }

    /// What requests pass before they come to a route: REST APIs, but for the place of API keys.
    pub(crate) fn gate(&mut self) -> Section {
        let api = &self.ir.api;
        let mut out = Section::new();
        out.maybe("endpoint", self.endpoint());
        out.maybe("policy", api.policy.as_ref().map(|it| self.policy(it)));
        out.maybe(
            "apiKeySource",
            api.api_key_source.map(|it| match it.value {
                ApiKeySource::Header => "header",
                ApiKeySource::Authorizer => "authorizer",
            }),
        );
        let types = self.texts(&api.binary_media_types);
        out.list("binaryMediaTypes", types);
        let compression = api.minimum_compression_size.as_ref();
        out.maybe("minimumCompressionSize", compression.map(|it| self.value(it, |it| size(*it))));
        out
    }

    fn endpoint(&mut self) -> Option<Value> {
        let it = &self.ir.api.endpoint;
        let mut out = Section::new().with("type", endpoint_type(it.kind));
        out.one_or_many("vpcEndpoints", self.texts(&it.vpc_endpoints));
        out.maybe("tlsPolicy", self.maybe_text(&it.tls_policy));
        out.maybe("accessMode", it.access_mode.map(|it| access_mode(it.value)));
        if out.len() > 1 {
            return Some(out.into());
        }
        (it.span.is_some() || it.kind != EndpointType::Regional).then(|| endpoint_type(it.kind).into())
    }

    /// Who may call before anything else is asked.
    pub(crate) fn policy(&mut self, it: &ResourcePolicy) -> Value {
        let rules = match &it.kind {
            PolicyKind::Document(document) => return document.to_json(),
            PolicyKind::Unknown => {
                let principal = self.unknown(it.span);
                return json!({ "allow": [{ "principal": principal }] });
            }
            PolicyKind::Rules(rules) => rules,
        };
        let mut lists = [Vec::new(), Vec::new()];
        for rule in rules {
            let mut out = Section::new();
            out.one_or_many("vpcEndpoint", self.texts(&rule.vpc_endpoints));
            out.one_or_many("vpc", self.texts(&rule.vpcs));
            out.one_or_many("sourceIp", self.texts(&rule.source_ips));
            out.one_or_many("organization", self.texts(&rule.organizations));
            out.one_or_many("principal", self.texts(&rule.principals));
            lists[usize::from(!rule.allow)].push(out.into());
        }
        let [allow, deny] = lists;
        let mut out = Section::new();
        out.list("allow", allow);
        out.list("deny", deny);
        out.into()
    }

    /// Which web pages may call.
    pub(crate) fn cors(&mut self) -> Section {
        let mut out = Section::new();
        match &self.ir.api.cors {
            CorsSetting::Missing => {}
            CorsSetting::None(_) => out.set("cors", "none"),
            CorsSetting::Unknown => {
                let span = self.ir.api.name.span;
                self.note(
                    span,
                    "what the API says about CORS could not be read",
                    "write `cors` in the specification: the origins, methods and headers that web pages may use",
                );
                out.set("cors", json!({ "allowOrigins": { "Ref": PLACEHOLDER } }));
            }
            CorsSetting::Policy(it) => {
                let policy = self.cors_policy(it);
                out.set("cors", policy);
            }
        }
        out
    }

    fn cors_policy(&mut self, it: &Cors) -> Section {
        let mut out = Section::new();
        out.list("allowOrigins", self.texts(&it.allow_origins));
        out.list("allowMethods", self.texts(&it.allow_methods));
        out.list("allowHeaders", self.texts(&it.allow_headers));
        out.list("exposeHeaders", self.texts(&it.expose_headers));
        out.maybe("maxAge", self.duration(&it.max_age));
        out.maybe("allowCredentials", self.flag(&it.allow_credentials));
        out
    }

    /// The IP versions that clients may use.
    pub(crate) fn ip_address_type(&mut self, it: &Option<Located<IpAddressType>>) -> Option<Value> {
        it.as_ref().map(|it| self.value(it, |it| ip(*it)))
    }

    /// How the API reaches private networks.
    pub(crate) fn vpc_links(&mut self) -> Section {
        let mut all = Section::new();
        for it in self.ir.vpc_links.values() {
            let mut out = Section::new();
            out.maybe("id", self.maybe_text(&it.existing));
            out.maybe("subnets", self.located_list(&it.subnets));
            out.maybe("securityGroups", self.located_list(&it.security_groups));
            out.maybe("target", self.maybe_text(&it.target));
            all.set(&it.name.value, out);
        }
        all
    }
}

fn ip(it: IpAddressType) -> Value {
    match it {
        IpAddressType::Ipv4 => "ipv4".into(),
        IpAddressType::Dualstack => "dualstack".into(),
    }
}

/// How an API or domain is reached.
pub(crate) fn endpoint_type(it: EndpointType) -> &'static str {
    match it {
        EndpointType::Edge => "edge",
        EndpointType::Regional => "regional",
        EndpointType::Private => "private",
    }
}

/// Whether the host of a request must be that of its TLS connection.
pub(crate) fn access_mode(it: AccessMode) -> &'static str {
    match it {
        AccessMode::Basic => "basic",
        AccessMode::Strict => "strict",
    }
}
