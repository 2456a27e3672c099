//! Logical ids: what generated resources are called in the template. Readable, stable, and never equal for two.

use crate::{
    AuthorizerId, DomainId, FunctionId, IntegrationId, Ir, Metric, RouteId, RouteKey, Segment, StageId,
    VpcLinkId,
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
}

impl Ir {
    /// The logical id of a generated resource. Names that give equal ids were reported when lowering.
    pub fn logical_id(&self, of: Generated) -> String {
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
        }
    }

    /// The part of a logical id that stands for a route: for what is made for each route.
    pub fn route_id_part(&self, id: RouteId) -> String {
        route(&self.routes[id].key.value)
    }

    fn integration_name(&self, id: IntegrationId) -> String {
        let integration = &self.integrations[id];
        let name = &integration.name.value;
        // One that a route brings itself is named by the route's key, which holds a space or is `$default`.
        if !integration.declared && (name.contains(' ') || name.starts_with('$')) {
            return route(&RouteKey::http(name.clone()));
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
            out.extend([
                Generated::Function(id),
                Generated::FunctionRole(id),
                Generated::FunctionLogGroup(id),
            ]);
            out.extend((0..it.aliases.len()).map(|at| Generated::FunctionAlias(id, at)));
        }
        out.extend(self.vpc_links.ids().map(Generated::VpcLink));
        for id in self.integrations.ids() {
            out.extend([Generated::Integration(id), Generated::IntegrationRole(id)]);
        }
        out.extend(self.authorizers.ids().map(Generated::Authorizer));
        out.extend(self.routes.ids().map(Generated::Route));
        for (id, it) in self.stages.iter() {
            out.extend([Generated::Stage(id), Generated::StageLogGroup(id)]);
            out.extend(it.alarms.iter().map(|it| Generated::StageAlarm(id, it.metric)));
        }
        for (id, it) in self.domains.iter() {
            out.extend([Generated::Domain(id), Generated::DomainRecord(id), Generated::DomainRecordIpv6(id)]);
            out.extend((0..it.mappings.len()).map(|at| Generated::Mapping(id, at)));
        }
        out.into_iter().map(|it| (self.logical_id(it), it)).collect()
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

/// The id of a route, from its key without the names of path variables: renaming a variable changes the route in
/// place, where two routes at once would collide.
fn route(key: &RouteKey) -> String {
    let Some(method) = key.method() else {
        return if key.is_default() { "Default".to_owned() } else { exact(key.as_str()) };
    };
    let mut out = pascal(&method.as_str().to_ascii_lowercase());
    let mut plain = true;
    let mut empty = true;
    for segment in key.segments() {
        empty = false;
        match segment {
            Segment::Literal(it) => {
                out.push_str(&pascal(it));
                // These are what variables and the root are called.
                plain &= is_plain(it) && !matches!(it, "var" | "proxy" | "root");
            }
            Segment::Variable(_) => out.push_str("Var"),
            Segment::Greedy(_) => out.push_str("Proxy"),
        }
    }
    if empty {
        out.push_str("Root");
    }
    if out.len() > LONGEST {
        out.truncate(LONGEST);
        plain = false;
    }
    if !plain {
        out.push_str(&digest(&key.normalised()));
    }
    out
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
    use super::{exact_by, route};
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
