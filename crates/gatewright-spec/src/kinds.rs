//! Which keys each kind of API has: data, with what to do where a kind has none.

use crate::Kind;

/// A key that not every kind of API has. Of the kinds that lack it, the help says what to do instead.
struct Row {
    section: &'static str,
    key: &'static str,
    http: Option<&'static str>,
    rest: Option<&'static str>,
    websocket: Option<&'static str>,
}

const fn row(section: &'static str, key: &'static str) -> Row {
    Row { section, key, http: None, rest: None, websocket: None }
}

impl Row {
    fn refused_by(&self, kind: Kind) -> Option<&'static str> {
        match kind {
            Kind::Http => self.http,
            Kind::Rest => self.rest,
            Kind::WebSocket => self.websocket,
        }
    }

    const fn not_http(mut self, why: &'static str) -> Self {
        self.http = Some(why);
        self
    }

    const fn not_rest(mut self, why: &'static str) -> Self {
        self.rest = Some(why);
        self
    }

    const fn not_websocket(mut self, why: &'static str) -> Self {
        self.websocket = Some(why);
        self
    }
}

const KEYS: &str = "API keys and usage plans need a REST API; throttle routes and stages instead";
const TEMPLATES: &str = "mapping templates need a REST API; use `requestParameters`";
const RESPONSES: &str = "mapping templates need a REST API; use `responseParameters`";
const MOCK: &str = "mock integrations need a REST API; answer from a function";
const CLOUDFRONT: &str = "caching needs a REST API; put CloudFront in front";
const VALIDATION: &str = "request validation needs a REST API; validate in the function";
const NO_CACHE: &str = "a WebSocket API caches nothing; remove it";
const PROXY: &str = "all integrations of an HTTP API are proxies; remove it";
const ENHANCED: &str = "only domains of REST APIs have other TLS policies than TLS 1.2; remove it";
const PRIVATE: &str = "only REST APIs have private domains";

/// Source: API Gateway Developer Guide, "Choose between REST APIs and HTTP APIs" and "Overview of WebSocket APIs".
const TABLE: [Row; 57] = [
    row("Spec", "apiKeys").not_http(KEYS),
    row("Spec", "usagePlans").not_http(KEYS),
    row("Spec", "models").not_http(VALIDATION),
    row("Spec", "gatewayResponses")
        .not_http("gateway responses need a REST API")
        .not_websocket("only REST APIs have gateway responses; remove it"),
    row("Spec", "policy")
        .not_http("resource policies need a REST API; use the `iam` authorizer instead")
        .not_websocket("a WebSocket API has no resource policy; use the `iam` authorizer on `$connect`"),
    row("Spec", "endpoint")
        .not_http("an HTTP API is always regional")
        .not_websocket("a WebSocket API is always regional; remove it"),
    row("Spec", "binaryMediaTypes")
        .not_http("an HTTP API passes binary bodies on by itself")
        .not_websocket("a WebSocket API passes on text only; send binary data as Base64"),
    row("Spec", "minimumCompressionSize")
        .not_http("compression needs a REST API; compress in the backend")
        .not_websocket("only REST APIs compress; remove it"),
    row("Spec", "apiKeySource").not_http(KEYS),
    row("Spec", "cloudWatchRole").not_http("only execution logs need it, and an HTTP API has none"),
    row("Spec", "routeSelection")
        .not_http("it is for the messages of a WebSocket API; an HTTP API selects routes by method and path")
        .not_rest("it is for the messages of a WebSocket API; a REST API selects routes by method and path"),
    row("Spec", "cors").not_websocket(
        "AWS answers: Cors is not supported for WEBSOCKET protocolType. Check the `Origin` header on `$connect`",
    ),
    row("Spec", "version").not_websocket("remove it, or say it in `description`"),
    row("Defaults", "apiKey").not_http(KEYS),
    row("Defaults", "payload")
        .not_rest("a REST API has only format 1.0; remove it")
        .not_websocket("a WebSocket API has only format 1.0; remove it"),
    row("Route", "apiKey").not_http("API keys need a REST API; use an authorizer instead"),
    row("Route", "validate").not_http(VALIDATION),
    row("Route", "cache").not_http(CLOUDFRONT).not_websocket(NO_CACHE),
    row("Route", "response")
        .not_http("it is for the messages of a WebSocket API; every HTTP request is answered")
        .not_rest("it is for the messages of a WebSocket API; every request to a REST API is answered"),
    row("Route", "scopes").not_websocket("a WebSocket API checks no scopes; check them in the authorizer's function"),
    row("Route", "mock").not_http(MOCK),
    row("Route", "request").not_http(TEMPLATES),
    row("Route", "responses").not_http(RESPONSES),
    row("Route", "proxy").not_http(PROXY),
    row("Route", "passthroughBehavior").not_http("mapping templates need a REST API"),
    row("Route", "contentHandling").not_http("an HTTP API passes binary bodies on by itself"),
    row("Route", "stream")
        .not_http("response streaming needs a REST API")
        .not_websocket("a WebSocket API streams nothing; send several messages"),
    row("Route", "target")
        .not_http("name the listener under `http`")
        .not_websocket("a WebSocket API reaches load balancers through a link with a `target` only"),
    row("Route", "resource").not_http("what the role may do follows from `parameters`; remove it"),
    row("Route", "payload")
        .not_rest("a REST API has only format 1.0; remove it")
        .not_websocket("a WebSocket API has only format 1.0; remove it"),
    row("Route", "tls")
        .not_rest("a REST API takes the name from the URL under `http`; remove it")
        .not_websocket("a WebSocket API takes the name from the URL under `http`; remove it"),
    row("Route", "parameters")
        .not_rest("a REST API says what it sends in mapping templates: `request: { application/json: … }`")
        .not_websocket("a WebSocket API says what it sends in mapping templates: `request: { $default: … }`"),
    row("Route", "responseParameters")
        .not_rest("a REST API changes headers under `responses`: `{ default: { status: 200, headers: … } }`")
        .not_websocket("a WebSocket API has no header in its answers; remove it"),
    row("Authorizer", "jwt")
        .not_rest("use `cognito` with the ARN of the user pool, or `lambda` with a function that checks the token")
        .not_websocket("use `lambda` with a function that checks the token"),
    row("Authorizer", "cognito")
        .not_http("use `jwt` with the user pool's issuer")
        .not_websocket("use `lambda` with a function that checks the token"),
    row("Authorizer", "type")
        .not_http("an HTTP API's Lambda authorizers are all of type REQUEST")
        .not_websocket("AWS answers: Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis. Remove it"),
    row("Authorizer", "identityPattern")
        .not_http("check the form of the identity in the function")
        .not_websocket("check the form of the identity in the function"),
    row("Authorizer", "response")
        .not_rest("the function of a REST API's authorizer answers with an IAM policy; remove it")
        .not_websocket("the function of a WebSocket API's authorizer answers with an IAM policy; remove it"),
    row("Authorizer", "payload")
        .not_rest("it is the format of HTTP APIs; remove it")
        .not_websocket("it is the format of HTTP APIs; remove it"),
    row("Authorizer", "cache").not_websocket("a WebSocket API asks its authorizer once for a connection; remove it"),
    row("Stage", "cache").not_http(CLOUDFRONT).not_websocket(NO_CACHE),
    row("Stage", "tracing")
        .not_http("X-Ray tracing of the API needs a REST API; trace in the function")
        .not_websocket("X-Ray traces no WebSocket API; trace in the function"),
    row("Stage", "executionLog")
        .not_http("AWS answers: Execution logs are not supported on protocolType HTTP"),
    row("Stage", "canary")
        .not_http("canary releases need a REST API; use weighted function aliases")
        .not_websocket("canary releases need a REST API; use weighted function aliases"),
    row("Stage", "webAcl")
        .not_http("AWS WAF needs a REST API; put CloudFront with a web ACL in front")
        .not_websocket("AWS WAF needs a REST API"),
    row("Stage", "clientCertificate").not_http("client certificates need a REST API"),
    row("Stage", "documentationVersion")
        .not_http("documentation versions need a REST API")
        .not_websocket("documentation versions need a REST API"),
    row("Stage", "autoDeploy")
        .not_rest("a REST API is deployed when its definition changes; remove it")
        .not_websocket("a WebSocket API is deployed when its definition changes; remove it"),
    row("RouteSettings", "cache").not_http(CLOUDFRONT).not_websocket(NO_CACHE),
    row("RouteSettings", "executionLog")
        .not_http("AWS answers: Execution logs are not supported on protocolType HTTP"),
    row("Domain", "endpoint")
        .not_http("AWS answers: EDGE endpoint type is not supported for APIGatewayV2 domainName. Remove it")
        .not_websocket("AWS answers: EDGE endpoint type is not supported for APIGatewayV2 domainName. Remove it"),
    row("Domain", "tlsPolicy").not_http(ENHANCED).not_websocket(ENHANCED),
    row("Domain", "accessMode").not_http(ENHANCED).not_websocket(ENHANCED),
    row("Domain", "policy").not_http(PRIVATE).not_websocket(PRIVATE),
    row("Domain", "vpcEndpoints").not_http(PRIVATE).not_websocket(PRIVATE),
    row("Domain", "mutualTls").not_websocket("AWS has no mutual TLS for WebSocket APIs; check the caller on `$connect`"),
    row("Function", "manageConnections")
        .not_http("it is for WebSocket APIs; remove it")
        .not_rest("it is for WebSocket APIs; remove it"),
];

/// What to do instead, if a kind of API does not have `key` in the section that is decoded into `section`; and whether
/// a REST API has it.
pub(crate) fn refused(kind: Kind, section: &str, key: &str) -> Option<(&'static str, bool)> {
    // A route has all keys of an integration.
    let section = if section == "Integration" { "Route" } else { section };
    let row = TABLE.iter().find(|it| it.section == section && it.key == key)?;
    Some((row.refused_by(kind)?, row.rest.is_none()))
}

/// The keys of a section that a kind of API does not have.
pub(crate) fn without(kind: Kind, section: &str) -> impl Iterator<Item = &'static str> {
    let rows = TABLE.iter().filter(move |it| it.section == section && it.refused_by(kind).is_some());
    rows.map(|it| it.key)
}

/// What the APIs of a kind are called.
pub(crate) fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Http => "HTTP APIs",
        Kind::Rest => "REST APIs",
        Kind::WebSocket => "WebSocket APIs",
    }
}
