//! `domains:`

use gatewright_source::Text;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::IpAddressType;
use crate::{AccessMode, EndpointType, Entries, Field, List, ResourcePolicy, Value};

/// A custom domain name.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Domain {
    /// The ARN of the certificate, in the API's region; for `endpoint: edge` in us-east-1.
    pub certificate: Field<Value<Text>>,
    /// The id of the Route 53 hosted zone in which the DNS record is made; without it, none is made.
    pub hosted_zone: Field<Value<Text>>,
    /// Clients must show a certificate.
    pub mutual_tls: Field<MutualTls>,
    /// Which stage answers under which path: `/` for all, `v1`, `shop/v1`.
    pub mappings: Field<Entries<Text>>,
    /// Whether the domain name exists already and only mappings are added. Default: false.
    pub existing: Field<bool>,
    /// Whether clients may use IPv6.
    pub ip_address_type: Field<Value<IpAddressType>>,
    /// REST APIs: how the domain is reached. Default: that of the API.
    pub endpoint: Field<EndpointType>,
    /// REST APIs: the TLS policy, such as `SecurityPolicy_TLS13_1_2_2021_06`. Default: `TLS_1_2`.
    pub tls_policy: Field<Value<Text>>,
    /// REST APIs: whether the host of a request must be that of its TLS connection. Needed with the newer TLS policies.
    pub access_mode: Field<AccessMode>,
    /// REST APIs, private domains: who may call.
    pub policy: Field<ResourcePolicy>,
    /// REST APIs, private domains: the VPC endpoints of this account through which it is reached.
    pub vpc_endpoints: Field<List<Value<Text>>>,
    /// Tags.
    pub tags: Field<Entries<Value<Text>>>,
}

/// Mutual TLS: clients show a certificate, too.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct MutualTls {
    /// The certificate authorities that are trusted: `s3://bucket/key.pem`.
    pub truststore: Field<Value<Text>>,
    /// The version of that object.
    pub version: Field<Value<Text>>,
    /// The ARN of a public certificate that proves ownership, for imported or private certificates.
    pub ownership_certificate: Field<Value<Text>>,
}
