//! Custom domain names.

use gatewright_source::{Spanned, Text};
use gatewright_spec::{AccessMode, EndpointType, IpAddressType};

use crate::{Located, Name, ResourcePolicy, StageId};

/// A custom domain name.
#[derive(Clone, Debug)]
pub struct Domain {
    /// The name.
    pub name: Name,
    /// Whether it exists already.
    pub existing: bool,
    /// The ARN of its certificate.
    pub certificate: Option<Located<Text>>,
    /// The hosted zone of its DNS record.
    pub hosted_zone: Option<Located<Text>>,
    /// Clients must show a certificate.
    pub mutual_tls: Option<MutualTls>,
    /// Which stage answers under which path.
    pub mappings: Vec<Mapping>,
    /// Which IP versions clients may use.
    pub ip_address_type: Option<Located<IpAddressType>>,
    /// How the domain is reached; the default is that of the API.
    pub endpoint: EndpointType,
    /// Where that was said, if it was.
    pub endpoint_span: Option<gatewright_source::Span>,
    /// The TLS policy: REST APIs.
    pub tls_policy: Option<Located<Text>>,
    /// Whether the host of a request must be that of its TLS connection: REST APIs.
    pub access_mode: Option<Spanned<AccessMode>>,
    /// Who may call: private domains.
    pub policy: Option<ResourcePolicy>,
    /// The VPC endpoints of this account through which it is reached: private domains.
    pub vpc_endpoints: Vec<Located<Text>>,
    /// Tags.
    pub tags: Vec<(Name, Located<Text>)>,
}

/// Mutual TLS.
#[derive(Clone, Debug)]
pub struct MutualTls {
    /// The trusted certificate authorities, in S3.
    pub truststore: Located<Text>,
    /// The version of that object.
    pub version: Option<Located<Text>>,
    /// The certificate that proves ownership.
    pub ownership_certificate: Option<Located<Text>>,
}

/// A path under which a stage answers.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The path as written; `/` is the root.
    pub key: Name,
    /// The stage; `None` if it is unknown, which was reported.
    pub stage: Option<StageId>,
}

impl Mapping {
    /// The path as API Gateway has it: empty for the root.
    pub fn path(&self) -> &str {
        if &*self.key.value == "/" { "" } else { &self.key.value }
    }
}
