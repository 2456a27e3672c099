"""A deployment that never leaves the machine: a template's resources, made by real control-plane calls against moto."""

import json
import os
import re

os.environ |= {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}

import boto3  # noqa: E402  (it reads the environment)
from botocore.exceptions import BotoCoreError, ClientError  # noqa: E402
from botocore.validate import ParamValidator  # noqa: E402
from moto import mock_aws  # noqa: E402

from cfn import Stack, TemplateError  # noqa: E402

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "x-amazon-apigateway-any-method")

# AWS::ApiGatewayV2::KIND -> (the call that makes it, the member of the answer that Ref yields).
HTTP_API_CALLS = {
    "Api": ("create_api", "ApiId"),
    "ApiMapping": ("create_api_mapping", "ApiMappingId"),
    "Authorizer": ("create_authorizer", "AuthorizerId"),
    "Deployment": ("create_deployment", "DeploymentId"),
    "DomainName": ("create_domain_name", "DomainName"),
    "Integration": ("create_integration", "IntegrationId"),
    "Route": ("create_route", "RouteId"),
    "Stage": ("create_stage", "StageName"),
    "VpcLink": ("create_vpc_link", "VpcLinkId"),
}
NOT_IN_MOTO = {"create_deployment"}  # judged against the model of the service, not called


def deploy(template):
    """Deploys a template: (findings, the HTTP API that exists afterwards, how many resources were made)."""
    with mock_aws():
        deployment = Deployment()
        deployment.run(template, {})
        return deployment.findings, deployment.state(), deployment.made


class Deployment:
    """What a run has found and made."""

    def __init__(self):
        self.client = boto3.client("apigatewayv2")
        self.findings = []
        self.made = 0
        self.authorizers = []  # ids, because moto cannot list them

    def run(self, template, parameters):
        """Makes the resources of one template, and of the templates nested in it; returns its outputs."""
        try:
            stack = Stack(template, parameters)
            names = stack.in_order()
        except (OSError, TemplateError) as error:
            self.findings.append(f"{template.name}: {error}")
            return {}
        for name in names:
            try:
                self.make(stack, name, stack.resources[name]["Type"])
            except (BotoCoreError, ClientError, OSError, TemplateError, KeyError) as error:
                self.findings.append(f"{template.name}: {name}: {type(error).__name__}: {error}")
        outputs = {}
        for name, output in (stack.template.get("Outputs") or {}).items():
            try:
                if stack.holds(output.get("Condition", True)):
                    outputs[name] = stack.value(output["Value"])
            except TemplateError as error:
                self.findings.append(f"{template.name}: output {name}: {error}")
        return outputs

    def make(self, stack, name, kind):
        """Makes one resource; those of services that nothing here judges stay stubs."""
        if kind == "AWS::CloudFormation::Stack":
            properties = stack.value(stack.resources[name]["Properties"])
            outputs = self.run(stack.path.parent / properties["TemplateURL"], properties.get("Parameters"))
            stack.attributes[name] = {f"Outputs.{key}": value for key, value in outputs.items()}
        elif kind.startswith("AWS::ApiGatewayV2::"):
            self.make_http(stack, name, kind.split("::")[2])
        elif kind.startswith("AWS::ApiGateway::"):
            raise TemplateError(f"nothing here deploys {kind}")

    def make_http(self, stack, name, kind):
        """Makes one resource of an HTTP API."""
        if kind not in HTTP_API_CALLS:
            raise TemplateError(f"nothing here deploys AWS::ApiGatewayV2::{kind}")
        operation, identifier = HTTP_API_CALLS[kind]
        properties = stack.value(stack.resources[name].get("Properties") or {})
        body = None
        if kind == "Api" and "Body" in properties:
            body = properties.pop("Body")
            reimport = {"FailOnWarnings": properties.pop("FailOnWarnings", False)}
            if "BasePath" in properties:
                reimport["Basepath"] = properties.pop("BasePath")
            properties = {"Name": body["info"]["title"], "ProtocolType": "HTTP", **properties}
        elif kind == "Integration" and "ResponseParameters" in properties:
            properties["ResponseParameters"] = {
                status: {each["Destination"]: each["Source"] for each in mapping["ResponseParameters"]}
                for status, mapping in properties["ResponseParameters"].items()
            }
        elif kind == "ApiMapping":
            self.provide_domain(properties["DomainName"])
        answer = self.call(operation, properties, name)
        if body is not None:
            self.call("reimport_api", {"ApiId": answer["ApiId"], "Body": importable(body), **reimport}, name)
        stack.ids[name] = answer[identifier]
        stack.attributes[name] = {identifier: answer[identifier], **_attributes(kind, answer)}
        self.made += 1
        if kind == "Authorizer":
            self.authorizers.append({"ApiId": properties["ApiId"], "AuthorizerId": answer[identifier]})

    def provide_domain(self, name):
        """Makes a domain that another stack owns."""
        if name not in [each["DomainName"] for each in self.client.get_domain_names()["Items"]]:
            self.client.create_domain_name(DomainName=name)

    def call(self, operation, properties, name):
        """One call, after the model of the service has judged its input."""
        shape = self.client.meta.service_model.operation_model(
            self.client.meta.method_to_api_mapping[operation]
        ).input_shape
        arguments = fit(shape, properties, name, self.findings)
        report = ParamValidator().validate(arguments, shape)
        if report.has_errors():
            raise TemplateError(report.generate_report())
        if operation in NOT_IN_MOTO:
            return {identifier: f"stub-{name}" for _, identifier in HTTP_API_CALLS.values()}
        return getattr(self.client, operation)(**arguments)

    def state(self):
        """The HTTP API that exists now, in plain terms (see compare.py)."""
        apis = self.client.get_apis()["Items"]
        if len(apis) != 1:
            self.findings.append(f"one API should exist, and {len(apis)} do")
            return None
        api = apis[0]["ApiId"]
        integrations = {each["IntegrationId"]: each for each in self.client.get_integrations(ApiId=api)["Items"]}
        authorizers = {each["AuthorizerId"]: self.client.get_authorizer(**each) for each in self.authorizers}
        routes = []
        for route in self.client.get_routes(ApiId=api)["Items"]:
            method, _, path = route["RouteKey"].partition(" ")
            key = route["RouteKey"]
            if method == "X-AMAZON-APIGATEWAY-ANY-METHOD":  # how moto's import names ANY and $default
                key = "$default" if path == "/$default" else f"ANY {path}"
            target = (route.get("Target") or "").removeprefix("integrations/")
            if target not in integrations:
                self.findings.append(f"route {key}: its target {route.get('Target')!r} is no integration of this API")
            authorizer = route.get("AuthorizerId")
            if authorizer is not None and authorizer not in authorizers:
                self.findings.append(f"route {key}: its authorizer {authorizer!r} is none of this API")
            routes.append(
                {
                    "key": key,
                    "authorization": route.get("AuthorizationType") or "NONE",
                    "authorizer": authorizers.get(authorizer, {}).get("Name"),
                    "scopes": route.get("AuthorizationScopes") or [],
                    "integration": target,
                }
            )
        return {
            "routes": routes,
            "integrations": {
                id: {
                    "type": (each.get("IntegrationType") or "").upper(),
                    "subtype": each.get("IntegrationSubtype"),
                    "uri": each.get("IntegrationUri"),
                }
                for id, each in integrations.items()
            },
            "authorizers": [(each["Name"], each["AuthorizerType"]) for each in authorizers.values()],
            "stages": [each["StageName"] for each in self.client.get_stages(ApiId=api)["Items"]],
        }


def _attributes(kind, answer):
    if kind == "Api":
        return {"ApiEndpoint": answer.get("ApiEndpoint")}
    if kind == "DomainName":  # moto answers neither
        return {"RegionalDomainName": "d-stub.execute-api.us-east-1.amazonaws.com", "RegionalHostedZoneId": "ZSTUB"}
    return {}


def fit(shape, value, path, problems):
    """The value as CloudFormation converts it for the API; notes what the shape forbids and botocore lets pass."""
    if shape.type_name == "structure" and isinstance(value, dict):
        members = shape.members
        return {
            key: fit(members[key], item, f"{path}.{key}", problems) if key in members else item
            for key, item in value.items()
        }
    if shape.type_name == "map" and isinstance(value, dict):
        return {str(key): fit(shape.value, item, f"{path}.{key}", problems) for key, item in value.items()}
    if shape.type_name == "list" and isinstance(value, list):
        return [fit(shape.member, item, f"{path}[{index}]", problems) for index, item in enumerate(value)]
    if shape.type_name == "boolean" and value in ("true", "false"):
        return value == "true"
    if shape.type_name == "string" and isinstance(value, (bool, int, float)):
        value = str(value).lower()
    if shape.type_name in ("integer", "long") and isinstance(value, str) and re.fullmatch(r"-?\d+", value):
        value = int(value)
    if shape.type_name in ("double", "float") and re.fullmatch(r"-?\d+(\.\d+)?", str(value)):
        value = float(value)

    rules = dict(shape.metadata)
    # This service keeps the bounds of most strings in the names of their shapes only.
    if bounds := re.fullmatch(r"(?:String|Uri)WithLengthBetween(\d+)And(\d+)", shape.name):
        rules |= {"min": int(bounds[1]), "max": int(bounds[2])}
    size = len(value) if isinstance(value, str) else value
    if isinstance(size, (int, float)) and not rules.get("min", size) <= size <= rules.get("max", size):
        problems.append(f"{path}: {value!r} is outside {rules.get('min')} to {rules.get('max')}")
    if isinstance(value, str) and "pattern" in rules and not re.search(rules["pattern"], value):
        problems.append(f"{path}: {value!r} does not match {rules['pattern']}")
    if isinstance(value, str) and getattr(shape, "enum", None) and value not in shape.enum:
        problems.append(f"{path}: {value!r} is none of {', '.join(shape.enum)}")
    return value


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
