"""What API Gateway refuses, or serves badly, in a WebSocket API that moto accepts."""

PREDEFINED = ("$connect", "$disconnect", "$default")


def findings(api):
    """Every rule that the parts of one API break among each other: its lists of what the service answers."""
    if "$request.method" in (selection := api["api"]["RouteSelectionExpression"]):  # moto's own where there is none
        yield f"the route selection expression is {selection!r}"
    for route in api["routes"]:
        yield from (f"route {route['RouteKey']}: {what}" for what in _route(route))
    integrations = {each["IntegrationId"]: each for each in api["integrations"]}
    for integration in integrations.values():
        yield from (f"integration {integration.get('IntegrationUri')}: {what}" for what in _integration(integration))
    for response in api["responses"]:
        kind = integrations.get(response["IntegrationId"], {}).get("IntegrationType", "")
        if kind.endswith("_PROXY"):
            yield f"an integration of the type {kind} has a response, and nothing maps it"
    for authorizer in api["authorizers"]:
        if authorizer["AuthorizerType"] != "REQUEST":
            yield f"authorizer {authorizer['Name']}: its type is {authorizer['AuthorizerType']}, not REQUEST"
    for model in api["models"]:
        if not model["Name"].isalnum():
            yield f"model {model['Name']}: its name is not alphanumeric"


def _route(route):
    key = route["RouteKey"]
    if key.startswith("$") and key not in PREDEFINED:
        yield "a key of one's own starts with no $"
    if key != "$connect" and route.get("AuthorizationType", "NONE") != "NONE":
        yield f"its authorization is {route['AuthorizationType']}, and only $connect may have one"
    if key != "$connect" and route.get("RequestParameters"):
        yield "it has request parameters, and only $connect has a request with headers and a query"
    if key == "$disconnect" and route.get("RouteResponseSelectionExpression"):
        yield "it answers, and nobody is there to hear it"
    if route.get("RequestModels") and not route.get("ModelSelectionExpression"):
        yield "it has models, and no expression that selects one"


def _integration(integration):
    kind, uri = integration["IntegrationType"], integration.get("IntegrationUri") or ""
    if kind != "MOCK" and not uri.startswith(("http://", "https://")):
        if ":apigateway:" not in uri or (":path/" not in uri and ":action/" not in uri):
            yield "its URI is neither a URL nor an ARN of apigateway"
    if ":lambda:path/" in uri and integration.get("IntegrationMethod") != "POST":
        yield f"it calls a function by {integration.get('IntegrationMethod')}, and Lambda takes POST only"
    if kind == "MOCK" and "statusCode" not in str(integration.get("RequestTemplates")):
        yield "it is a MOCK, and no template says which status code it answers"
