"""The import of an OpenAPI body into a REST API: what moto does, and by single calls what it leaves out."""

import json
import re

VERBS = {verb: verb.upper() for verb in ("get", "put", "post", "delete", "options", "head", "patch")}
VERBS["x-amazon-apigateway-any-method"] = "ANY"
PLACES = {"path": "path", "query": "querystring", "header": "header"}
AUTHORIZATION = {"cognito_user_pools": "COGNITO_USER_POOLS", "token": "CUSTOM", "request": "CUSTOM", "jwt": "JWT"}


def importable(body):
    """What moto can import of a body, the paths and their methods: it knows no MOCK, no ANY and no key but methods."""
    paths = {
        path: {VERBS[key].lower(): {} for key in item if key in VERBS}
        for path, item in (body.get("paths") or {}).items()
    }
    return {**body, "paths": paths}


def complete(service, api, body, name):
    """Makes what moto leaves out, and each method with everything that the body says of it."""
    if policy := body.get("x-amazon-apigateway-policy"):
        patch = {"op": "replace", "path": "/policy", "value": json.dumps(policy)}
        service.call("update_rest_api", {"RestApiId": api, "PatchOperations": [patch]}, name)
    components, made = body.get("components") or {}, {"validators": {}, "authorizers": {}}
    place = {"RestApiId": api}
    for model, schema in (components.get("schemas") or {}).items():
        if not model.isalnum():
            service.findings.append(f"{name}: the name of the model {model!r} is not alphanumeric")
        service.make("Model", {**place, "Name": model, "Schema": schema}, f"{name}.{model}")
    for validator, rules in (body.get("x-amazon-apigateway-request-validators") or {}).items():
        made["validators"][validator] = service.make("RequestValidator", {**place, "Name": validator, **rules}, name)[0]
    for scheme, definition in (components.get("securitySchemes") or {}).items():
        if authorizer := definition.get("x-amazon-apigateway-authorizer"):
            made["authorizers"][scheme] = service.make(
                "Authorizer", _authorizer(scheme, definition, authorizer) | place, f"{name}.{scheme}"
            )[0]
    for kind, response in (body.get("x-amazon-apigateway-gateway-responses") or {}).items():
        service.make("GatewayResponse", {**place, "ResponseType": kind, **response}, f"{name}.{kind}")
    resources = service.client.get_resources(restApiId=api, limit=500)["items"]
    ids = {resource["path"]: resource["id"] for resource in resources}
    for path, item in (body.get("paths") or {}).items():
        for key in VERBS.keys() & item.keys():
            method = _method(body, item, item[key], made)
            method |= {**place, "ResourceId": ids[path], "HttpMethod": VERBS[key]}
            service.make("Method", method, f"{name}.{VERBS[key]} {path}")


def _authorizer(scheme, definition, authorizer):
    kind = authorizer["type"].upper()
    source = authorizer.get("identitySource")
    if source is None and kind != "REQUEST":
        source = f"method.request.header.{definition['name']}"
    return {"Name": scheme, **authorizer, "Type": kind, "IdentitySource": source or ""}


def _method(body, item, operation, made):
    """A method as the properties of AWS::ApiGateway::Method would say it."""
    parameters = [_resolved(body, each) for each in (*item.get("parameters", []), *operation.get("parameters", []))]
    method = _security(body, operation, made["authorizers"]) | {
        "RequestParameters": {
            f"method.request.{PLACES[each['in']]}.{each['name'].removesuffix('+')}": each.get("required", False)
            for each in parameters
        },
        "RequestModels": _models(_resolved(body, operation.get("requestBody") or {})),
        "MethodResponses": [
            {
                "StatusCode": "200" if status == "default" else status,
                "ResponseModels": _models(_resolved(body, response)),
                "ResponseParameters": {
                    f"method.response.header.{header}": False
                    for header in _resolved(body, response).get("headers") or {}
                },
            }
            for status, response in (operation.get("responses") or {}).items()
        ],
    }
    validator = operation.get("x-amazon-apigateway-request-validator") or body.get(
        "x-amazon-apigateway-request-validator"
    )
    if validator:
        method["RequestValidatorId"] = made["validators"].get(validator, validator)
    if "operationId" in operation:
        method["OperationName"] = operation["operationId"]
    if integration := operation.get("x-amazon-apigateway-integration"):
        method["Integration"] = _integration(integration)
    return method


def _security(body, operation, authorizers):
    """Who may call: the schemes that an operation requires, told apart by their extensions."""
    method = {"AuthorizationType": "NONE", "ApiKeyRequired": False}
    schemes = (body.get("components") or {}).get("securitySchemes") or {}
    if operation.get("x-amazon-apigateway-auth", {}).get("type", "").upper() == "AWS_IAM":
        method["AuthorizationType"] = "AWS_IAM"
    for scheme, scopes in (pair for requirement in operation.get("security") or [] for pair in requirement.items()):
        definition = schemes[scheme]
        if "x-amazon-apigateway-authorizer" in definition:
            kind = definition["x-amazon-apigateway-authorizer"]["type"].lower()
            method |= {"AuthorizationType": AUTHORIZATION[kind], "AuthorizerId": authorizers[scheme]}
            if scopes:
                method["AuthorizationScopes"] = scopes
        elif definition.get("x-amazon-apigateway-authtype", "").lower() == "awssigv4":
            method["AuthorizationType"] = "AWS_IAM"
        elif definition["type"] == "apiKey" and definition["name"].lower() == "x-api-key":
            method["ApiKeyRequired"] = True
    return method


def _models(content):
    """The models of a body by media type; a schema that stands in its place has none."""
    references = {media: each.get("schema", {}).get("$ref") for media, each in (content.get("content") or {}).items()}
    return {media: reference.rpartition("/")[2] for media, reference in references.items() if reference}


def _integration(integration):
    properties = {key: value for key, value in integration.items() if key not in ("httpMethod", "responses")}
    for key in ("type", "passthroughBehavior", "connectionType", "contentHandling", "responseTransferMode"):
        if key in properties:
            properties[key] = properties[key].upper()
    if "httpMethod" in integration:
        properties["IntegrationHttpMethod"] = integration["httpMethod"]
    properties["IntegrationResponses"] = [
        {**reply, "StatusCode": reply.pop("statusCode")} | ({} if key == "default" else {"SelectionPattern": key})
        for key, reply in ((key, dict(reply)) for key, reply in (integration.get("responses") or {}).items())
    ]
    return properties


def _resolved(body, node):
    """What a reference inside the document stands for."""
    if "$ref" not in node:
        return node
    for part in re.sub("^#/", "", node["$ref"]).split("/"):
        body = body[part]
    return body
