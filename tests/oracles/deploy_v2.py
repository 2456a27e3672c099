"""HTTP and WebSocket APIs, AWS::ApiGatewayV2: the calls that make them, and what exists afterwards."""

import json

import rules_websocket
from cfn import TemplateError
from service import Service

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "x-amazon-apigateway-any-method")

# AWS::ApiGatewayV2::KIND -> (the call that makes it, the member of the answer that Ref and an attribute yield).
CALLS = {
    "Api": ("create_api", "ApiId"),
    "ApiMapping": ("create_api_mapping", "ApiMappingId"),
    "Authorizer": ("create_authorizer", "AuthorizerId"),
    "Deployment": ("create_deployment", "DeploymentId"),
    "DomainName": ("create_domain_name", "DomainName"),
    "Integration": ("create_integration", "IntegrationId"),
    "IntegrationResponse": ("create_integration_response", "IntegrationResponseId"),
    "Model": ("create_model", "ModelId"),
    "Route": ("create_route", "RouteId"),
    "RouteResponse": ("create_route_response", "RouteResponseId"),
    "RoutingRule": ("create_routing_rule", "RoutingRuleId"),
    "Stage": ("create_stage", "StageName"),
    "VpcLink": ("create_vpc_link", "VpcLinkId"),
}
LISTED_HERE = ("Authorizer", "IntegrationResponse", "Model", "RouteResponse")  # moto cannot list them


class V2(Service):
    """Makes the resources of one template after another."""

    def __init__(self, findings, rest):
        super().__init__("apigatewayv2", findings)
        self.rest = rest  # mappings lead to REST APIs, too
        self.listed = {kind: {} for kind in LISTED_HERE}  # kind -> id -> properties

    def make(self, kind, properties, name):
        """Makes one resource: what Ref yields, and its attributes."""
        if kind not in CALLS:
            raise TemplateError(f"nothing here deploys AWS::ApiGatewayV2::{kind}")
        body, imported = properties.pop("Body", None), {}
        if kind == "Api" and body is not None:
            imported = {"FailOnWarnings": properties.pop("FailOnWarnings", False)}
            if "BasePath" in properties:
                imported["Basepath"] = properties.pop("BasePath")
            properties = {"Name": body["info"]["title"], "ProtocolType": "HTTP", **properties}
        elif kind == "Integration" and "ResponseParameters" in properties:
            properties["ResponseParameters"] = {
                status: {each["Destination"]: each["Source"] for each in mapping["ResponseParameters"]}
                for status, mapping in properties["ResponseParameters"].items()
            }
        elif kind == "Model" and isinstance(properties.get("Schema"), dict):
            properties["Schema"] = json.dumps(properties["Schema"])
        elif kind == "ApiMapping":
            self._provide_domain(properties["DomainName"])
            if (stages := self.rest.stages(properties["ApiId"])) is not None:
                return self._map_rest(properties, stages, name)
        elif kind == "RoutingRule":
            properties["DomainName"] = properties.pop("DomainNameArn").rpartition("/")[2]
        operation, identifier = CALLS[kind]
        answer = self.call(operation, properties, name)
        if body is not None:
            self.call("reimport_api", {"ApiId": answer["ApiId"], "Body": importable(body), **imported}, name)
        id = answer.get(identifier, f"stub-{name}")
        if kind in self.listed:
            self.listed[kind][id] = properties
        return id, {identifier: id, **_attributes(kind, answer)}

    def _map_rest(self, properties, stages, name):
        """A mapping to a REST API, which moto's half for this service does not see: judged, not made."""
        self.judge("create_api_mapping", properties, name)
        if properties["Stage"] not in stages:
            self.findings.append(f"{name}: the API has no stage {properties['Stage']!r}")
        self.rest.same_reach(properties["ApiId"], False, name)
        return f"stub-{name}", {"ApiMappingId": f"stub-{name}"}

    def _provide_domain(self, name):
        """Makes a domain that another stack owns."""
        if name not in [each["DomainName"] for each in self.client.get_domain_names()["Items"]]:
            self.client.create_domain_name(DomainName=name)

    def states(self):
        """Each API that exists now, in plain terms."""
        return [self._state(api) for api in self.client.get_apis()["Items"]]

    def _state(self, api):
        id, kind = api["ApiId"], api["ProtocolType"].lower()
        integrations = {each["IntegrationId"]: each for each in self.client.get_integrations(ApiId=id)["Items"]}
        listed = {
            kind: {key: each for key, each in items.items() if each["ApiId"] == id}
            for kind, items in self.listed.items()
        }
        authorizers = {key: each["Name"] for key, each in listed["Authorizer"].items()}
        models = [each["Name"] for each in listed["Model"].values()]
        made = self.client.get_routes(ApiId=id)["Items"]
        if kind == "websocket":
            self.findings += rules_websocket.findings(
                {
                    "api": api,
                    "routes": made,
                    "integrations": integrations.values(),
                    "responses": listed["IntegrationResponse"].values(),
                    "authorizers": listed["Authorizer"].values(),
                    "models": listed["Model"].values(),
                }
            )
        routes = []
        for route in made:
            key = _route_key(route["RouteKey"])
            target = (route.get("Target") or "").removeprefix("integrations/") or None
            if target not in integrations and (kind == "http" or target or key not in ("$connect", "$disconnect")):
                self.findings.append(f"route {key}: its target {route.get('Target')!r} is no integration of this API")
            authorizer = route.get("AuthorizerId")
            if authorizer is not None and authorizer not in authorizers:
                self.findings.append(f"route {key}: its authorizer {authorizer!r} is none of this API")
            used = sorted(set((route.get("RequestModels") or {}).values()))
            for model in used:
                if model not in models:
                    self.findings.append(f"route {key}: its model {model!r} is none of this API")
            routes.append(
                {
                    "key": key,
                    "authorization": route.get("AuthorizationType") or "NONE",
                    "authorizer": authorizers.get(authorizer),
                    "scopes": sorted(route.get("AuthorizationScopes") or []),
                    "integration": target,
                    "apiKeyRequired": route.get("ApiKeyRequired") or False,
                    "models": used,
                    "response": self._answers(route),
                }
            )
        return {
            "id": id,
            "kind": kind,
            "routes": routes,
            "integrations": {
                key: {
                    "type": (each.get("IntegrationType") or "").upper(),
                    "subtype": each.get("IntegrationSubtype"),
                    "uri": each.get("IntegrationUri"),
                }
                for key, each in integrations.items()
            },
            "authorizers": [(each["Name"], each["AuthorizerType"]) for each in listed["Authorizer"].values()],
            "models": models,
            "stages": [each["StageName"] for each in self.client.get_stages(ApiId=id)["Items"]],
        }

    def _answers(self, route):
        """Whether the caller of a WebSocket route gets an answer: it needs both halves."""
        selects = bool(route.get("RouteResponseSelectionExpression"))
        responds = route["RouteId"] in [each["RouteId"] for each in self.listed["RouteResponse"].values()]
        if selects != responds:
            has, lacks = ("an expression", "route response") if selects else ("a route response", "expression")
            self.findings.append(f"route {route['RouteKey']}: it has {has} for its answer and no {lacks}")
        return selects and responds


class Stubs:
    """Takes the place of V2 where a server has REST APIs only."""

    def make(self, kind, _, name):
        """Makes nothing."""
        return f"stub-{name}", {CALLS[kind][1]: f"stub-{name}", **_attributes(kind, {})}


def _attributes(kind, answer):
    if kind == "Api":
        return {"ApiEndpoint": answer.get("ApiEndpoint")}
    if kind == "DomainName":  # moto answers neither of the first two
        return {
            "RegionalDomainName": "d-stub.execute-api.us-east-1.amazonaws.com",
            "RegionalHostedZoneId": "ZSTUB",
            "DomainNameArn": answer.get("DomainNameArn"),
        }
    return {}


def _route_key(key):
    """A route key without the names that moto's import gives to ANY and $default."""
    method, _, path = key.partition(" ")
    if method != "X-AMAZON-APIGATEWAY-ANY-METHOD":
        return key
    return "$default" if path == "/$default" else f"ANY {path}"


def importable(body):
    """A body as moto can import it: it takes each key of a path for a method and does not follow references."""
    shared = (body.get("components") or {}).get("x-amazon-apigateway-integrations") or {}
    paths = {}
    for path, item in (body.get("paths") or {}).items():
        paths[path] = {method: dict(item[method]) for method in METHODS if method in item}
        for operation in paths[path].values():
            integration = operation.get("x-amazon-apigateway-integration") or {}
            if "$ref" in integration:
                operation["x-amazon-apigateway-integration"] = shared[integration["$ref"].split("/")[-1]]
    return json.dumps({**body, "paths": paths})
