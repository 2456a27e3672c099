//! The `$context` variables of access logs: data.
//!
//! Source: API Gateway Developer Guide, the tables of
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html>,
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html> and
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html>.

use std::ops::Range;

use gatewright_ir::ApiKind;

/// Names without `$context.`, and the kinds of API whose access logs know them: H(TTP), R(EST), W(ebSocket).
const VARIABLES: [(&str, &str); 87] = [
    ("accountId", "HR"),
    ("apiId", "HRW"),
    ("authenticate.error", "RW"),
    ("authenticate.latency", "RW"),
    ("authenticate.status", "RW"),
    ("authorize.error", "RW"),
    ("authorize.latency", "RW"),
    ("authorize.status", "RW"),
    ("authorizer.error", "HRW"),
    ("authorizer.integrationLatency", "RW"),
    ("authorizer.integrationStatus", "RW"),
    ("authorizer.latency", "RW"),
    ("authorizer.principalId", "HRW"),
    ("authorizer.requestId", "RW"),
    ("authorizer.status", "RW"),
    ("awsEndpointRequestId", "HRW"),
    ("awsEndpointRequestId2", "H"),
    ("cipherSuite", "R"),
    ("connectedAt", "W"),
    ("connectionId", "W"),
    ("customDomain.basePathMatched", "HR"),
    ("customDomain.routingRuleIdMatched", "R"),
    ("dataProcessed", "H"),
    ("deploymentId", "R"),
    ("domainName", "HRW"),
    ("domainPrefix", "HR"),
    ("endpointType", "R"),
    ("error.message", "HRW"),
    ("error.messageString", "HRW"),
    ("error.responseType", "HRW"),
    ("error.validationErrorString", "RW"),
    ("eventType", "W"),
    ("extendedRequestId", "HRW"),
    ("httpMethod", "HR"),
    ("identity.accountId", "HRW"),
    ("identity.apiKey", "RW"),
    ("identity.apiKeyId", "RW"),
    ("identity.caller", "HRW"),
    ("identity.clientCert.clientCertPem", "HR"),
    ("identity.clientCert.issuerDN", "HR"),
    ("identity.clientCert.serialNumber", "HR"),
    ("identity.clientCert.subjectDN", "HR"),
    ("identity.clientCert.validity.notAfter", "HR"),
    ("identity.clientCert.validity.notBefore", "HR"),
    ("identity.cognitoAuthenticationProvider", "HRW"),
    ("identity.cognitoAuthenticationType", "HRW"),
    ("identity.cognitoIdentityId", "HRW"),
    ("identity.cognitoIdentityPoolId", "HRW"),
    ("identity.principalOrgId", "HRW"),
    ("identity.sourceIp", "HRW"),
    ("identity.user", "HRW"),
    ("identity.userAgent", "HRW"),
    ("identity.userArn", "HRW"),
    ("identity.vpcId", "R"),
    ("identity.vpceId", "R"),
    ("integration.error", "HRW"),
    ("integration.integrationStatus", "HRW"),
    ("integration.latency", "HRW"),
    ("integration.requestId", "HRW"),
    ("integration.responseTransferMode", "R"),
    ("integration.status", "HRW"),
    ("integration.timeToAllHeaders", "R"),
    ("integration.timeToFirstContent", "R"),
    ("integrationErrorMessage", "H"),
    ("integrationLatency", "HRW"),
    ("integrationStatus", "HRW"),
    ("isCanaryRequest", "R"),
    ("messageId", "W"),
    ("path", "HR"),
    ("protocol", "HR"),
    ("requestId", "HRW"),
    ("requestTime", "HRW"),
    ("requestTimeEpoch", "HRW"),
    ("resourceId", "R"),
    ("resourcePath", "R"),
    ("responseLatency", "HR"),
    ("responseLength", "HR"),
    ("responseOverride.status", "R"),
    ("routeKey", "HW"),
    ("stage", "HRW"),
    ("status", "HRW"),
    ("waf.error", "RW"),
    ("waf.latency", "RW"),
    ("waf.status", "RW"),
    ("wafResponseCode", "R"),
    ("webaclArn", "R"),
    ("xrayTraceId", "R"),
];

/// What names of families begin with: the rest is anybody's choice.
const FAMILIES: [(&str, &str); 6] = [
    ("authorizer.claims.", "HR"),
    ("authorizer.", "HRW"),
    ("requestOverride.header.", "R"),
    ("requestOverride.path.", "R"),
    ("requestOverride.querystring.", "R"),
    ("responseOverride.header.", "R"),
];

/// What an HTTP API calls what is meant.
const REPLACEMENTS: [(&str, &str); 9] = [
    ("authenticate.error", "authorizer.error"),
    ("authorize.error", "authorizer.error"),
    ("latency", "responseLatency"),
    ("method", "httpMethod"),
    ("resourceId", "routeKey"),
    ("resourcePath", "routeKey"),
    ("responseOverride.status", "status"),
    ("stageName", "stage"),
    ("time", "requestTime"),
];

/// Variables about which AWS contradicts itself, or that hold nothing, and why.
const DOUBTS: [(&str, &str, &str); 2] = [
    // https://github.com/anomalyco/sst/issues/2587: refused when a stage was created, though the table lists it.
    ("identity.cognitoIdentityId", "H", "is documented for HTTP APIs, and was refused by them"),
    ("authorizer.claims", "HRW", "is always empty without the name of a claim"),
];

/// How far the access logs of a kind of API know a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum Support {
    /// They know it.
    Full,
    /// Only those of another kind do.
    Elsewhere,
    /// Nobody can be sure, and why.
    Doubtful(&'static str),
    /// None do.
    Unknown,
}

/// How far the access logs of a kind of API know a variable.
pub(in crate::rules) fn support(name: &str, kind: ApiKind) -> Support {
    let letter = letter(kind);
    if let Some(it) = DOUBTS.iter().find(|it| it.0 == name && it.1.contains(letter)) {
        return Support::Doubtful(it.2);
    }
    let exact = VARIABLES.iter().find(|it| it.0 == name).map(|it| it.1);
    let family = FAMILIES.iter().find(|it| name.len() > it.0.len() && name.starts_with(it.0)).map(|it| it.1);
    let knows = |kinds: &str| kinds.contains(letter);
    match (exact.map(knows), family.map(knows)) {
        (Some(true), _) | (None, Some(true)) => Support::Full,
        // What an authorizer function returns may bear the name that is a measurement elsewhere.
        (Some(false), Some(true)) => Support::Doubtful("holds here only what an authorizer function returns"),
        (Some(false), _) | (None, Some(false)) => Support::Elsewhere,
        (None, None) => Support::Unknown,
    }
}

/// The names of all variables that the access logs of a kind of API know.
pub(in crate::rules) fn names(kind: ApiKind) -> impl Iterator<Item = &'static str> {
    VARIABLES.into_iter().filter(move |it| it.1.contains(letter(kind))).map(|it| it.0)
}

/// What to write instead of a variable.
pub(in crate::rules) fn replacement(name: &str) -> Option<&'static str> {
    REPLACEMENTS.iter().find(|it| it.0 == name).map(|it| it.1)
}

fn letter(kind: ApiKind) -> char {
    match kind {
        ApiKind::Http => 'H',
        ApiKind::Rest => 'R',
        ApiKind::WebSocket => 'W',
    }
}

/// The variables in a text, without `$context.`, and where each stands with it.
pub(super) fn used(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    const START: &str = "$context.";
    text.match_indices(START).map(|(at, _)| {
        let rest = &text[at + START.len()..];
        let end =
            rest.find(|it: char| !(it.is_ascii_alphanumeric() || "._".contains(it))).unwrap_or(rest.len());
        // What ends a sentence or joins two variables is hardly part of the name.
        let name = rest[..end].trim_end_matches(['.', '_']);
        (at..at + START.len() + name.len(), name)
    })
}
