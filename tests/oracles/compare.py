"""The HTTP API that a deployment left behind, against the graph that `gatewright graph --format json` printed."""

from collections import Counter, defaultdict

AUTHORIZER_OF = {"JWT": "JWT", "CUSTOM": "REQUEST"}  # a route's authorization -> the type of its authorizer


def expected(graph):
    """The listing in the graph. Edges are read by the kinds of their ends, whatever they are called."""
    nodes = {node["id"]: node for node in graph["nodes"]}
    near = defaultdict(lambda: defaultdict(list))  # id -> kind -> ids next to it
    for edge in graph["edges"]:
        near[edge["from"]][nodes[edge["to"]]["kind"]].append(edge["to"])
        near[edge["to"]][nodes[edge["from"]]["kind"]].append(edge["from"])

    def of_kind(kind):
        return [node for node in graph["nodes"] if node["kind"] == kind]

    def name(ids):
        return nodes[ids[0]]["name"] if ids else None

    def types_wanted(authorizer):
        return {AUTHORIZER_OF.get(nodes[route]["detail"]["authorization"]) for route in near[authorizer]["route"]}

    return {
        "routes": {
            node["name"]: {
                "authorization": node["detail"]["authorization"],
                "authorizer": name(near[node["id"]]["authorizer"]),
                "scopes": sorted(node["detail"].get("scopes") or []),
                "integration": name(near[node["id"]]["integration"]),
            }
            for node in of_kind("route")
        },
        "integrations": {
            node["name"]: {
                "type": node["detail"]["type"],
                "subtype": node["detail"].get("subtype"),
                "function": name(near[node["id"]]["function"]),
            }
            for node in of_kind("integration")
        },
        "authorizers": {node["name"]: types_wanted(node["id"]) for node in of_kind("authorizer")},
        "stages": [node["name"] for node in of_kind("stage")],
    }


def compare(graph, state, layout):
    """Every difference, as a sentence. From a body moto imports routes and the types and URIs of integrations only."""
    want, whole = expected(graph), layout == "resources"
    findings = _same_names("route", want["routes"], [route["key"] for route in state["routes"]])
    used = defaultdict(set)  # integration in the graph -> ids of those that its routes have
    for route in state["routes"]:
        if (wanted := want["routes"].get(route["key"])) is None:
            continue
        for aspect in ("authorization", "authorizer", "scopes") if whole else ():
            found = sorted(route[aspect]) if aspect == "scopes" else route[aspect]
            if found != wanted[aspect]:
                findings.append(f"route {route['key']}: its {aspect} is {found}, in the graph {wanted[aspect]}")
        if route["integration"] in state["integrations"]:
            used[wanted["integration"]].add(route["integration"])
    findings += _integrations(want["integrations"], state["integrations"], used, whole)
    findings += _same_names("stage", want["stages"], state["stages"])
    if whole:
        findings += _same_names("authorizer", want["authorizers"], [name for name, _ in state["authorizers"]])
        for name, kind in state["authorizers"]:
            if want["authorizers"].get(name, {kind}) - {kind}:
                findings.append(f"authorizer {name}: its type is {kind}, its routes are authorized by another")
    return findings


def _integrations(want, have, used, whole):
    """Routes with one integration in the graph have one here; integrations of different functions differ."""
    findings, functions = [], {}
    if whole and len(have) != len(want):
        findings.append(f"{len(have)} integrations exist, in the graph {len(want)}")
    for name, ids in used.items():
        if name not in want:
            findings.append(f"a route calls {name}, which is no integration of the graph")
            continue
        if whole and len(ids) > 1:
            findings.append(f"integration {name}: its routes have {len(ids)} different ones")
        targets = {tuple(have[id].items()) for id in ids}
        if len(targets) > 1:
            findings.append(f"integration {name}: its routes reach different targets: {targets}")
        for found in (have[id] for id in ids):
            for aspect in ("type", "subtype") if whole else ("type",):
                if found[aspect] != want[name][aspect]:
                    findings.append(
                        f"integration {name}: its {aspect} is {found[aspect]}, in the graph {want[name][aspect]}"
                    )
            if function := want[name]["function"]:
                if functions.setdefault(found["uri"], function) != function:
                    findings.append(f"integration {name}: it calls {function}, and {found['uri']} is another function")
    if whole:
        shared = [id for id, count in Counter(id for ids in used.values() for id in ids).items() if count > 1]
        findings += [f"different integrations of the graph are one here: {have[id]}" for id in shared]
    return findings


def _same_names(kind, want, have):
    findings = [f"{kind} {name} is in the graph, not here" for name in want if name not in have]
    findings += [f"{kind} {name} is here, not in the graph" for name in have if name not in want]
    findings += [f"{kind} {name} is here {count} times" for name, count in Counter(have).items() if count > 1]
    return findings
