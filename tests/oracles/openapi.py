"""Two judges of OpenAPI documents, and the one thing of API Gateway that they may reject: greedy path variables."""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from openapi_spec_validator import OpenAPIV30SpecValidator
from referencing.exceptions import Unresolvable

from cfn import intrinsic

CONFIGURATION = Path(__file__).resolve().parent / "redocly.yaml"
REDOCLY = Path(sys.prefix).parent / "node/node_modules/.bin/redocly"  # where install.sh puts it, beside the Python
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "NO_COLOR": "1"}


def plain(value):
    """The document as the judges can read it: deploy-time values are strings, and ANY is a method that they check.

    They skip what stands under an extension, so `x-amazon-apigateway-any-method` is shown to them as `trace`, which
    no route of an HTTP API has.
    """
    if function := intrinsic(value):
        return f"{function[0]} {json.dumps(function[1])}"
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    shown = {str(key): plain(item) for key, item in value.items()}
    if "x-amazon-apigateway-any-method" in shown:
        shown["trace"] = shown.pop("x-amazon-apigateway-any-method")
        shown["trace"].pop("isDefaultRoute", None)  # a key of this extension
    return shown


def greedy_variables(document):
    """(path, method, name) of the greedy variables that are declared, under either spelling: `proxy` or `proxy+`."""
    for path, item in (document.get("paths") or {}).items():
        for variable in re.findall(r"\{([^{}]+)\+\}", path):
            for method in METHODS:
                if method in item:
                    parameters = [*item.get("parameters", []), *item[method].get("parameters", [])]
                    if variable in [each["name"].removesuffix("+") for each in parameters if each.get("in") == "path"]:
                        yield path, method, variable


def spec_validator(document):
    """What openapi-spec-validator finds."""
    allowed = {
        f"Path parameter '{name}' for '{method}' operation in '{path}' was not resolved"
        for path, method, variable in greedy_variables(document)
        for name in (variable, variable + "+")
    }
    try:
        messages = [
            f"{'/'.join(map(str, error.absolute_path))}: {error.message}" if error.absolute_path else error.message
            for error in OpenAPIV30SpecValidator(document).iter_errors()
        ]
    except Unresolvable as error:
        messages = [f"the reference {error.ref!r} leads nowhere"]
    return [message for message in messages if message not in allowed]


def redocly(document):
    """What Redocly finds."""
    allowed = {
        f"Path parameter `{name}` is not used in the path `{path}`."
        for path, _, variable in greedy_variables(document)
        for name in (variable, variable + "+")
    }
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
        run = subprocess.run(
            [REDOCLY, "lint", "--config", CONFIGURATION, "--format", "json", "openapi.json"],
            cwd=folder,
            env={**os.environ, **QUIET},
            capture_output=True,
            text=True,
        )
    try:
        problems = json.loads(run.stdout[run.stdout.index("{") :])["problems"]
    except ValueError:
        return [f"no answer: {run.stdout[-300:]} {run.stderr[-300:]}"]
    return [
        f"{problem['location'][0].get('pointer', '')}: {problem['message']} ({problem['ruleId']})"
        for problem in problems
        if problem["message"] not in allowed
    ]
