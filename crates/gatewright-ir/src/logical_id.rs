//! Logical ids: what generated resources are called in the template. Readable, stable, and never equal for two.

use crate::{
    ApiKeyId, ApiKind, AuthorizerId, ClientCertificate, CorsSetting, Credentials, DomainId, FunctionId,
    GatewayResponseId, IntegrationId, Ir, Metric, ModelId, Origin, RouteId, RouteKey, Segment, StageId,
    UsagePlanId, VpcLinkId,
};

/// A resource that is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Generated {
    /// The API.
    Api,
    /// A function.
    Function(FunctionId),
    /// The role of a function.
    FunctionRole(FunctionId),
    /// The log group of a function.
    FunctionLogGroup(FunctionId),
    /// An alias of a function, by its place in the list.
    FunctionAlias(FunctionId, usize),
    /// A VPC link.
    VpcLink(VpcLinkId),
    /// An integration.
    Integration(IntegrationId),
    /// The role with which an integration calls an AWS service.
    IntegrationRole(IntegrationId),
    /// An authorizer.
    Authorizer(AuthorizerId),
    /// A route.
    Route(RouteId),
    /// A stage.
    Stage(StageId),
    /// The log group of a stage's access log.
    StageLogGroup(StageId),
    /// An alarm of a stage.
    StageAlarm(StageId, Metric),
    /// A custom domain name.
    Domain(DomainId),
    /// The DNS record of a domain name.
    DomainRecord(DomainId),
    /// The second DNS record of a domain name, for IPv6.
    DomainRecordIpv6(DomainId),
    /// A mapping of a domain name, by its place in the list.
    Mapping(DomainId, usize),
    /// The access of a VPC endpoint to a private domain name, by its place in the list.
    DomainAccess(DomainId, usize),
    /// A model.
    Model(ModelId),
    /// A REST API's validator of requests: of bodies, of parameters, or of both.
    Validator {
        /// Whether it checks bodies.
        body: bool,
        /// Whether it checks parameters.
        parameters: bool,
    },
    /// A resource in the tree of a REST API: so many segments of a route's path.
    PathResource(RouteId, usize),
    /// The method of a REST API that answers the preflight requests for a route's path.
    Preflight(RouteId),
    /// The documentation of a route of a REST API.
    DocumentationPart(RouteId),
    /// A gateway response.
    GatewayResponse(GatewayResponseId),
    /// The gateway response that CORS needs where none is declared: for answers from 500 on, or the others.
    CorsGatewayResponse {
        /// Whether it is for answers from 500 on.
        server: bool,
    },
    /// An API key.
    ApiKey(ApiKeyId),
    /// A usage plan.
    UsagePlan(UsagePlanId),
    /// The place of a key in a usage plan, by its place in the list.
    UsagePlanKey(UsagePlanId, usize),
    /// The certificate that a stage shows to backends.
    ClientCertificate(StageId),
    /// The association of a stage with a web ACL.
    WebAclAssociation(StageId),
    /// The version of the documentation that a stage shows; the same for stages that show the same.
    DocumentationVersion(StageId),
    /// The role with which API Gateway writes logs.
    CloudWatchRole,
    /// The settings of the account, which name that role.
    Account,
    /// What says that a route of a WebSocket API is answered.
    RouteResponse(RouteId),
    /// A response of an integration of a WebSocket API, by its place in the list.
    IntegrationResponse(IntegrationId, usize),
}

impl Ir {
    /// The logical id of a generated resource; what the file calls it where it is not one of ours. Names that give equal ids were reported when lowering.
    pub fn logical_id(&self, of: Generated) -> String {
        if let Some(written) = self.provenance.logical_ids.get(&of) {
            return written.to_string();
        }
        let function = |id| pascal(&self.functions[id].name.value);
        let stage = |id| pascal(&self.stages[id].name.value);
        let domain = |id| exact_by(&self.domains[id].name.value.replace('*', "wildcard"), '.');
        match of {
            Generated::Api => "Api".to_owned(),
            Generated::Function(id) => function(id) + "Function",
            Generated::FunctionRole(id) => function(id) + "FunctionRole",
            Generated::FunctionLogGroup(id) => function(id) + "FunctionLogGroup",
            Generated::FunctionAlias(id, at) => {
                format!("{}Function{}Alias", function(id), exact(&self.functions[id].aliases[at].name.value))
            }
            Generated::VpcLink(id) => pascal(&self.vpc_links[id].name.value) + "VpcLink",
            Generated::Integration(id) => self.integration_name(id) + "Integration",
            Generated::IntegrationRole(id) => self.integration_name(id) + "IntegrationRole",
            Generated::Authorizer(id) => pascal(&self.authorizers[id].name.value) + "Authorizer",
            Generated::Route(id) if self.api.kind == ApiKind::Rest => {
                route(&self.routes[id].key.value) + "Method"
            }
            Generated::Route(id) => route(&self.routes[id].key.value) + "Route",
            Generated::Stage(id) => stage(id) + "Stage",
            Generated::StageLogGroup(id) => stage(id) + "StageLogGroup",
            Generated::StageAlarm(id, metric) => format!("{}Stage{}Alarm", stage(id), pascal(metric.key())),
            Generated::Domain(id) => domain(id) + "Domain",
            Generated::DomainRecord(id) => domain(id) + "DomainRecord",
            Generated::DomainRecordIpv6(id) => domain(id) + "DomainRecordIpv6",
            Generated::Mapping(id, at) => {
                let path = self.domains[id].mappings[at].path();
                let path = if path.is_empty() { "Root".to_owned() } else { exact_by(path, '/') };
                format!("{}Domain{path}Mapping", domain(id))
            }
            Generated::DomainAccess(id, at) => format!("{}DomainAccess{}", domain(id), at + 1),
            Generated::Model(id) => pascal(&self.models[id].name.value) + "Model",
            Generated::Validator { body: true, parameters: true } => "BodyAndParametersValidator".to_owned(),
            Generated::Validator { body: true, .. } => "BodyValidator".to_owned(),
            Generated::Validator { .. } => "ParametersValidator".to_owned(),
            Generated::PathResource(id, depth) => path(&self.routes[id].key.value, depth) + "Resource",
            Generated::Preflight(id) => {
                let path = self.routes[id].key.value.path().unwrap_or("/");
                route(&RouteKey::http(format!("OPTIONS {path}").into())) + "Method"
            }
            Generated::DocumentationPart(id) => route(&self.routes[id].key.value) + "Documentation",
            Generated::GatewayResponse(id) => gateway_response(&self.gateway_responses[id].name.value),
            Generated::CorsGatewayResponse { server } => {
                gateway_response(if server { "DEFAULT_5XX" } else { "DEFAULT_4XX" })
            }
            Generated::ApiKey(id) => pascal(&self.api_keys[id].name.value) + "ApiKey",
            Generated::UsagePlan(id) => pascal(&self.usage_plans[id].name.value) + "UsagePlan",
            Generated::UsagePlanKey(id, at) => {
                let plan = &self.usage_plans[id];
                let key = &self.api_keys[plan.keys[at].0].name.value;
                format!("{}UsagePlan{}Key", pascal(&plan.name.value), exact(key))
            }
            Generated::ClientCertificate(id) => stage(id) + "StageClientCertificate",
            Generated::WebAclAssociation(id) => stage(id) + "StageWebAclAssociation",
            Generated::DocumentationVersion(id) => {
                let version = self.stages[id].documentation_version.as_ref();
                format!("DocumentationVersion{}", version.map(|it| exact(&it.value)).unwrap_or_default())
            }
            Generated::CloudWatchRole => "CloudWatchRole".to_owned(),
            Generated::Account => "Account".to_owned(),
            Generated::RouteResponse(id) => route(&self.routes[id].key.value) + "RouteResponse",
            Generated::IntegrationResponse(id, at) => {
                let transformation = self.integrations[id].transformation.as_ref();
                let pattern = transformation.map(|it| &*it.responses[at].pattern.value).unwrap_or_default();
                let pattern = if pattern == "$default" { "default" } else { pattern };
                format!("{}Integration{}Response", self.integration_name(id), exact(pattern))
            }
        }
    }

    /// The part of a logical id that stands for a route: for what is made for each route.
    pub fn route_id_part(&self, id: RouteId) -> String {
        route_id_part(&self.routes[id].key.value)
    }

    fn integration_name(&self, id: IntegrationId) -> String {
        let integration = &self.integrations[id];
        let name = &integration.name.value;
        // One that a route brings itself is named by the route's key.
        if integration.brought {
            let websocket = self.api.kind == ApiKind::WebSocket;
            let read = if websocket { RouteKey::websocket } else { RouteKey::http };
            return route(&read(name.clone()));
        }
        match (integration.declared, name.split_once(':')) {
            (true, _) => pascal(name),
            (false, Some((function, alias))) => format!("{}Function{}", pascal(function), exact(alias)),
            (false, None) => pascal(name) + "Function",
        }
    }

    /// The logical ids of everything that is generated, whether or not a layout needs it.
    pub fn generated(&self) -> Vec<(String, Generated)> {
        let mut out = vec![Generated::Api];
        for (id, it) in self.functions.iter() {
            let own_role = match &it.origin {
                Origin::Created(it) => it.role.is_none(),
                Origin::Unknown => true,
                Origin::Named(_) | Origin::Arn(_) => continue,
            };
            out.extend([Generated::Function(id), Generated::FunctionLogGroup(id)]);
            out.extend(own_role.then_some(Generated::FunctionRole(id)));
            out.extend((0..it.aliases.len()).map(|at| Generated::FunctionAlias(id, at)));
        }
        out.extend(
            self.vpc_links.iter().filter(|it| it.1.existing.is_none()).map(|it| Generated::VpcLink(it.0)),
        );
        for (id, it) in self.integrations.iter() {
            out.push(Generated::Integration(id));
            out.extend(
                matches!(it.credentials, Credentials::Generated).then_some(Generated::IntegrationRole(id)),
            );
        }
        out.extend(self.authorizers.ids().map(Generated::Authorizer));
        out.extend(self.routes.ids().map(Generated::Route));
        for (id, it) in self.stages.iter() {
            out.push(Generated::Stage(id));
            let logs = it.access_log.as_ref().is_some_and(|it| it.destination.is_none());
            out.extend(logs.then_some(Generated::StageLogGroup(id)));
            out.extend(it.alarms.iter().map(|it| Generated::StageAlarm(id, it.metric)));
        }
        for (id, it) in self.domains.iter() {
            out.extend((!it.existing).then_some(Generated::Domain(id)));
            if it.hosted_zone.is_some() {
                out.extend([Generated::DomainRecord(id), Generated::DomainRecordIpv6(id)]);
            }
            out.extend((0..it.mappings.len()).map(|at| Generated::Mapping(id, at)));
        }
        if self.api.kind != ApiKind::Http {
            self.generated_beyond_http(&mut out);
        }
        out.into_iter().map(|it| (self.logical_id(it), it)).collect()
    }
}

impl Ir {
    /// What only REST and WebSocket APIs have.
    fn generated_beyond_http(&self, out: &mut Vec<Generated>) {
        if self.api.cloud_watch_role.is_some() {
            out.extend([Generated::CloudWatchRole, Generated::Account]);
        }
        out.extend(self.models.ids().map(Generated::Model));
        out.extend(
            self.api_keys.iter().filter(|it| it.1.existing.is_none()).map(|it| Generated::ApiKey(it.0)),
        );
        for (id, it) in self.usage_plans.iter() {
            out.push(Generated::UsagePlan(id));
            out.extend((0..it.keys.len()).map(|at| Generated::UsagePlanKey(id, at)));
        }
        for (id, it) in self.stages.iter() {
            let created = matches!(it.client_certificate, Some(ClientCertificate::Created(_)));
            out.extend(created.then_some(Generated::ClientCertificate(id)));
            if self.api.kind == ApiKind::Rest {
                out.extend(it.web_acl.as_ref().map(|_| Generated::WebAclAssociation(id)));
                out.extend(it.documentation_version.as_ref().map(|_| Generated::DocumentationVersion(id)));
            }
        }
        if self.api.kind == ApiKind::WebSocket {
            let answered = self.routes.iter().filter(|it| it.1.response.is_some());
            out.extend(answered.map(|it| Generated::RouteResponse(it.0)));
            for (id, it) in self.integrations.iter() {
                let responses = it.transformation.as_ref().map_or(0, |it| it.responses.len());
                out.extend((0..responses).map(|at| Generated::IntegrationResponse(id, at)));
            }
            return;
        }
        for (body, parameters) in [(true, false), (false, true), (true, true)] {
            out.push(Generated::Validator { body, parameters });
        }
        let cors = !matches!(self.api.cors, CorsSetting::Missing | CorsSetting::None(_));
        if cors {
            out.extend([false, true].map(|server| Generated::CorsGatewayResponse { server }));
        }
        out.extend(self.gateway_responses.ids().map(Generated::GatewayResponse));
        for (id, it) in self.routes.iter() {
            out.extend(cors.then_some(Generated::Preflight(id)));
            out.push(Generated::DocumentationPart(id));
            let depth = it.key.value.segments().count();
            out.extend((1..=depth).map(|depth| Generated::PathResource(id, depth)));
        }
        for (id, it) in self.domains.iter() {
            out.extend((0..it.vpc_endpoints.len()).map(|at| Generated::DomainAccess(id, at)));
        }
    }
}

/// A name in PascalCase, letters and digits only: `partner-auth` is `PartnerAuth`. Different names may give the
/// same.
pub fn pascal(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut start = true;
    for it in name.chars() {
        if !it.is_ascii_alphanumeric() {
            start = true;
        } else if start {
            out.push(it.to_ascii_uppercase());
            start = false;
        } else {
            out.push(it);
        }
    }
    if out.len() > LONGEST / 2 {
        out.truncate(LONGEST / 2);
        out.push_str(&digest(name));
    }
    out
}

/// Like [`pascal`], and different for different names: where something would be lost, a digest is added.
fn exact(name: &str) -> String {
    let mut out = pascal(name);
    if !is_plain(name) {
        out.push_str(&digest(name));
    }
    out
}

/// Like [`exact`], for words between separators: `api.example.com` is `ApiExampleCom`.
fn exact_by(name: &str, separator: char) -> String {
    let mut out = pascal(name);
    if !name.split(separator).all(is_plain) {
        out.push_str(&digest(name));
    }
    out
}

/// Whether [`pascal`] loses nothing that matters.
fn is_plain(word: &str) -> bool {
    word.starts_with(|it: char| it.is_ascii_lowercase())
        && word.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
}

/// The part of a logical id that stands for a route with a key.
pub fn route_id_part(key: &RouteKey) -> String {
    route(key)
}

/// The id of a route, from its key without the names of path variables: renaming a variable changes the route in
/// place, where two routes at once would collide.
fn route(key: &RouteKey) -> String {
    let Some(method) = key.method() else { return message(key) };
    let (mut out, mut plain) = (pascal(&method.as_str().to_ascii_lowercase()), true);
    let mut empty = true;
    for segment in key.segments() {
        empty = false;
        plain &= push(&mut out, segment);
    }
    if empty {
        out.push_str("Root");
    }
    closed(out, plain, || key.normalised())
}

/// The id of the first segments of a route's path, without the names of path variables.
fn path(key: &RouteKey, depth: usize) -> String {
    let (mut out, mut plain) = (String::new(), true);
    for segment in key.segments().take(depth) {
        plain &= push(&mut out, segment);
    }
    closed(out, plain, || {
        let whole = key.normalised();
        let path = &whole[whole.find('/').unwrap_or_default()..];
        let end = path.match_indices('/').nth(depth).map_or(path.len(), |it| it.0);
        path[..end].to_owned()
    })
}

/// Adds a segment of a path; whether nothing was lost.
fn push(out: &mut String, segment: Segment<'_>) -> bool {
    match segment {
        Segment::Literal(it) => {
            out.push_str(&pascal(it));
            // These are what variables and the root are called.
            return is_plain(it) && !matches!(it, "var" | "proxy" | "root");
        }
        Segment::Variable(_) => out.push_str("Var"),
        Segment::Greedy(_) => out.push_str("Proxy"),
    }
    true
}

/// An id that is not too long, with a digest of the whole where something was lost.
fn closed(mut out: String, mut plain: bool, whole: impl FnOnce() -> String) -> String {
    if out.len() > LONGEST {
        out.truncate(LONGEST);
        plain = false;
    }
    if !plain {
        out.push_str(&digest(&whole()));
    }
    out
}

/// The id of a route without method and path: `$default`, or one of a WebSocket API. Its key may be any text.
fn message(key: &RouteKey) -> String {
    match key.as_str() {
        "$default" => "Default".to_owned(),
        "$connect" => "Connect".to_owned(),
        "$disconnect" => "Disconnect".to_owned(),
        // What keys such as `sendMessage` give is not given by any other.
        text if text.starts_with(|it: char| it.is_ascii_lowercase())
            && text.bytes().all(|it| it.is_ascii_alphanumeric())
            && !matches!(text, "default" | "connect" | "disconnect") =>
        {
            pascal(text)
        }
        text => exact_always(text),
    }
}

/// Like [`pascal`], with a digest.
fn exact_always(text: &str) -> String {
    pascal(text) + &digest(text)
}

/// The id of a gateway response: `DEFAULT_4XX` is `Default4xxGatewayResponse`.
fn gateway_response(kind: &str) -> String {
    pascal(&kind.to_ascii_lowercase()) + "GatewayResponse"
}

/// How long the readable part of a route's id may be. A logical id has 255 characters at most, and some are made of a
/// function's, a route's and a stage's name.
///
/// Source: AWS CloudFormation User Guide, "Understand CloudFormation quotas".
const LONGEST: usize = 100;

/// Eight hexadecimal digits that stand for a text (FNV-1a, 64 bits folded to 32).
fn digest(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{:08x}", (hash >> 32) as u32 ^ hash as u32)
}

#[cfg(test)]
mod tests {
    use super::{exact_by, path, route};
    use crate::RouteKey;

    fn id(key: &str) -> String {
        route(&RouteKey::http(key.into()))
    }

    #[test]
    fn readable_where_nothing_is_lost() {
        assert_eq!(id("GET /orders/{orderId}"), "GetOrdersVar");
        assert_eq!(id("ANY /billing/{proxy+}"), "AnyBillingProxy");
        assert_eq!(id("GET /"), "GetRoot");
        assert_eq!(id("$default"), "Default");
    }

    #[test]
    fn a_renamed_variable_keeps_its_id() {
        assert_eq!(id("GET /a/{x}/b"), id("GET /a/{y}/b"));
    }

    #[test]
    fn keys_of_messages_never_collide() {
        let id = |key: &str| route(&RouteKey::websocket(key.into()));
        assert_eq!(id("sendMessage"), "SendMessage");
        assert_eq!(id("$connect"), "Connect");
        let keys = [
            "sendMessage",
            "SendMessage",
            "send-message",
            "send message",
            "send_message",
            "sendmessage",
            "$connect",
            "connect",
            "Connect",
            "$default",
            "default",
            "ü",
            "ä",
            "",
            "#",
        ];
        for (at, a) in keys.iter().enumerate() {
            assert!(id(a).bytes().all(|it| it.is_ascii_alphanumeric()), "{a}");
            for b in &keys[at + 1..] {
                assert_ne!(id(a), id(b), "{a} {b}");
            }
        }
    }

    #[test]
    fn resources_of_a_path_are_named_by_it() {
        let key = RouteKey::rest("GET /orders/{id}/line-items".into());
        assert_eq!(path(&key, 1), "Orders");
        assert_eq!(path(&key, 2), "OrdersVar");
        assert!(path(&key, 3).starts_with("OrdersVarLineItems"));
        assert_eq!(path(&RouteKey::rest("PUT /orders/{other}/line-items".into()), 3), path(&key, 3));
        assert_ne!(path(&RouteKey::rest("PUT /orders/{other}/lineItems".into()), 3), path(&key, 3));
    }

    #[test]
    fn different_keys_have_different_ids() {
        let keys =
            ["GET /a-b", "GET /a/b", "GET /aB", "GET /a_b", "GET /a/var", "GET /a/{x}", "GET /root", "GET /"];
        for (at, a) in keys.iter().enumerate() {
            for b in &keys[at + 1..] {
                assert_ne!(id(a), id(b), "{a} {b}");
            }
        }
        assert_ne!(exact_by("v1/orders", '/'), exact_by("v1-orders", '/'));
        assert_eq!(exact_by("api.example.com", '.'), "ApiExampleCom");
    }
}
