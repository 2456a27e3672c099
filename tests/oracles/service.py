"""Control-plane calls, each judged by botocore's model of the service before it is made."""

import os
import re

from cfn import ACCOUNT, REGION, TemplateError

os.environ |= {
    "AWS_ACCESS_KEY_ID": ACCOUNT,  # LocalStack takes it for the account
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true",
}

import boto3  # noqa: E402  (it reads the environment)
from botocore.validate import ParamValidator  # noqa: E402

# The types that moto lacks and the calls that would make them: judged against the model, not made.
NOT_IN_MOTO = {
    "AWS::ApiGateway::ClientCertificate": "apigateway.generate_client_certificate",
    "AWS::ApiGateway::DocumentationPart": "apigateway.create_documentation_part",
    "AWS::ApiGateway::DocumentationVersion": "apigateway.create_documentation_version",
    "AWS::ApiGateway::DomainNameAccessAssociation": "apigateway.create_domain_name_access_association",
    "AWS::ApiGatewayV2::Deployment": "apigatewayv2.create_deployment",
    "AWS::ApiGatewayV2::RoutingRule": "apigatewayv2.create_routing_rule",
}


class Service:
    """One of the two services, and what a deployment finds wrong in the calls to it."""

    def __init__(self, name, findings, endpoint=None):
        self.name = name
        self.client = boto3.client(name, endpoint_url=endpoint)
        self.is_moto = endpoint is None
        self.findings = findings

    def call(self, operation, arguments, name):
        """One call for the resource of that name; an empty answer where moto lacks the call."""
        fitted = self.judge(operation, arguments, name)
        if f"{self.name}.{operation}" in NOT_IN_MOTO.values():
            return {}
        return getattr(self.client, operation)(**fitted)

    def judge(self, operation, arguments, name):
        """The arguments as the call takes them."""
        method = self.client.meta.method_to_api_mapping[operation]
        shape = self.client.meta.service_model.operation_model(method).input_shape
        return self.judged(shape, arguments, name)

    def judged(self, shape, value, name):
        """The value as the shape wants it; an error where it cannot be."""
        fitted = fit(shape, value, name, self.findings)
        report = ParamValidator().validate(fitted, shape)
        if report.has_errors():
            raise TemplateError(report.generate_report())
        return fitted

    def shape(self, name):
        """A shape of the model by its name."""
        return self.client.meta.service_model.shape_for(name)


def fit(shape, value, path, problems):
    """The value as CloudFormation converts it for the API; notes what the shape forbids and botocore lets pass."""
    if shape.type_name == "structure" and isinstance(value, dict):
        members = {_member(shape, key): item for key, item in value.items()}
        return {
            key: fit(shape.members[key], item, f"{path}.{key}", problems) if key in shape.members else item
            for key, item in members.items()
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
    # The newer service keeps the bounds of most strings in the names of their shapes only.
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


def _member(shape, key):
    """The member that a property is for: the older service writes its members with a small first letter."""
    small = key[:1].lower() + key[1:]
    return small if key not in shape.members and small in shape.members else key
