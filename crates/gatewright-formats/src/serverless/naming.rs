//! Logical ids: what the framework calls the resources that it makes.
//!
//! Source: serverless/serverless v3, `lib/plugins/aws/lib/naming.js`.

/// The API of `http` events.
pub(super) const REST_API: &str = "ApiGatewayRestApi";
/// The stage of that API, which its deployment makes.
pub(super) const REST_STAGE: &str = "ApiGatewayStage";
/// The log group of that stage.
pub(super) const REST_LOG_GROUP: &str = "ApiGatewayLogGroup";
/// The API of `httpApi` events.
pub(super) const HTTP_API: &str = "HttpApi";
/// Its stage.
pub(super) const HTTP_STAGE: &str = "HttpApiStage";
/// The log group of its stage.
pub(super) const HTTP_LOG_GROUP: &str = "HttpApiLogGroup";
/// The API of `websocket` events.
pub(super) const WEBSOCKET_API: &str = "WebsocketsApi";
/// Its stage.
pub(super) const WEBSOCKET_STAGE: &str = "WebsocketsDeploymentStage";
/// The log group of its stage.
pub(super) const WEBSOCKET_LOG_GROUP: &str = "WebsocketsLogGroup";

/// The name of a function, authorizer or usage plan as a part of an id.
pub(super) fn name(name: &str) -> String {
    upper_first(&name.replace('-', "Dash").replace('_', "Underscore"))
}

/// A function.
pub(super) fn function(of: &str) -> String {
    name(of) + "LambdaFunction"
}

/// A path without its first slash as a part of an id.
pub(super) fn path(path: &str) -> String {
    path.split('/').map(path_part).collect()
}

fn path_part(part: &str) -> String {
    // The first letter becomes a capital and the others do not, before anything is replaced.
    let lower = part.to_lowercase();
    let text = upper_first(&lower).replace('-', "Dash");
    let text = match (text.find('{'), text.rfind('}')) {
        (Some(from), Some(to)) if from < to => {
            format!("{}{}Var{}", &text[..from], &text[from + 1..to], &text[to + 1..])
        }
        _ => text,
    };
    let text: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    upper_first(&text)
}

/// A resource in the tree of a REST API.
pub(super) fn resource(of: &str) -> String {
    format!("ApiGatewayResource{}", path(of))
}

/// A method of a REST API.
pub(super) fn method(of: &str, method: &str) -> String {
    format!("ApiGatewayMethod{}{}", path(of), upper_first(&method.to_lowercase()))
}

/// A route of an HTTP API.
pub(super) fn http_route(key: &str) -> String {
    if key == "$default" { "HttpApiRouteDefault".to_owned() } else { format!("HttpApiRoute{}", path(key)) }
}

/// A route of a WebSocket API.
pub(super) fn websocket_route(key: &str) -> String {
    let names = [('$', "S"), ('/', "Slash"), ('-', "Dash"), ('_', "Underscore"), ('.', "Period")];
    let mut out = String::new();
    for it in key.chars() {
        match names.iter().find(|known| known.0 == it) {
            Some((_, name)) => out.push_str(name),
            None => out.push(it),
        }
    }
    out + "WebsocketsRoute"
}

/// The name that an authorizer has if only its ARN is given: what stands behind the last dash.
pub(super) fn last_word(arn: &str) -> &str {
    let name = arn.rsplit(':').next().unwrap_or(arn);
    name.rsplit('-').next().unwrap_or(name)
}

/// The text with its first letter as a capital.
pub(super) fn upper_first(text: &str) -> String {
    let mut rest = text.chars();
    match rest.next() {
        Some(first) => first.to_uppercase().chain(rest).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{function, http_route, last_word, method, resource, websocket_route};

    #[test]
    fn ids_are_those_of_the_framework() {
        assert_eq!(function("say-hello_now"), "SayDashhelloUnderscorenowLambdaFunction");
        assert_eq!(method("users/{id}", "GET"), "ApiGatewayMethodUsersIdVarGet");
        assert_eq!(method("", "POST"), "ApiGatewayMethodPost");
        assert_eq!(
            resource("test-results/{systemNumber}"),
            "ApiGatewayResourceTestDashresultsSystemnumberVar"
        );
        assert_eq!(resource("{proxy+}"), "ApiGatewayResourceProxyVar");
        assert_eq!(http_route("GET /pets/{id}"), "HttpApiRouteGetPetsIdVar");
        assert_eq!(http_route("$default"), "HttpApiRouteDefault");
        assert_eq!(websocket_route("$connect"), "SconnectWebsocketsRoute");
        assert_eq!(websocket_route("send-msg"), "sendDashmsgWebsocketsRoute");
        assert_eq!(last_word("arn:aws:lambda:eu-west-1:123456789012:function:shop-dev-auth"), "auth");
    }
}
