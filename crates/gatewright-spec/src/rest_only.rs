//! What only REST APIs have: the help for keys that an HTTP API refuses.

/// Why `key` is refused in the section that is decoded into `section`, if REST APIs have it; and the key of HTTP APIs
/// whose place it takes: that one is not reported as missing.
///
/// Source: API Gateway Developer Guide, "Choose between REST APIs and HTTP APIs".
pub(crate) fn rest_only(section: &str, key: &str) -> Option<(&'static str, Option<&'static str>)> {
    const TABLE: [(&str, &str, &str); 28] = [
        ("Spec", "apiKeys", "API keys and usage plans need a REST API; throttle routes and stages instead"),
        (
            "Spec",
            "usagePlans",
            "API keys and usage plans need a REST API; throttle routes and stages instead",
        ),
        ("Spec", "models", "request validation needs a REST API; validate in the function"),
        ("Spec", "gatewayResponses", "gateway responses need a REST API"),
        ("Spec", "policy", "resource policies need a REST API; use the `iam` authorizer instead"),
        ("Spec", "endpoint", "an HTTP API is always regional"),
        ("Spec", "binaryMediaTypes", "an HTTP API passes binary bodies on by itself"),
        ("Spec", "minimumCompressionSize", "compression needs a REST API; compress in the backend"),
        ("Route", "apiKey", "API keys need a REST API; use an authorizer instead"),
        ("Route", "validate", "request validation needs a REST API; validate in the function"),
        ("Route", "cache", "caching needs a REST API; put CloudFront in front"),
        ("Route", "mock", "mock integrations need a REST API; answer from a function"),
        ("Route", "request", "mapping templates need a REST API; use `requestParameters`"),
        ("Route", "responses", "mapping templates need a REST API; use `responseParameters`"),
        ("Route", "requestTemplates", "mapping templates need a REST API; use `requestParameters`"),
        ("Integration", "mock", "mock integrations need a REST API; answer from a function"),
        ("Integration", "request", "mapping templates need a REST API; use `requestParameters`"),
        ("Integration", "responses", "mapping templates need a REST API; use `responseParameters`"),
        ("Integration", "requestTemplates", "mapping templates need a REST API; use `requestParameters`"),
        ("Integration", "passthroughBehavior", "mapping templates need a REST API"),
        ("Authorizer", "cognito", "use `jwt` with the user pool's issuer"),
        ("Authorizer", "type", "an HTTP API's Lambda authorizers are all of type REQUEST"),
        ("Stage", "cache", "caching needs a REST API; put CloudFront in front"),
        ("Stage", "tracing", "X-Ray tracing of the API needs a REST API; trace in the function"),
        ("Stage", "executionLog", "AWS answers: Execution logs are not supported on protocolType HTTP"),
        ("Stage", "canary", "canary releases need a REST API; use weighted function aliases"),
        ("Stage", "webAcl", "AWS WAF needs a REST API; put CloudFront with a web ACL in front"),
        ("Stage", "clientCertificate", "client certificates need a REST API"),
    ];
    let why = TABLE.iter().find(|(s, k, _)| *s == section && *k == key)?.2;
    let instead = match (section, key) {
        ("Route", "mock") => Some("integration"),
        ("Integration", "mock") => Some("aws"),
        ("Authorizer", "cognito") => Some("jwt"),
        _ => None,
    };
    Some((why, instead))
}
