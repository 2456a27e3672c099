"""extensions.py SCHEMA FILE…: has jsonschema look at OpenAPI documents, and at those in templates, as an editor does that
has the schema of API Gateway's extensions; exits with 1 on any finding.

Where the environment variable GATEWRIGHT_CORPUS names a folder of real files, those are looked at, too: only what
EXPLAINED names may be found.
"""

import json
import os
import sys
from pathlib import Path

import jsonschema
import yaml

from schema import Editor

INTEGRATION = "{ type: http_proxy, uri: 'https://example.com', httpMethod: GET }"

# Documents with one mistake each. `X-` stands for the beginning of every extension.
CONTROLS = (
    "X-cros: { allowOrigins: ['*'] }",
    "X-cors: { allowOrigin: ['*'] }",
    "X-cors: { allowOrigins: ['*'], allowCredentials: true }",
    "X-cors: { maxAge: 100000 }",
    "X-api-key-source: COOKIE",
    "X-minimum-compression-size: 20000000",
    "X-gateway-responses: { DEFAULT_4xx: {} }",
    "X-gateway-responses: { DEFAULT_4XX: { responseParameters: { Access-Control-Allow-Origin: \"'*'\" } } }",
    "X-request-validators: { all: { validateBody: true } }",
    "X-request-validators: { all: { validateRequestBody: 5 } }",
    "X-endpoint-access-mode: OPEN",
    "X-endpoint-configuration: [disableExecuteApiEndpoint]",
    "servers: [{ url: /, X-endpoint-configuration: { disableExecuteApiEndpoint: sometimes } }]",
    "X-policy: { Version: '2012-10-17' }",
    "X-integration: " + INTEGRATION,
    "info: { X-cors: {} }",
    "tags: [{ name: a, X-tagvalue: b }]",
    "paths: { /: { X-integration: " + INTEGRATION + " } }",
    "paths: { /: { X-any: {} } }",
    "paths: { /: { get: { X-intergation: " + INTEGRATION + " } } }",
    "paths: { /: { get: { X-authorizer: {} } } }",
    "paths: { /: { X-any-method: { X-integration: { type: aws_prxy, uri: x } } } }",
    "paths: { /: { get: { X-integration: { uri: 'https://example.com' } } } }",
    "paths: { /: { get: { X-integration: { type: http_proxy, httpMethod: GET } } } }",
    "paths: { /: { get: { X-integration: { type: aws_proxy, httpMethod: POST } } } }",
    "paths: { /: { get: { X-integration: { type: mock, passThroughBehavior: never } } } }",
    "paths: { /: { get: { X-integration: { type: mock, passthroughBehavior: sometimes } } } }",
    "paths: { /: { get: { X-integration: { type: mock, responses: { default: { statusCode: ok } } } } } }",
    "paths: { /: { get: { X-integration: { type: mock, responses: { default: {} } } } } }",
    "paths: { /: { get: { X-integration: { type: mock, timeoutInMillis: 10 } } } }",
    "paths: { /: { get: { X-integration: { type: mock, contentHandling: CONVERT } } } }",
    "paths: { /: { get: { X-integration: { type: http, uri: a, connectionType: VPC_LINK } } } }",
    "paths: { /: { get: { X-integration: { type: http, uri: a, payloadFormatVersion: '3.0' } } } }",
    "paths: { /: { get: { X-integration: { type: aws_proxy, integrationSubtype: 'sqs:SendMessage' } } } }",
    "paths: { /: { get: { X-integration: { type: aws, httpMethod: GET, uri: 'arn:aws:apigateway:a:lambda:path/f' } } } }",
    "paths: { /: { get: { X-integration: { type: aws, httpMethod: GET, uri: { Fn::Sub: 'a:lambda:path/f' } } } } }",
    "components: { X-integrations: { a: { type: http_proxy } } }",
    "components: { securitySchemes: { a: { X-authorizer: { type: lambda } } } }",
    "components: { securitySchemes: { a: { X-authorizer: { type: token } } } }",
    "components: { securitySchemes: { a: { X-authorizer: { type: cognito_user_pools } } } }",
    "components: { securitySchemes: { a: { X-authorizer: { type: jwt, jwtConfiguration: { issuers: [a] } } } } }",
    "components: { securitySchemes: { a: { X-authorizer: { type: token, authorizerUri: a, ttl: 5 } } } }",
    "components: { securitySchemes: { a: { X-authorizer: { type: jwt, authorizerResultTtlInSeconds: 4000 } } } }",
    "securityDefinitions: { a: { X-auth-type: custom } }",
)

# Documents that are right, however they are written.
RIGHT = (
    "paths: { /: { get: { X-integration: { Fn::If: [A, {}, {}] } }, post: { Fn::If: [A, {}, {}] } } }",
    "paths: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: a.yaml } } }",
    "paths: { /: { get: { X-integration: { type: AWS, uri: { Fn::Sub: a }, timeoutInMillis: { Ref: T } } } } }",
    "paths: { /: { get: { X-integration: { type: '${kind}', uri: '${uri}' } } } }",
    "paths: { /: { get: { X-integration: { $ref: '#/components/X-integrations/a' } } } }",
    "paths: { /$default: { X-any-method: { isDefaultRoute: true, X-integration: " + INTEGRATION + " } } }",
    "x-other: { anything: 1 }",
    "openapi: 3.1.0",
)

# What may be found in real files, and why: a part of the path, a part of the message.
TRANSLATOR = "aws+serverless-application-model/"
EXPLAINED = (
    ("", "'passThroughBehavior'", "misspelt: API Gateway passes over it"),
    ("", "'integrationResponses'", "CloudFormation's word for `responses`"),
    ("", "'selectionPattern'", "CloudFormation's: in a definition, the key of the response is the pattern"),
    ("", "'application/json' does not match", "a template that should stand under `responseTemplates`"),
    ("", "httpMethod: 'GET' is not", "a function that is called with GET, which fails"),
    (TRANSLATOR, "this should be a dict", "test data that is wrong on purpose"),
    (TRANSLATOR, "'Statement' is a required property", "the same: a policy that forbids and allows nothing"),
    ("api_with_security_definition_and_no", "providerARNs: [None]", "the same"),
)


class Template(Editor):
    """YAML with CloudFormation's short tags written out."""


def _function(loader, name, node):
    name = name if name in ("Ref", "Condition") else f"Fn::{name}"
    if isinstance(node, yaml.ScalarNode):
        return {name: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    return {name: loader.construct_mapping(node, deep=True)}


Template.add_multi_constructor("!", _function)


def keyed(value):
    """A value whose keys are text, as JSON has it: `200` is a number in YAML."""
    if isinstance(value, dict):
        return {str(key): keyed(it) for key, it in value.items()}
    return [keyed(it) for it in value] if isinstance(value, list) else value


def definitions(value):
    """The OpenAPI documents in a value: itself, or those that a template holds."""
    rest = [value]
    while rest:
        it = rest.pop()
        if isinstance(it, dict):
            if ("openapi" in it or "swagger" in it) and not isinstance(it.get("paths"), str):
                yield it
            else:
                rest.extend(it.values())
        elif isinstance(it, list):
            rest.extend(it)


def findings(validator, value):
    """What is wrong with a document, in the schema's eyes."""
    for error in validator.iter_errors(value):
        place = "/".join(str(part) for part in error.absolute_path)
        yield f"{place}: {error.message[:400]}"


def report(name, found):
    """Writes what was found in a file; whether that is nothing."""
    print("FAIL" if found else "ok  ", "extensions:", name)
    for each in found:
        print("     -", each[:200])
    return not found


def corpus(validator, folder):
    """Whether nothing is found in real files but what is explained."""
    files = [it for it in sorted(folder.rglob("*")) if it.is_file()]
    clean, looked_at, explained = True, 0, 0
    for file in files:
        text = file.read_text("utf-8", errors="replace")
        if "x-amazon-apigateway" not in text:
            continue
        try:
            value = keyed(yaml.load(text, Template))
        except yaml.YAMLError:
            continue
        looked_at += 1
        name = str(file.relative_to(folder))
        found = [each for it in definitions(value) for each in findings(validator, it)]
        known = [it for it in found if any(of in name and what in it for of, what, _ in EXPLAINED)]
        explained += len(known)
        rest = [it for it in found if it not in known]
        clean = (not rest or report(name, rest)) and clean
    print(f"     {looked_at} real files looked at, {explained} findings in them explained")
    return clean


def main(arguments):
    """The exit code."""
    validator = jsonschema.Draft7Validator(json.loads(Path(arguments[0]).read_text("utf-8")))
    validator.check_schema(validator.schema)
    clean = True
    for name in arguments[1:]:
        value = keyed(yaml.load(Path(name).read_text("utf-8"), Template))
        clean = report(name, [each for it in definitions(value) for each in findings(validator, it)]) and clean
    for texts, is_right in ((CONTROLS, False), (RIGHT, True)):
        for text in texts:
            value = yaml.load(text.replace("X-", "x-amazon-apigateway-"), Template)
            found = list(findings(validator, value))
            if is_right == bool(found):
                print("FAIL extensions:", "finds something in" if is_right else "accepts", text, *found)
                clean = False
    folder = os.environ.get("GATEWRIGHT_CORPUS")
    if folder:
        clean = corpus(validator, Path(folder)) and clean
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
