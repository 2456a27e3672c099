//! Quotas and limits of AWS: data, with their sources. What can be raised on request is marked so: beyond it, a
//! finding is a warning.
//!
//! "Quotas" is the API Gateway Developer Guide, "Quotas for configuring and running" each kind of API:
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>,
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html> and
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html>.

use gatewright_ir::ApiKind;

/// Characters of the name of a stage. Source: API Gateway V2 API Reference, `CreateStage`: `stageName`.
pub(crate) const STAGE_NAME_CHARACTERS: usize = 128;

/// Characters of the name of a stage variable. Source: Quotas.
pub(crate) const STAGE_VARIABLE_NAME_CHARACTERS: usize = 64;

/// Characters of the value of a stage variable. Source: Quotas.
pub(crate) const STAGE_VARIABLE_VALUE_CHARACTERS: usize = 512;

/// Bytes of an access log format (3 KB). Source: Quotas, "Access log template size". The 1,024 characters that the service
/// model of HTTP and WebSocket APIs names are not enforced: longer formats are in use.
pub(crate) const LOG_FORMAT_BYTES: usize = 3 * 1024;

/// Seconds of one period of the alarms that are generated. Source: CloudWatch API Reference, `PutMetricAlarm`: a
/// period of a metric at standard resolution is a multiple of 60.
pub(crate) const ALARM_PERIOD_SECONDS: u64 = 60;

/// Seconds that all periods of an alarm may take together, when each is shorter than an hour. Source: CloudWatch
/// API Reference, `PutMetricAlarm`: `EvaluationPeriods`.
pub(crate) const ALARM_RANGE_SECONDS: u64 = 86_400;

/// How many there may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quota {
    /// The greatest number.
    pub(crate) limit: usize,
    /// Whether AWS raises it on request.
    pub(crate) adjustable: bool,
}

const fn hard(limit: usize) -> Quota {
    Quota { limit, adjustable: false }
}

pub(crate) const fn adjustable(limit: usize) -> Quota {
    Quota { limit, adjustable: true }
}

// Source: Quotas

/// Routes of an HTTP or WebSocket API; resources of a REST API: all paths and what is above them. AWS raises it on
/// request.
pub(crate) const ROUTES: usize = 300;
/// Integrations of an HTTP API.
pub(crate) const MAX_INTEGRATIONS: Quota = hard(300);
/// Integrations of a WebSocket API.
pub(crate) const MAX_WEBSOCKET_INTEGRATIONS: Quota = adjustable(300);
/// Stages of an API.
pub(crate) const MAX_STAGES: Quota = adjustable(10);
/// Authorizers of an API.
pub(crate) const MAX_AUTHORIZERS: Quota = adjustable(10);
/// Variables of a stage.
pub(crate) const MAX_STAGE_VARIABLES: Quota = hard(100);
/// Audiences of a JWT authorizer.
pub(crate) const MAX_AUDIENCES: Quota = hard(50);
/// Scopes of a route.
pub(crate) const MAX_SCOPES: Quota = hard(10);
/// Tags of an API, a stage or a function.
pub(crate) const MAX_TAGS: Quota = hard(50);
/// VPC links with subnets of an account in a region.
pub(crate) const MAX_VPC_LINKS: Quota = adjustable(10);
/// VPC links to a network load balancer of an account in a region.
pub(crate) const MAX_TARGET_LINKS: Quota = adjustable(20);
/// API keys of an account in a region.
pub(crate) const MAX_API_KEYS: Quota = hard(10_000);
/// Usage plans of an account in a region.
pub(crate) const MAX_USAGE_PLANS: Quota = adjustable(300);
/// Throttles of single methods for one stage of a usage plan.
pub(crate) const MAX_METHOD_THROTTLES: Quota = adjustable(20);
/// Bytes of a mapping template of a REST API (300 KB).
pub(crate) const MAX_TEMPLATE_BYTES: usize = 300 * 1024;
/// Bytes of all models of a REST API (400 KB).
pub(crate) const MAX_MODELS_BYTES: usize = 400 * 1024;
/// Subnets of a VPC link.
pub(crate) const MAX_SUBNETS: Quota = adjustable(10);

// Lengths in characters. Source: the service model of API Gateway V2 (botocore, `apigatewayv2/2018-11-29`).

/// The name of an API.
pub(crate) const MAX_API_NAME: usize = 128;
/// The version of an API.
pub(crate) const MAX_API_VERSION: usize = 64;
/// The description of anything.
pub(crate) const MAX_DESCRIPTION: usize = 1024;
/// The name of an operation.
pub(crate) const MAX_OPERATION_NAME: usize = 64;
/// The URI of an integration.
pub(crate) const MAX_INTEGRATION_URI: usize = 2048;
/// The server name that a private integration verifies.
pub(crate) const MAX_SERVER_NAME: usize = 512;
/// The name of a VPC link.
pub(crate) const MAX_VPC_LINK_NAME: usize = 128;
/// The key of a route of a WebSocket API.
pub(crate) const MAX_ROUTE_KEY: usize = 1024;
/// The name of an authorizer.
pub(crate) const MAX_AUTHORIZER_NAME: usize = 128;

/// How long an API waits for a backend, in milliseconds. The end can be raised for regional and private REST APIs, and
/// only there. Source: Quotas.
pub(crate) const fn integration_timeout_milliseconds(kind: ApiKind) -> std::ops::RangeInclusive<u64> {
    match kind {
        ApiKind::Http => 50..=30_000,
        ApiKind::Rest | ApiKind::WebSocket => 50..=29_000,
    }
}

/// How long a REST API waits for an answer that is streamed, in milliseconds. Source: API Gateway Developer Guide,
/// "Stream the integration response for your proxy integrations".
pub(crate) const STREAM_TIMEOUT_MILLISECONDS: u64 = 900_000;

// Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html

/// Bytes of the resource-based policy of a function: all its permissions together.
pub(crate) const FUNCTION_POLICY_BYTES: usize = 20_480;

/// The memory of a function, in MB.
pub(crate) const FUNCTION_MEMORY_MB: std::ops::RangeInclusive<u64> = 128..=10_240;
/// The timeout of a function, in seconds.
pub(crate) const FUNCTION_TIMEOUT_SECONDS: std::ops::RangeInclusive<u64> = 1..=900;
/// The space of a function in `/tmp`, in MB.
pub(crate) const FUNCTION_STORAGE_MB: std::ops::RangeInclusive<u64> = 512..=10_240;
/// Bytes of all environment variables of a function, names and values (4 KB).
pub(crate) const MAX_ENVIRONMENT_BYTES: usize = 4 * 1024;

/// How many days a CloudWatch log group may keep events.
///
/// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
pub(crate) const LOG_RETENTION_DAYS: [u64; 22] =
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/// How the keys of AWS's own tags begin.
///
/// Source: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
pub(crate) const RESERVED_TAG_PREFIX: &str = "aws:";

/// Methods of HTTP that no route key may have. Source: API Gateway Developer Guide, "Create routes for HTTP APIs
/// in API Gateway", which lists the others.
pub(crate) const UNROUTED_METHODS: [&str; 2] = ["TRACE", "CONNECT"];

/// Paths at the root that API Gateway keeps for health checks where a custom domain leads to the API. Source: API
/// Gateway Developer Guide, "Amazon API Gateway important notes".
pub(crate) const RESERVED_PATHS: [&str; 2] = ["/ping", "/sping"];

/// For how long the answer of an authorizer may be remembered, in seconds.
///
/// Source: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html
pub(crate) const AUTHORIZER_CACHE_SECONDS: std::ops::RangeInclusive<u64> = 0..=3600;

/// How long an HTTP API waits for an authorizer function, in milliseconds. Source: Quotas.
pub(crate) const AUTHORIZER_TIMEOUT_MILLISECONDS: u64 = 10_000;

/// For how long browsers may be told to remember the answer to a preflight request, in seconds.
///
/// Source: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html
pub(crate) const CORS_MAX_AGE_SECONDS: u64 = 86_400;

/// Characters of the key of an API mapping.
///
/// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html
pub(crate) const MAX_MAPPING_KEY: usize = 300;

// Source: RFC 1035, section 2.3.4

/// Bytes of one label of a domain name.
pub(crate) const MAX_DOMAIN_LABEL: usize = 63;
/// Bytes of a domain name.
pub(crate) const MAX_DOMAIN_NAME: usize = 255;

/// The statuses that a response of an integration may have. Source: API Gateway API Reference,
/// `PutIntegrationResponse`: `statusCode` has the pattern `[1-5]\d\d`.
pub(crate) const RESPONSE_STATUSES: std::ops::RangeInclusive<u64> = 100..=599;

/// Headers that a response of a REST API does not bear under their own name: API Gateway puts `x-amzn-Remapped-` before
/// it. Source: API Gateway Developer Guide, "Amazon API Gateway important notes".
pub(crate) const REMAPPED_RESPONSE_HEADERS: [&str; 8] = [
    "Authorization",
    "Connection",
    "Content-MD5",
    "Date",
    "Max-Forwards",
    "Server",
    "User-Agent",
    "WWW-Authenticate",
];

/// Headers that API Gateway takes out of responses of a REST API. Source: the same.
pub(crate) const DROPPED_RESPONSE_HEADERS: [&str; 7] =
    ["Expect", "Host", "Proxy-Authenticate", "TE", "Trailer", "Transfer-Encoding", "Upgrade"];
