//! The `$context` variables of access logs and mappings: data.
//!
//! Source: API Gateway Developer Guide, the tables of
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html>,
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html>,
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html> and, for the mappings of REST
//! and WebSocket APIs,
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html>.

use std::ops::Range;

use gatewright_ir::ApiKind;

/// Names without `$context.`, and who knows them: the access logs of H(TTP), R(EST) and W(ebSocket) APIs, and in small
/// letters the mappings of the latter two.
const VARIABLES: [(&str, &str); 88] = [
    ("accountId", "HRrw"),
    ("apiId", "HRWrw"),
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
    ("authorizer.principalId", "HRWrw"),
    ("authorizer.requestId", "RW"),
    ("authorizer.status", "RW"),
    ("awsEndpointRequestId", "HRWrw"),
    ("awsEndpointRequestId2", "H"),
    ("cipherSuite", "R"),
    ("connectedAt", "Ww"),
    ("connectionId", "Ww"),
    ("customDomain.basePathMatched", "HR"),
    ("customDomain.routingRuleIdMatched", "R"),
    ("dataProcessed", "H"),
    ("deploymentId", "Rrw"),
    ("domainName", "HRWrw"),
    ("domainPrefix", "HRrw"),
    ("endpointType", "R"),
    ("error.message", "HRWrw"),
    ("error.messageString", "HRWrw"),
    ("error.responseType", "HRWrw"),
    ("error.validationErrorString", "RWrw"),
    ("eventType", "Ww"),
    ("extendedRequestId", "HRWrw"),
    ("httpMethod", "HRr"),
    ("identity.accountId", "HRWrw"),
    ("identity.apiKey", "RWrw"),
    ("identity.apiKeyId", "RWrw"),
    ("identity.caller", "HRWrw"),
    ("identity.clientCert.clientCertPem", "HRr"),
    ("identity.clientCert.issuerDN", "HRr"),
    ("identity.clientCert.serialNumber", "HRr"),
    ("identity.clientCert.subjectDN", "HRr"),
    ("identity.clientCert.validity.notAfter", "HRr"),
    ("identity.clientCert.validity.notBefore", "HRr"),
    ("identity.cognitoAuthenticationProvider", "HRWrw"),
    ("identity.cognitoAuthenticationType", "HRWrw"),
    ("identity.cognitoIdentityId", "HRWrw"),
    ("identity.cognitoIdentityPoolId", "HRWrw"),
    ("identity.principalOrgId", "HRWrw"),
    ("identity.sourceIp", "HRWrw"),
    ("identity.user", "HRWrw"),
    ("identity.userAgent", "HRWrw"),
    ("identity.userArn", "HRWrw"),
    ("identity.vpcId", "Rr"),
    ("identity.vpceId", "Rr"),
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
    ("isCanaryRequest", "Rr"),
    ("messageId", "Ww"),
    ("path", "HRr"),
    ("protocol", "HRr"),
    ("requestId", "HRWrw"),
    ("requestTime", "HRWrw"),
    ("requestTimeEpoch", "HRWrw"),
    ("resourceId", "Rr"),
    ("resourcePath", "Rr"),
    ("responseLatency", "HR"),
    ("responseLength", "HR"),
    ("responseOverride.status", "Rrw"),
    ("routeKey", "HWw"),
    ("stage", "HRWrw"),
    ("status", "HRW"),
    ("tlsVersion", "R"),
    ("waf.error", "RW"),
    ("waf.latency", "RW"),
    ("waf.status", "RW"),
    ("wafResponseCode", "Rr"),
    ("webaclArn", "Rr"),
    ("xrayTraceId", "R"),
];

/// What names of families begin with: the rest is anybody's choice.
const FAMILIES: [(&str, &str); 6] = [
    ("authorizer.claims.", "HRrw"),
    ("authorizer.", "HRWrw"),
    ("requestOverride.header.", "Rrw"),
    ("requestOverride.path.", "Rrw"),
    ("requestOverride.querystring.", "Rrw"),
    ("responseOverride.header.", "Rrw"),
];

/// What is meant, who has it under another name, and that name.
const REPLACEMENTS: [(&str, &str, &str); 15] = [
    ("authenticate.error", "H", "authorizer.error"),
    ("authorize.error", "H", "authorizer.error"),
    ("httpMethod", "Ww", "eventType"),
    ("integrationErrorMessage", "RW", "integration.error"),
    ("latency", "HR", "responseLatency"),
    ("method", "HRr", "httpMethod"),
    ("method", "Ww", "eventType"),
    ("path", "Ww", "routeKey"),
    ("resourceId", "HWw", "routeKey"),
    ("resourcePath", "HWw", "routeKey"),
    ("responseLatency", "W", "integrationLatency"),
    ("responseOverride.status", "HW", "status"),
    ("routeKey", "Rr", "resourcePath"),
    ("stageName", "HRWrw", "stage"),
    ("time", "HRWrw", "requestTime"),
];

/// Variables about which AWS contradicts itself, or that hold nothing, and why.
const DOUBTS: [(&str, &str, &str); 2] = [
    // https://github.com/anomalyco/sst/issues/2587: refused when a stage was created, though the table lists it.
    ("identity.cognitoIdentityId", "H", "is documented for HTTP APIs, and was refused by them"),
    ("authorizer.claims", "HRWrw", "is always empty without the name of a claim"),
];

/// Variables that HTTP APIs have been seen to refuse. Others that they do not have they take, as `resourcePath`, and print
/// `-`.
///
/// Source: <https://github.com/usdigitalresponse/usdr-gost/pull/3497>.
const REFUSED: [&str; 1] = ["xrayTraceId"];

/// Who reads a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum Reader {
    /// The access logs of a kind of API.
    AccessLog(ApiKind),
    /// The mappings of a kind of API. Those of HTTP APIs know what access logs know.
    Mapping(ApiKind),
}

/// How far a variable is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum Support {
    /// It is.
    Full,
    /// Only elsewhere.
    Elsewhere,
    /// Nobody can be sure, and why.
    Doubtful(&'static str),
    /// None do.
    Unknown,
}

/// How far a variable is known.
pub(in crate::rules) fn support(name: &str, reader: Reader) -> Support {
    let letter = letter(reader);
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

/// Whether a stage is refused whose access log has a variable that its kind of API does not have.
pub(super) fn is_refused(name: &str, kind: ApiKind) -> bool {
    kind == ApiKind::Http && REFUSED.contains(&name)
}

/// The names of all variables that are known.
pub(in crate::rules) fn names(reader: Reader) -> impl Iterator<Item = &'static str> {
    VARIABLES.into_iter().filter(move |it| it.1.contains(letter(reader))).map(|it| it.0)
}

/// What to write instead of a variable.
pub(in crate::rules) fn replacement(name: &str, reader: Reader) -> Option<&'static str> {
    REPLACEMENTS.iter().find(|it| it.0 == name && it.1.contains(letter(reader))).map(|it| it.2)
}

fn letter(reader: Reader) -> char {
    match reader {
        Reader::AccessLog(ApiKind::Http) | Reader::Mapping(ApiKind::Http) => 'H',
        Reader::AccessLog(ApiKind::Rest) => 'R',
        Reader::AccessLog(ApiKind::WebSocket) => 'W',
        Reader::Mapping(ApiKind::Rest) => 'r',
        Reader::Mapping(ApiKind::WebSocket) => 'w',
    }
}

/// The variables in a text, without `$context.`, and where each stands with it.
pub(in crate::rules) fn used(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
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
