//! The keys of our language that files of other formats do not have, or that mean something else there: advice that names
//! one is for specifications of ours.

/// All of them.
const OWN_KEYS: &str = "\
    accessLog accessMode alarms aliases allowCredentials allowHeaders allowMethods allowOrigins apiKey \
    apiKeySource apiKeys architecture authorizer authorizers autoDeploy binaryMediaTypes burst cache canary \
    certificate clientCertificate cloudWatchRole cognito cors dataTrace defaults detailedMetrics \
    disableDefaultEndpoint documentationVersion domains dynamodb encrypted endpoint ephemeralStorage \
    executionLog existing exposeHeaders functions gatewayResponses handler hostedZone identity identityPattern \
    include integration integrations ipAddressType jwt lambda layers logRetention logicalIds manageConnections \
    mappings maxAge minimumCompressionSize mock model models mutualTls noEcho overrides ownershipCertificate \
    payload percent permission policies provisionedConcurrency proxy public rate redeploy request \
    reservedConcurrency resources response retention role routeSelection routes runtime scopes securityGroups \
    stable stageCache stages stream subnets target throttle timeout tls tlsPolicy tracing truststore ttl \
    usagePlans validate value variables vpcEndpoint vpcEndpoints vpcLink vpcLinks webAcl";

/// Whether a word is a key of our language, and none that every format has.
pub fn is_own_key(word: &str) -> bool {
    OWN_KEYS.split(' ').any(|it| it == word)
}

/// Whether advice names a key of ours: a code in backticks that is one, or `key: value`.
pub(crate) fn names_own_keys(help: &str) -> bool {
    // The user's own names.
    if help.starts_with("did you mean `") {
        return false;
    }
    help.split('`').skip(1).step_by(2).any(|code| {
        let word = code.trim_start_matches(['{', ' ']);
        let end = word.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(word.len());
        let (key, rest) = word.split_at(end);
        let is_key = key.starts_with(|it: char| it.is_ascii_lowercase())
            && rest.starts_with(':')
            && !rest.starts_with("://")
            && rest[1..].starts_with([' ', '\n']) | (rest.len() == 1);
        is_key || is_own_key(code)
    })
}

#[cfg(test)]
mod tests {
    use super::{OWN_KEYS, is_own_key, names_own_keys};

    #[test]
    fn own_keys_are_known() {
        for ours in [
            "write `authorizer: users`",
            "add it under `functions`",
            "`cors: none`",
            "say `proxy:`",
            "remove `cache`",
        ] {
            assert!(names_own_keys(ours), "{ours}");
        }
        for neutral in [
            "did you mean `iam`?",
            "did you mean `cache`?",
            "use `https://example.com`",
            "`lambda:InvokeFunction`",
            "`$default`",
            "set `DataTraceEnabled: false`",
        ] {
            assert!(!names_own_keys(neutral), "{neutral}");
        }
    }

    /// Keys that other formats have, too, with the same meaning, and words that are rather values.
    const SHARED: &str = "\
        4xx 5xx Action Condition Effect Id NotAction NotResource Resource Sid Statement Version above allow \
        allowedPattern allowedValues arn audience average aws below body bucket bus code conditions \
        constraintDescription contentHandling contentType count customerId default deny description destination \
        enabled environment events file folder for format function gatewright headers http id image inline \
        integrationLatency issuer key keys kind latency level limit maxLength maxValue memory method minLength \
        minValue name notify offset operationName organization outputs p50 p90 p95 p99 parameter parameters \
        passthroughBehavior per policy principal query queue quota requestParameters resource responseParameters \
        responses s3 secret secrets size sns sourceIp sqs ssm stateMachine states status table tags templates \
        topic type version vpc";

    #[test]
    fn the_schema_knows_the_same() {
        let schema = include_str!("../../../schemas/gatewright.schema.json");
        for it in OWN_KEYS.split(' ').chain(SHARED.split(' ')) {
            assert!(schema.contains(&format!("\"{it}\": ")), "{it}");
        }
        // A property is a mapping with a description, a reference or a choice.
        let mut depth = Vec::new();
        for line in schema.lines().map(str::trim_start) {
            let key = line.strip_prefix('"').and_then(|it| it.split_once("\": ")).map(|it| it.0);
            if depth.last() == Some(&true)
                && let Some(key) = key
            {
                assert!(is_own_key(key) || SHARED.split(' ').any(|it| it == key), "{key}");
            }
            if line.ends_with(['{', '[']) {
                depth.push(key == Some("properties"));
            } else if line.starts_with(['}', ']']) {
                depth.pop();
            }
        }
    }
}
