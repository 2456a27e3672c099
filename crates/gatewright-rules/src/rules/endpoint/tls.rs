//! TLS policies of REST APIs and of domains: data, with its source.

use gatewright_ir::{AccessMode, EndpointType, Ir, Located, Span, Spanned, Text};

/// How the names of the newer policies begin.
pub(in crate::rules) const ENHANCED: &str = "SecurityPolicy_";

// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html

/// The newer policies of regional and private APIs and domains.
pub(super) const REGIONAL: [&str; 7] = [
    "SecurityPolicy_TLS13_1_3_2025_09",
    "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
    "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
    // As the API itself has the one before it: `SecurityPolicy` of `CreateRestApi` in AWS's SDKs.
    "SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_2021_06",
];
/// Those of edge-optimized ones.
pub(super) const EDGE: [&str; 3] = [
    "SecurityPolicy_TLS13_2025_EDGE",
    "SecurityPolicy_TLS12_PFS_2025_EDGE",
    "SecurityPolicy_TLS12_2018_EDGE",
];
/// The older policies.
pub(super) const OLDER: [&str; 2] = ["TLS_1_0", "TLS_1_2"];

/// The names of all policies.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    REGIONAL.into_iter().chain(EDGE).chain(OLDER)
}

/// A TLS policy and what it belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Policy<'i> {
    /// Its name.
    pub(super) name: &'i str,
    /// Where that stands.
    pub(super) span: Span,
    /// How the API or the domain is reached.
    pub(super) endpoint: EndpointType,
    /// The access mode beside it.
    pub(super) access_mode: Option<Spanned<AccessMode>>,
}

/// The known TLS policies of the API and of the domains that are created.
pub(super) fn policies(ir: &Ir) -> impl Iterator<Item = Policy<'_>> {
    fn policy(
        it: Option<&Located<Text>>,
        endpoint: EndpointType,
        access_mode: Option<Spanned<AccessMode>>,
    ) -> Option<Policy<'_>> {
        let it = it?;
        Some(Policy { name: it.value.as_str()?, span: it.span, endpoint, access_mode })
    }
    let api = &ir.api.endpoint;
    let own = policy(api.tls_policy.as_ref(), api.kind, api.access_mode);
    let created = ir.domains.values().filter(|it| !it.existing);
    own.into_iter()
        .chain(created.filter_map(|it| policy(it.tls_policy.as_ref(), it.endpoint, it.access_mode)))
}
