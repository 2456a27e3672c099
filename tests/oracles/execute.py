"""execute.py ENDPOINT TEMPLATE REQUESTS: makes a REST API in a LocalStack, sends requests, and compares the answers.

REQUESTS is a YAML list of
    - request: { method: POST, path: /orders, headers: {}, body: {}, apiKey: partner, stage: prod }
      backend: { status: 201, headers: {}, body: {} }
      response: { status: 201, headers: {}, body: {} }
The method is GET unless given, and the stage the first. A body is text or JSON; JSON in a response may have more
keys than are given, and headers too. `apiKey` is the name of a key of the API. HTTP integrations call a server of
this program instead of their host: it answers with `backend`, or with the request that it got:
{ method, path, query, headers, body }, the names of headers in small letters.
Exits with 1 when an answer is another.
execute.py ENDPOINT: tries the controls, answers that have to be found right and answers that have to be found wrong.
"""

import http.server
import json
import re
import sys
import tempfile
import threading
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import cfn
import controls_execution
import controls_rest
from deploy import Deployment


class Backend(http.server.BaseHTTPRequestHandler):
    """The host of every HTTP integration."""

    answer = None  # what the running case wants it to answer

    def handle_any(self):
        """Answers one request."""
        address = urllib.parse.urlsplit(self.path)
        seen = {
            "method": self.command,
            "path": address.path,
            "query": dict(urllib.parse.parse_qsl(address.query)),
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode(),
        }
        answer = type(self).answer or {"body": seen}
        body = as_bytes(answer.get("body", ""))
        self.send_response(answer.get("status", 200))
        for name, value in {"Content-Type": "application/json", **answer.get("headers", {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = do_OPTIONS = do_HEAD = handle_any

    def log_message(self, *_):
        """Says nothing."""


def execute(endpoint, template, cases):
    """Yields (case, findings)."""
    deployment = Deployment(endpoint)
    deployment.run(template, {})
    yield f"{template.name}: {deployment.made} resources made in LocalStack", deployment.findings
    client = deployment.rest.client
    (api,) = [each["id"] for each in client.get_rest_apis(limit=500)["items"]]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Backend)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        stages = [stage["stageName"] for stage in client.get_stages(restApiId=api)["item"]]
        redirect(client, api, stages, f"http://127.0.0.1:{server.server_port}")
        keys = {key["name"]: key["value"] for key in client.get_api_keys(includeValues=True, limit=500)["items"]}
        for case in cases:
            request = {"method": "GET", "stage": stages[0], **case["request"]}
            Backend.answer = case.get("backend")
            try:
                found = [*differences(case["response"], send(f"{endpoint}/_aws/execute-api/{api}", request, keys))]
            except OSError as error:
                found = [f"no answer: {error}"]
            yield f"{request['method']} {request['path']} answers {case['response'].get('status', 200)}", found
    finally:
        server.shutdown()
        for domain in client.get_domain_names(limit=500)["items"]:
            client.delete_domain_name(domainName=domain["domainName"])
        for plan in client.get_usage_plans(limit=500)["items"]:
            client.delete_usage_plan(usagePlanId=plan["id"])
        for key in client.get_api_keys(limit=500)["items"]:
            client.delete_api_key(apiKey=key["id"])
        client.delete_rest_api(restApiId=api)


def redirect(client, api, stages, backend):
    """Has every HTTP integration call another host, and deploys that."""
    for resource in client.get_resources(restApiId=api, limit=500, embed=["methods"])["items"]:
        for method, details in (resource.get("resourceMethods") or {}).items():
            integration = details.get("methodIntegration") or {}
            if integration.get("type") in ("HTTP", "HTTP_PROXY"):
                uri = re.sub(r"^https?://[^/]*", backend, integration["uri"])
                client.update_integration(
                    restApiId=api,
                    resourceId=resource["id"],
                    httpMethod=method,
                    patchOperations=[{"op": "replace", "path": "/uri", "value": uri}],
                )
    for stage in stages:
        client.create_deployment(restApiId=api, stageName=stage)


def send(url, request, keys):
    """(status, headers, body) of the answer to a request."""
    headers = {name: str(value) for name, value in request.get("headers", {}).items()}
    body = as_bytes(request["body"]) if "body" in request else None
    if body is not None and "content-type" not in map(str.lower, headers):
        headers["Content-Type"] = "application/json"
    if "apiKey" in request:
        headers["x-api-key"] = keys[request["apiKey"]]
    sent = urllib.request.Request(f"{url}/{request['stage']}{request['path']}", body, headers, method=request["method"])
    try:
        with urllib.request.urlopen(sent, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def differences(want, have):
    """What is other in an answer than expected."""
    status, headers, body = have
    if status != want.get("status", 200):
        yield f"its status is {status}, not {want.get('status', 200)}: {body[:300]}"
    for name, value in want.get("headers", {}).items():
        if headers.get(name) != str(value):
            yield f"its header {name} is {headers.get(name)!r}, not {value!r}"
    if "body" in want and not holds(want["body"], body if isinstance(want["body"], str) else as_json(body)):
        yield f"its body is {body[:600]}"


def holds(want, have):
    """Whether JSON has everything that is wanted."""
    if isinstance(want, dict):
        return isinstance(have, dict) and all(key in have and holds(item, have[key]) for key, item in want.items())
    if isinstance(want, list):
        return isinstance(have, list) and len(want) == len(have) and all(map(holds, want, have))
    return want == have


def as_bytes(body):
    """A body as it is sent: text stays, anything else is JSON."""
    return (body if isinstance(body, str) else json.dumps(body)).encode()


def as_json(body):
    """A body as JSON; None where it is something else."""
    try:
        return json.loads(body)
    except ValueError:
        return None


def controls(endpoint):
    """Yields (control, findings) for both layouts of a small API."""
    with tempfile.TemporaryDirectory() as folder:
        for text in (controls_rest.RESOURCES, controls_rest.BODY):
            template = Path(folder) / "template.yaml"
            template.write_text(text, encoding="utf-8")
            yield from execute(endpoint, template, controls_execution.CASES)
            _, *found = execute(endpoint, template, controls_execution.wrong())
            for subject, findings in found:
                yield f"not what it {subject}", [] if findings else ["nothing was found"]


def main(arguments):
    """The exit code."""
    endpoint, *files = arguments
    judgements = controls(endpoint)
    if files:
        template, requests = map(Path, files)
        try:
            judgements = execute(endpoint, template, cfn.read(requests, short_tags=False))
        except (OSError, cfn.TemplateError) as error:
            judgements = [(requests.name, [str(error)])]
    clean = True
    for subject, findings in judgements:
        print("FAIL" if findings else "ok  ", subject, flush=True)
        for finding in findings:
            print("     -", finding)
        clean = clean and not findings
    return 0 if clean else 1


if __name__ == "__main__":
    if len(sys.argv) not in (2, 4):
        print(__doc__, end="", file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1:]))
