//! WebSocket APIs: the API, its stage, and for each route an integration; an authorizer for `$connect`.

use gatewright_ir::Name;
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use super::{Api, Shared, domains};
use crate::sam::made::{Properties, list, map, reference, substitution, text};

const INVOCATION: &str = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${FunctionArn}/invocations";

/// The resources that stand for an API.
pub(super) fn resources(api: &Api<'_>, shared: &mut Shared) -> Vec<(Name, Raw)> {
    let (properties, id, condition) = (&api.properties, &*api.id.value, api.condition);
    let span = properties.span;
    let name = properties.get("Name").cloned().unwrap_or_else(|| text(id, api.id.span));
    let websocket =
        Properties::new(span).with("ProtocolType", text("WEBSOCKET", api.id.span)).with("Name", name).same(
            properties,
            &[
                "Description",
                "RouteSelectionExpression",
                "ApiKeySelectionExpression",
                "DisableExecuteApiEndpoint",
                "DisableSchemaValidation",
                "IpAddressType",
                "Tags",
            ],
        );
    let made = |id: String, it: Raw| (Name::new(id.into(), api.id.span), it);
    let mut out = vec![(api.id.clone(), websocket.resource("AWS::ApiGatewayV2::Api", condition))];
    if let Some(Data::Map(routes)) = properties.get("Routes").map(|it| &it.data) {
        let mut places = FxHashMap::default();
        for (key, route) in routes {
            for (id, it) in self::route(api, key, route) {
                // Keys that differ in the case of letters only have one logical id: the last remains.
                match places.get(&id.value).and_then(|at: &usize| out.get_mut(*at)) {
                    Some(known) => *known = (id, it),
                    None => {
                        places.insert(id.value.clone(), out.len());
                        out.push((id, it));
                    }
                }
            }
        }
    }
    if let Some(auth) = properties.get("Auth").filter(|it| asks_function(it)) {
        let function = auth.get("AuthArn").cloned();
        let uri = function.map(|it| substitution(INVOCATION, "FunctionArn", it));
        let authorizer_id = format!("{id}ConnectAuthorizer");
        let name = auth.get("Name").cloned().unwrap_or_else(|| text(authorizer_id.as_str(), auth.span));
        let authorizer = Properties::new(auth.span)
            .with("ApiId", reference(id, api.id.span))
            .with("Name", name)
            .with("AuthorizerType", text("REQUEST", auth.span))
            .with_some("AuthorizerUri", uri)
            .renamed(auth, "InvokeRole", "AuthorizerCredentialsArn")
            .same(auth, &["IdentitySource"]);
        out.push(made(authorizer_id, authorizer.resource("AWS::ApiGatewayV2::Authorizer", condition)));
    }
    let stage = Properties::new(span)
        .with("ApiId", reference(id, api.id.span))
        .with("StageName", api.stage_name())
        .with("AutoDeploy", Raw { span: api.id.span, data: Data::Bool(true) })
        .same(properties, &["StageVariables", "AccessLogSettings", "DefaultRouteSettings", "RouteSettings"]);
    out.push(made(api.stage_id(), stage.resource("AWS::ApiGatewayV2::Stage", condition)));
    domains::v2(api, shared);
    out
}

fn asks_function(auth: &Raw) -> bool {
    auth.get("AuthType").and_then(Raw::as_str) == Some("CUSTOM")
}

/// A route and its integration.
fn route(api: &Api<'_>, key: &Name, it: &Raw) -> [(Name, Raw); 2] {
    let (id, condition) = (&*api.id.value, api.condition);
    let base = format!("{id}{}", capitalised(key.value.trim_start_matches('$')));
    let integration_id = format!("{base}Integration");
    let target = map(
        key.span,
        [(
            "Fn::Join",
            list(
                key.span,
                vec![
                    text("/", key.span),
                    list(
                        key.span,
                        vec![text("integrations", key.span), reference(&integration_id, key.span)],
                    ),
                ],
            ),
        )],
    );
    let mut route = Properties::new(it.span)
        .with("ApiId", reference(id, api.id.span))
        .with("RouteKey", text(key.value.clone(), key.span))
        .with("Target", target)
        .same(
            it,
            &[
                "ApiKeyRequired",
                "ModelSelectionExpression",
                "OperationName",
                "RequestModels",
                "RequestParameters",
                "RouteResponseSelectionExpression",
            ],
        );
    if &*key.value == "$connect"
        && let Some(auth) = api.properties.get("Auth")
    {
        route = route.renamed(auth, "AuthType", "AuthorizationType");
        if asks_function(auth) {
            route = route.with("AuthorizerId", reference(&format!("{id}ConnectAuthorizer"), auth.span));
        }
    }
    let uri = it.get("FunctionArn").cloned().map(|it| substitution(INVOCATION, "FunctionArn", it));
    let integration = Properties::new(it.span)
        .with("ApiId", reference(id, api.id.span))
        .with("IntegrationType", text("AWS_PROXY", key.span))
        .with_some("IntegrationUri", uri)
        .renamed(it, "IntegrationTimeout", "TimeoutInMillis");
    let made =
        |id: String, it: Properties, of: &str| (Name::new(id.into(), key.span), it.resource(of, condition));
    [
        made(format!("{base}Route"), route, "AWS::ApiGatewayV2::Route"),
        made(integration_id, integration, "AWS::ApiGatewayV2::Integration"),
    ]
}

/// The first letter in upper case, all others in lower case, as the transform has it.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters.flat_map(char::to_lowercase)).collect()
}
