"""Negative controls: small APIs that every judge accepts, and changes that a judge has to report."""

import copy
import tempfile
from pathlib import Path

from moto.apigateway.responses import APIGatewayResponse
from moto.apigatewayv2.responses import ApiGatewayV2Response

import cfn
import compare
import controls_http
import controls_rest
import controls_websocket
import deploy
import deploy_rest
import deploy_v2
import lint
import openapi
import service

COMPARED = ("route", "integration", "authorizer", "stage", "model", "api-key", "usage-plan", "gateway-response")
KINDS = {"HTTP": controls_http, "REST": controls_rest, "WebSocket": controls_websocket}


def run():
    """Yields (control, findings); a finding is a judge that reports what is right, or not what is wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "code").mkdir()
        for kind, controls in KINDS.items():
            for judge in dict.fromkeys(change[0] for change in controls.CHANGES):
                found = findings(judge, source(controls, judge), controls.GRAPH, folder)
                yield f"{kind}: {judge} accepts what is right", found
            for judge, old, new, mention in controls.CHANGES:
                right = source(controls, judge)
                wrong = right.replace(old, new)
                found = findings(judge, wrong, controls.GRAPH, folder)
                caught = wrong != right and any(mention in finding for finding in found)
                change = f"{' '.join(old.split())} -> {' '.join(new.split()) or '(nothing)'}"
                yield (
                    f"{kind}: {judge} reports {change[:90]}",
                    [] if caught else [f"no finding mentions {mention!r}: {found}"],
                )
            for what, graph in lesser(controls.GRAPH):
                found = findings("resources", controls.RESOURCES, graph, folder)
                yield f"{kind}: resources reports a graph without {what}", [] if found else ["nothing was found"]
    yield "moto lacks what NOT_IN_MOTO names, and nothing else that is called", [*gaps()]


def source(controls, judge):
    """The document that a judge looks at."""
    return controls.SOURCES.get(judge, controls.RESOURCES)


def lesser(graph):
    """(what, graph) for the graph without each node, and without each edge, that is compared."""
    kinds = {node["id"]: node["kind"] for node in graph["nodes"]}
    for node in graph["nodes"]:
        if node["kind"] in COMPARED:
            less = copy.deepcopy(graph)
            less["nodes"].remove(node)
            less["edges"] = [edge for edge in less["edges"] if node["id"] not in (edge["from"], edge["to"])]
            yield node["id"], less
    for edge in graph["edges"]:
        if {kinds[edge["from"]], kinds[edge["to"]]} <= set(COMPARED):
            less = copy.deepcopy(graph)
            less["edges"].remove(edge)
            yield f"{edge['from']} -> {edge['to']}", less


def gaps():
    """Calls of which moto and NOT_IN_MOTO say different things."""
    calls = {
        "apigateway": (APIGatewayResponse, deploy_rest.CALLS),
        "apigatewayv2": (ApiGatewayV2Response, deploy_v2.CALLS),
    }
    for name, (responses, table) in calls.items():
        for operation in {call for call, _ in table.values()}:
            if hasattr(responses, operation) == (f"{name}.{operation}" in service.NOT_IN_MOTO.values()):
                yield f"{name}.{operation}"


def findings(judge, text, graph, folder):
    """What one judge finds in one document."""
    template = folder / "template.yaml"
    template.write_text(text, encoding="utf-8")
    match judge:
        case "cfn-lint":
            return lint.cfn_lint([template])
        case "openapi-spec-validator":
            return openapi.spec_validator(openapi.plain(cfn.read(template)))
        case "redocly":
            return openapi.redocly(openapi.plain(cfn.read(template)))
        case "moto" | "moto: body":
            return deploy.deploy(template)[0].findings
        case "resources" | "body":
            deployment, state = deploy.deploy(template)
            return compare.compare(graph, state, judge) if state else deployment.findings
