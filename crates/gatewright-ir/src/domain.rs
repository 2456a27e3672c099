//! Custom domain names.

use gatewright_source::Text;
use gatewright_spec::IpAddressType;

use crate::{Located, Name, StageId};

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
