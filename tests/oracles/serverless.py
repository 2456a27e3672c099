"""What the Serverless Framework packages, against what `gatewright graph` read of the same file.

serverless.py GATEWRIGHT SHARED [FILE...]: a few files of the corpus in SHARED, others by their paths there, or `--all`.
serverless.py --self-test: can it fail?

Compared are routes, their authorization and authorizers, and CORS. The framework runs offline: plugins are left out and
variables that are known elsewhere are stubs, so that a file in which they decide about events may be skipped; it says so.
"""

import csv
import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# A few that differ most from one another: all of them take minutes.
CHOSEN = (
    "0xh+oauth-api/serverless.yml",
    "dherault+serverless-offline/tests__manual__websocket__main__scripts__serverless..yml",
    "serverless+examples/aws-node-auth0-cognito-custom-authorizers-api__serverless.yml",
    "serverless+examples/aws-node-http-api-dynamodb__serverless.yml",
    "serverless+serverless/test__fixtures__programmatic__api-gateway-extended__serverless.yml",
    "serverless+serverless/test__fixtures__programmatic__http-api-catch-all__serverless.yml",
    "serverless+serverless/test__fixtures__programmatic__websocket-external-auth__serverless.yml",
)


def graphs(text):
    """All objects of a text that holds one after another."""
    decoder = json.JSONDecoder()
    while text := text.lstrip():
        value, end = decoder.raw_decode(text)
        yield value
        text = text[end:]


def ours(graph):
    """The APIs in a graph: kind -> routes and CORS."""
    nodes = {node["id"]: node for node in graph["nodes"]}
    owner = {e["from"]: e["to"] for e in graph["edges"] if e["kind"] == "belongs-to"}
    apis = {}
    for id, node in nodes.items():
        if node["kind"] == "api":
            cors = node["detail"].get("cors")
            apis[id] = {"kind": node["detail"]["type"], "routes": {}, "cors": cors and {k: set(v) for k, v in cors.items()}}
    for id, node in nodes.items():
        if node["kind"] == "route" and id in owner:
            detail = node["detail"]
            apis[owner[id]]["routes"][node["name"]] = (detail.get("authorization"), detail.get("authorizer"))
    return apis.values()


def quoted(value):
    return set(value.strip("'").split(","))


def theirs(template):
    """The APIs in a template of the framework: kind -> routes and CORS."""
    resources = template["Resources"]

    def of_type(kind):
        return {id: it.get("Properties", {}) for id, it in resources.items() if it["Type"] == kind}

    def ref(value):
        if not isinstance(value, dict):
            return None
        of, *attribute = value.get("Fn::GetAtt", [None])
        return value.get("Ref") or (of if attribute == ["ResourceId"] else None)

    authorizers = {**of_type("AWS::ApiGateway::Authorizer"), **of_type("AWS::ApiGatewayV2::Authorizer")}

    def authorization(it):
        of = ref(it.get("AuthorizerId"))
        kind = it.get("AuthorizationType", "NONE")
        return kind, authorizers.get(of, {}).get("Name", of) if kind not in ("NONE", "AWS_IAM") else None

    parts = of_type("AWS::ApiGateway::Resource")

    def path(id):
        names = []
        while ref(id) in parts:
            names.append(parts[ref(id)]["PathPart"])
            id = parts[ref(id)]["ParentId"]
        return "/" + "/".join(reversed(names))

    rest, cors = {}, []
    names = {"allowOrigins": "Origin", "allowMethods": "Methods", "allowHeaders": "Headers"}
    for method in of_type("AWS::ApiGateway::Method").values():
        answers = (method.get("Integration") or {}).get("IntegrationResponses") or [{}]
        headers = answers[0].get("ResponseParameters") or {}
        prefix = "method.response.header.Access-Control-Allow-"
        if method["HttpMethod"] == "OPTIONS" and f"{prefix}Origin" in headers:
            cors.append({name: quoted(headers[f"{prefix}{it}"]) for name, it in names.items()})
        else:
            rest[f"{method['HttpMethod']} {path(method['ResourceId'])}"] = authorization(method)
    if rest:
        # Headers and methods of all paths are one policy, unless the paths are for different origins.
        same = len({frozenset(it["allowOrigins"]) for it in cors}) == 1
        united = {name: set().union(*(it[name] for it in cors)) for name in names} if same else None
        yield {"kind": "REST", "routes": rest, "cors": united}
    for id, api in of_type("AWS::ApiGatewayV2::Api").items():
        routes = {it["RouteKey"]: authorization(it) for it in of_type("AWS::ApiGatewayV2::Route").values() if ref(it["ApiId"]) == id}
        cors = api.get("CorsConfiguration")
        cors = cors and {name: set(cors[f"Allow{it}" if it != "Origin" else "AllowOrigins"]) for name, it in names.items()}
        yield {"kind": api["ProtocolType"], "routes": routes, "cors": cors}


def differences(read, packaged):
    read, packaged = ({it["kind"]: it for it in apis} for apis in (read, packaged))
    for kind in sorted(read.keys() | packaged.keys()):
        if kind not in read or kind not in packaged:
            # An API without routes is none for the framework.
            if (read.get(kind) or packaged[kind])["routes"]:
                yield f"{kind}: only {'the framework' if kind in packaged else 'Gatewright'} has it"
            continue
        a, b = read[kind], packaged[kind]
        for key in sorted(a["routes"].keys() | b["routes"].keys()):
            if a["routes"].get(key) != b["routes"].get(key):
                yield f"{kind} {key}: read {a['routes'].get(key)}, packaged {b['routes'].get(key)}"
        if a["cors"] != b["cors"]:
            yield f"{kind} CORS: read {a['cors']}, packaged {b['cors']}"


def judge(gatewright, shared, file):
    """The differences in one file; `None` if the framework does not package it."""
    source = shared / "corpus" / "serverless" / file
    with tempfile.TemporaryDirectory() as folder:
        packaged = Path(folder) / "template.json"
        run = subprocess.run([shared / "oracles" / "sls-package.sh", source, packaged], capture_output=True, text=True)
        if not packaged.exists():
            return None, run.stdout.strip()
        template = json.loads(packaged.read_text())
    text = subprocess.run([gatewright, "graph", source, "--format", "json"], capture_output=True, text=True).stdout
    read = [api for graph in graphs(text) for api in ours(graph)]
    return list(differences(read, list(theirs(template)))), ""


def self_test():
    """A route, an authorizer, the policy: each change must be seen."""
    path = {"PathPart": "a", "ParentId": {"Fn::GetAtt": ["Api", "RootResourceId"]}}
    method = {"HttpMethod": "GET", "ResourceId": {"Ref": "A"}, "AuthorizationType": "CUSTOM", "AuthorizerId": {"Ref": "Auth"}}
    header = "method.response.header.Access-Control-Allow-"
    answer = {"ResponseParameters": {f"{header}Origin": "'*'", f"{header}Methods": "'GET'", f"{header}Headers": "'x'"}}
    preflight = {"HttpMethod": "OPTIONS", "ResourceId": {"Ref": "A"}, "Integration": {"IntegrationResponses": [answer]}}
    types = {"A": ("Resource", path), "Get": ("Method", method), "Options": ("Method", preflight), "Auth": ("Authorizer", {"Name": "auth"})}
    template = {"Resources": {id: {"Type": f"AWS::ApiGateway::{kind}", "Properties": it} for id, (kind, it) in types.items()}}
    route = {"id": "r", "kind": "route", "name": "GET /a", "detail": {"authorization": "CUSTOM", "authorizer": "auth"}}
    cors = {"allowOrigins": ["*"], "allowMethods": ["GET"], "allowHeaders": ["x"]}
    api = {"id": "a", "kind": "api", "name": "a", "detail": {"type": "REST", "cors": cors}}

    def found(**changes):
        nodes = [{**api, "detail": {**api["detail"], **changes.get("api", {})}}, {**route, **changes.get("route", {})}]
        graph = {"nodes": nodes, "edges": [{"from": "r", "to": "a", "kind": "belongs-to"}]}
        return list(differences(list(ours(graph)), list(theirs(template))))

    assert not found(), found()
    for change in ({"route": {"name": "GET /b"}}, {"route": {"detail": {"authorization": "NONE"}}},
                   {"api": {"cors": None}}, {"api": {"cors": {**cors, "allowOrigins": ["https://a"]}}}, {"api": {"type": "HTTP"}}):
        assert found(**change), change
    print("serverless: every change is seen")
    return 0


def main(gatewright, shared=None, *files):
    if gatewright == "--self-test":
        return self_test()
    shared = Path(shared).resolve()
    if files == ("--all",):
        with open(shared / "corpus" / "INDEX.tsv") as table:
            rows = csv.DictReader(table, delimiter="\t")
            files = [row["path"].removeprefix("serverless/") for row in rows if row["format"] == "serverless"]
    files = files or CHOSEN
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda file: judge(Path(gatewright).resolve(), shared, file), files))
    failed = skipped = 0
    for file, (found, why) in zip(files, results):
        if found is None:
            skipped += 1
            print(f"{file}: not packaged: {why}")
        for difference in found or ():
            print(f"{file}: {difference}")
        failed += bool(found)
    print(f"{len(files)} files: {len(files) - failed - skipped} agree, {failed} differ, {skipped} are not packaged")
    return 1 if failed or skipped == len(files) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
