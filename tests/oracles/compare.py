"""The API that a deployment left behind, against the graph that `gatewright graph --format json` printed."""

from collections import Counter, defaultdict

# The type of an authorizer -> the authorization of its routes.
AUTHORIZATION_OF = {"JWT": "JWT", "REQUEST": "CUSTOM", "TOKEN": "CUSTOM", "COGNITO_USER_POOLS": "COGNITO_USER_POOLS"}
ALWAYS = ("authorization", "authorizer", "scopes")
ASPECTS = {  # what is compared of each route
    "http": ALWAYS,
    "rest": (*ALWAYS, "apiKeyRequired", "models"),
    "websocket": (*ALWAYS, "apiKeyRequired", "models", "response"),
}
NAMED = {"model": "models", "api-key": "apiKeys", "gateway-response": "gatewayResponses"}  # node -> part of the state


def expected(graph):
    """The listing in the graph. Edges are read by the kinds of their ends, whatever they are called."""
    nodes = {node["id"]: node for node in graph["nodes"]}
    near = defaultdict(lambda: defaultdict(list))  # id -> kind -> ids next to it
    for edge in graph["edges"]:
        near[edge["from"]][nodes[edge["to"]]["kind"]].append(edge["to"])
        near[edge["to"]][nodes[edge["from"]]["kind"]].append(edge["from"])

    def of_kind(kind):
        return [node for node in graph["nodes"] if node["kind"] == kind]

    def names(ids):
        return sorted({nodes[id]["name"] for id in ids})

    def name(ids):
        return nodes[ids[0]]["name"] if ids else None

    return {
        "routes": {
            node["name"]: {
                "authorization": node["detail"]["authorization"],
                "authorizer": name(near[node["id"]]["authorizer"]),
                "scopes": sorted(node["detail"].get("scopes") or []),
                "integration": name(near[node["id"]]["integration"]),
                "apiKeyRequired": node["detail"].get("apiKeyRequired", False),
                "models": names(near[node["id"]]["model"]),
                "response": node["detail"].get("response", False),
            }
            for node in of_kind("route")
        },
        "integrations": {
            node["name"]: {
                "type": node["detail"].get("type"),
                "subtype": node["detail"].get("subtype"),
                "uri": node["detail"].get("uri"),
                "function": name(near[node["id"]]["function"]),
            }
            for node in of_kind("integration")
        },
        "authorizers": {
            node["name"]: {nodes[route]["detail"]["authorization"] for route in near[node["id"]]["route"]}
            for node in of_kind("authorizer")
        },
        "stages": [node["name"] for node in of_kind("stage")],
        "usagePlans": {
            node["name"]: {
                "stages": names(near[node["id"]]["stage"]),
                "keys": names(near[node["id"]]["api-key"]),
                **{limit: node["detail"][limit] for limit in ("rate", "burst") if limit in node["detail"]},
            }
            for node in of_kind("usage-plan")
        },
        **{part: [node["name"] for node in of_kind(kind)] for kind, part in NAMED.items()},
        "names": {
            _plain(text): node["name"]
            for kind in ("api-key", "usage-plan")
            for node in of_kind(kind)
            for api in of_kind("api")
            for text in (node["name"], f"{api['name']}{node['name']}", f"{node['name']}{kind}")
        },
    }


def compare(graph, state, layout):
    """Every difference, as a sentence.

    From the body of an HTTP API moto imports routes and the types and URIs of integrations only. In a REST API each
    method has an integration of its own, and CORS adds methods and gateway responses that the graph does not list.
    """
    want, kind = expected(graph), state["kind"]
    state = _as_in_graph(state, want["names"])
    whole = kind != "http" or layout == "resources"
    routes = [route for route in state["routes"] if route["key"] in want["routes"] or not _preflight(route, state)]
    findings = _same_names("route", want["routes"], [route["key"] for route in routes])
    used = defaultdict(set)  # integration in the graph -> ids of those that its routes have
    for route in routes:
        if (wanted := want["routes"].get(route["key"])) is None:
            continue
        for aspect in ASPECTS[kind] if whole else ():
            if route[aspect] != wanted[aspect]:
                findings.append(f"route {route['key']}: its {aspect} is {route[aspect]}, in the graph {wanted[aspect]}")
        if route["integration"] in state["integrations"]:
            used[wanted["integration"]].add(route["integration"])
        elif wanted["integration"]:
            findings.append(f"route {route['key']}: it calls nothing, in the graph {wanted['integration']}")
    findings += _integrations(want["integrations"], state["integrations"], used, kind, whole)
    findings += _same_names("stage", want["stages"], state["stages"])
    if whole:
        findings += _same_names("authorizer", want["authorizers"], [name for name, _ in state["authorizers"]])
        for name, type_ in state["authorizers"]:
            if want["authorizers"].get(name, set()) - {AUTHORIZATION_OF[type_]}:
                findings.append(f"authorizer {name}: its type is {type_}, its routes are authorized by another")
    for node, part in NAMED.items():
        if part in state:
            unlisted = state["corsResponses"] if node == "gateway-response" else []
            findings += _same_names(
                node, want[part], [name for name in state[part] if name in want[part] or name not in unlisted]
            )
    return findings + _usage_plans(want["usagePlans"], state["usagePlans"])


def _as_in_graph(state, names):
    """The state with the graph's names of keys and plans: in an account they bear the API's, or a logical id."""

    def name(text):
        return names.get(_plain(text), text)

    plans = {
        name(plan): {**limits, "keys": sorted(map(name, limits["keys"]))}
        for plan, limits in state.get("usagePlans", {}).items()
    }
    keys = {"apiKeys": [name(key) for key in state["apiKeys"]]} if "apiKeys" in state else {}
    return {**state, **keys, "usagePlans": plans}


def _plain(text):
    return "".join(filter(str.isalnum, text)).lower()


def _preflight(route, state):
    """Whether a method is the answer to a preflight, which a REST API needs and the graph does not list."""
    return (
        state["kind"] == "rest"
        and route["key"].startswith("OPTIONS ")
        and (route["authorization"], route["apiKeyRequired"]) == ("NONE", False)
        and state["integrations"].get(route["key"], {}).get("type") == "MOCK"
    )


def _integrations(want, have, used, kind, whole):
    """Routes with one integration in the graph have one here; integrations of different functions differ."""
    findings, functions = [], {}
    own = kind == "rest"
    if whole and not own and len(have) != len(want):
        findings.append(f"{len(have)} integrations exist, in the graph {len(want)}")
    for name, ids in used.items():
        if name not in want:
            findings.append(f"a route calls {name}, which is no integration of the graph")
            continue
        if whole and not own and len(ids) > 1:
            findings.append(f"integration {name}: its routes have {len(ids)} different ones")
        targets = {tuple(have[id].items()) for id in ids}
        if len(targets) > 1:
            findings.append(f"integration {name}: its routes reach different targets: {targets}")
        for found in (have[id] for id in ids):
            for aspect in ("type", "subtype") if whole and not own else ("type",):
                if found[aspect] != want[name][aspect]:
                    findings.append(
                        f"integration {name}: its {aspect} is {found[aspect]}, in the graph {want[name][aspect]}"
                    )
            if (url := want[name]["uri"]) and found["uri"] != url:
                findings.append(f"integration {name}: it calls {found['uri']}, in the graph {url}")
            if function := want[name]["function"]:
                if functions.setdefault(found["uri"], function) != function:
                    findings.append(f"integration {name}: it calls {function}, and {found['uri']} is another function")
    findings += [f"integration {name} is in the graph, and no route here calls it" for name in want if name not in used]
    if whole:
        shared = [id for id, count in Counter(id for ids in used.values() for id in ids).items() if count > 1]
        findings += [f"different integrations of the graph are one here: {have[id]}" for id in shared]
    return findings


def _usage_plans(want, have):
    """The stages and keys of each plan, and what the graph says of its limits."""
    findings = _same_names("usage plan", want, list(have))
    for name in want.keys() & have.keys():
        for aspect, wanted in want[name].items():
            if (found := have[name][aspect]) != wanted:
                findings.append(f"usage plan {name}: its {aspect} is {found}, in the graph {wanted}")
    return findings


def _same_names(kind, want, have):
    findings = [f"{kind} {name} is in the graph, not here" for name in want if name not in have]
    findings += [f"{kind} {name} is here, not in the graph" for name in have if name not in want]
    findings += [f"{kind} {name} is here {count} times" for name, count in Counter(have).items() if count > 1]
    return findings
