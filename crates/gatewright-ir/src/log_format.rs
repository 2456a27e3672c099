//! The formats of access logs that have a name, for each kind of API: data, no decisions.

use crate::ApiKind;

/// A line of AWS's own: `clf`, `xml` or `csv`.
///
/// Source: API Gateway Developer Guide, "Customize HTTP API access logs", "Set up CloudWatch logging for REST APIs in API
/// Gateway" and "Configure logging for a WebSocket API".
pub(crate) fn line(kind: ApiKind, name: &str) -> Option<&'static str> {
    Some(match (kind, name) {
        (ApiKind::Http, "clf") => concat!(
            "$context.identity.sourceIp - - [$context.requestTime] ",
            "\"$context.httpMethod $context.routeKey $context.protocol\" $context.status ",
            "$context.responseLength $context.requestId $context.extendedRequestId"
        ),
        (ApiKind::Http, "xml") => concat!(
            "<request id=\"$context.requestId\"> <ip>$context.identity.sourceIp</ip> ",
            "<requestTime>$context.requestTime</requestTime> <httpMethod>$context.httpMethod</httpMethod> ",
            "<routeKey>$context.routeKey</routeKey> <status>$context.status</status> ",
            "<protocol>$context.protocol</protocol> <responseLength>$context.responseLength</responseLength> ",
            "<extendedRequestId>$context.extendedRequestId</extendedRequestId> </request>"
        ),
        (ApiKind::Http, "csv") => concat!(
            "$context.identity.sourceIp,$context.requestTime,$context.httpMethod,$context.routeKey,",
            "$context.protocol,$context.status,$context.responseLength,$context.requestId,",
            "$context.extendedRequestId"
        ),
        (ApiKind::Rest, "clf") => concat!(
            "$context.identity.sourceIp $context.identity.caller $context.identity.user ",
            "[$context.requestTime]\"$context.httpMethod $context.resourcePath $context.protocol\" ",
            "$context.status $context.responseLength $context.requestId $context.extendedRequestId"
        ),
        (ApiKind::Rest, "xml") => concat!(
            "<request id=\"$context.requestId\"> ",
            "<extendedRequestId>$context.extendedRequestId</extendedRequestId> ",
            "<ip>$context.identity.sourceIp</ip> <caller>$context.identity.caller</caller> ",
            "<user>$context.identity.user</user> <requestTime>$context.requestTime</requestTime> ",
            "<httpMethod>$context.httpMethod</httpMethod> <resourcePath>$context.resourcePath</resourcePath> ",
            "<status>$context.status</status> <protocol>$context.protocol</protocol> ",
            "<responseLength>$context.responseLength</responseLength> </request>"
        ),
        (ApiKind::Rest, "csv") => concat!(
            "$context.identity.sourceIp,$context.identity.caller,$context.identity.user,",
            "$context.requestTime,$context.httpMethod,$context.resourcePath,$context.protocol,",
            "$context.status,$context.responseLength,$context.requestId,$context.extendedRequestId"
        ),
        (ApiKind::WebSocket, "clf") => concat!(
            "$context.identity.sourceIp $context.identity.caller $context.identity.user ",
            "[$context.requestTime] \"$context.eventType $context.routeKey $context.connectionId\" ",
            "$context.status $context.requestId"
        ),
        (ApiKind::WebSocket, "xml") => concat!(
            "<request id=\"$context.requestId\"> <ip>$context.identity.sourceIp</ip> ",
            "<caller>$context.identity.caller</caller> <user>$context.identity.user</user> ",
            "<requestTime>$context.requestTime</requestTime> <eventType>$context.eventType</eventType> ",
            "<routeKey>$context.routeKey</routeKey> <status>$context.status</status> ",
            "<connectionId>$context.connectionId</connectionId> </request>"
        ),
        (ApiKind::WebSocket, "csv") => concat!(
            "$context.identity.sourceIp,$context.identity.caller,$context.identity.user,",
            "$context.requestTime,$context.eventType,$context.routeKey,$context.connectionId,",
            "$context.status,$context.requestId"
        ),
        _ => return None,
    })
}

/// The fields of `json`. To AWS's own are added those that one looks for first when something is wrong: how long it took
/// and where, and why authorizer or integration failed.
///
/// Source: API Gateway Developer Guide, as above, and the variables that each kind of API has for its access log.
pub(crate) fn fields(kind: ApiKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        ApiKind::Http => &[
            ("requestId", "$context.requestId"),
            ("requestTime", "$context.requestTime"),
            ("ip", "$context.identity.sourceIp"),
            ("userAgent", "$context.identity.userAgent"),
            ("httpMethod", "$context.httpMethod"),
            ("path", "$context.path"),
            ("routeKey", "$context.routeKey"),
            ("stage", "$context.stage"),
            ("protocol", "$context.protocol"),
            ("status", "$context.status"),
            ("latency", "$context.responseLatency"),
            ("responseLength", "$context.responseLength"),
            ("integrationStatus", "$context.integrationStatus"),
            ("integrationLatency", "$context.integrationLatency"),
            ("integrationError", "$context.integrationErrorMessage"),
            ("authorizerError", "$context.authorizer.error"),
            ("error", "$context.error.message"),
        ],
        ApiKind::Rest => &[
            ("requestId", "$context.requestId"),
            ("extendedRequestId", "$context.extendedRequestId"),
            ("requestTime", "$context.requestTime"),
            ("ip", "$context.identity.sourceIp"),
            ("userAgent", "$context.identity.userAgent"),
            ("caller", "$context.identity.caller"),
            ("user", "$context.identity.user"),
            ("apiKeyId", "$context.identity.apiKeyId"),
            ("httpMethod", "$context.httpMethod"),
            ("path", "$context.path"),
            ("resourcePath", "$context.resourcePath"),
            ("stage", "$context.stage"),
            ("protocol", "$context.protocol"),
            ("status", "$context.status"),
            ("latency", "$context.responseLatency"),
            ("responseLength", "$context.responseLength"),
            ("integrationStatus", "$context.integrationStatus"),
            ("integrationLatency", "$context.integrationLatency"),
            ("integrationError", "$context.integration.error"),
            ("authorizerError", "$context.authorizer.error"),
            ("error", "$context.error.message"),
        ],
        ApiKind::WebSocket => &[
            ("requestId", "$context.requestId"),
            ("extendedRequestId", "$context.extendedRequestId"),
            ("requestTime", "$context.requestTime"),
            ("ip", "$context.identity.sourceIp"),
            ("userAgent", "$context.identity.userAgent"),
            ("caller", "$context.identity.caller"),
            ("user", "$context.identity.user"),
            ("eventType", "$context.eventType"),
            ("routeKey", "$context.routeKey"),
            ("stage", "$context.stage"),
            ("connectionId", "$context.connectionId"),
            ("messageId", "$context.messageId"),
            ("status", "$context.status"),
            ("integrationStatus", "$context.integrationStatus"),
            ("integrationLatency", "$context.integrationLatency"),
            ("integrationError", "$context.integration.error"),
            ("authorizerError", "$context.authorizer.error"),
            ("error", "$context.error.message"),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::{fields, line};
    use crate::{ApiKind, LogFormat};

    /// API Gateway answers otherwise: Access Log format must include either $context.requestId or
    /// $context.extendedRequestId.
    #[test]
    fn every_format_names_the_request() {
        for kind in [ApiKind::Http, ApiKind::Rest, ApiKind::WebSocket] {
            for name in LogFormat::NAMES {
                assert_eq!(line(kind, name).is_none(), name == "json");
                let line = LogFormat::Named(name).line(kind);
                assert!(line.contains("$context.requestId") && !line.contains('\n'), "{line}");
            }
            assert!(fields(kind).iter().all(|it| it.1.starts_with("$context.")));
        }
    }
}
