"""judge.py DIR GRAPH LAYOUT: has the judges look at what a build wrote to DIR; exits with 1 on any finding.

The build was `gatewright build FILE --layout LAYOUT --out DIR`, with LAYOUT body or resources, and GRAPH is a file
with what `gatewright graph FILE --format json` printed.
judge.py --self-test: shows each judge something that is wrong; exits with 1 if one of them stays silent.
Run it with the Python whose path install.sh prints.
"""

import json
import sys
from pathlib import Path

import cfn
import compare
import controls
import deploy
import lint
import openapi


def judge(folder, graph, layout):
    """Yields (what was judged, findings) for everything in a folder."""
    files = [file for file in sorted(folder.rglob("*")) if file.suffix in (".yaml", ".yml", ".json")]
    documents = {file: document for file in files if isinstance(document := cfn.read(file), dict)}
    templates = [file for file, document in documents.items() if "Resources" in document]
    descriptions = [file for file, document in documents.items() if "openapi" in document]
    mains = [file for file in templates if file.stem == "template"]
    if len(mains) != 1:
        yield "artifacts", [f"a template should be here, not {[file.name for file in files]}"]
        return
    main = mains[0]
    if bool(descriptions) == is_websocket(documents[main]):
        yield "artifacts", [f"WebSocket APIs alone have no OpenAPI document: {[file.name for file in files]}"]
    if layout_of(documents[main]) != layout:
        yield f"layout: {main.name}", [f"it is not in the {layout} layout"]
    yield f"cfn-lint: {', '.join(file.name for file in templates)}", lint.cfn_lint(templates)
    for file in descriptions:
        document = openapi.plain(documents[file])
        yield f"openapi-spec-validator: {file.name}", openapi.spec_validator(document)
        yield f"redocly: {file.name}", openapi.redocly(document)
    deployment, state = deploy.deploy(main)
    yield f"moto: {main.name}, {deployment.made} resources made", deployment.findings
    if deployment.lacking:
        yield f"moto lacks {', '.join(deployment.lacking)}: judged, not made", []
    if state:
        counts = ", ".join(f"{len(state[kind])} {kind}" for kind in ("routes", "integrations", "authorizers", "stages"))
        yield f"graph: {counts} in the {layout} layout", compare.compare(graph, state, layout)


def layout_of(template):
    """Which layout a main template has."""
    return "body" if any("Body" in properties for properties in apis(template)) else "resources"


def is_websocket(template):
    """Whether it makes a WebSocket API, which no OpenAPI document can describe."""
    return any(properties.get("ProtocolType") == "WEBSOCKET" for properties in apis(template))


def apis(template):
    """The properties of each API that a template makes."""
    for resource in template["Resources"].values():
        if resource["Type"] in ("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"):
            yield resource.get("Properties") or {}


def report(judgements):
    """Prints a line for each judgement and for each finding; whether there was none."""
    clean = True
    for subject, findings in judgements:
        print("FAIL" if findings else "ok  ", subject, flush=True)
        for finding in findings:
            print("     -", finding)
        clean = clean and not findings
    return clean


def run(arguments):
    """The exit code."""
    if arguments == ["--self-test"]:
        return 0 if report(controls.run()) else 1
    if len(arguments) != 3 or arguments[2] not in ("body", "resources"):
        print(__doc__, end="", file=sys.stderr)
        return 2
    try:
        graph = json.loads(Path(arguments[1]).read_text("utf-8"))
        return 0 if report(judge(Path(arguments[0]), graph, arguments[2])) else 1
    except (OSError, ValueError, cfn.TemplateError) as error:
        print("FAIL", error)
        return 1


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
