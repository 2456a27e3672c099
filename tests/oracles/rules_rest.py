"""What API Gateway refuses, or serves badly, in a REST API that moto accepts."""

import re

VERBS = ("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
PASSTHROUGH = (None, "NEVER", "WHEN_NO_MATCH", "WHEN_NO_TEMPLATES")
LEVELS = (None, "ERROR", "INFO", "OFF")
BUILT_IN_MODELS = ("Empty", "Error")
DECLARED = re.compile(r"method\.request\.(?:path|querystring|header)\.[^.]+")


def methods(resources):
    """The methods of an API by `METHOD /path`."""
    return {
        f"{verb} {resource['path']}": method
        for resource in resources.values()
        for verb, method in (resource.get("resourceMethods") or {}).items()
    }


def findings(api):
    """Every rule that the parts of one API break among each other."""
    found = list(_tree(api["resources"].values()))
    for key, method in methods(api["resources"]).items():
        if key.split()[0] not in VERBS:
            found.append(f"method {key}: there is no such method")
        found += [f"method {key}: {what}" for what in _method(method, api)]
        found += [f"method {key}: {what}" for what in _integration(method)]
    if is_private(api["api"]) and not api["api"].get("policy"):
        found.append("the API is private and has no policy: it cannot be deployed")
    for stage in api["stages"]:
        found += [f"stage {stage['stageName']}: {what}" for what in _stage(stage, api)]
    return found


def is_private(api):
    """Whether an API is reached through VPC endpoints only."""
    return api["endpointConfiguration"]["types"] == ["PRIVATE"]


def _tree(resources):
    """Siblings have different names, and one variable at most; nothing is below a greedy variable."""
    children = {}
    for resource in resources:
        if parent := resource.get("parentId"):
            children.setdefault(parent, []).append(resource["pathPart"])
    for resource in resources:
        parts = children.get(resource["id"], [])
        if len(set(parts)) < len(parts):
            yield f"resource {resource['path']}: two of its children have one name: {parts}"
        if sum(part.startswith("{") for part in set(parts)) > 1:
            yield f"resource {resource['path']}: more than one of its children is a variable: {parts}"
        if parts and resource.get("pathPart", "").endswith("+}"):
            yield f"resource {resource['path']}: it is greedy and has children: {parts}"


def _method(method, api):
    wanted = {"COGNITO_USER_POOLS": ["COGNITO_USER_POOLS"], "CUSTOM": ["TOKEN", "REQUEST"], "JWT": ["JWT"]}
    authorization, authorizer = method.get("authorizationType", "NONE"), method.get("authorizerId")
    kind = api["authorizers"].get(authorizer, {}).get("type")
    if authorization not in ("NONE", "AWS_IAM", *wanted):
        yield f"there is no authorization {authorization!r}"
    elif authorization in wanted and kind not in wanted[authorization]:
        yield f"its authorization is {authorization}, and its authorizer {authorizer!r} is {kind or 'none of this API'}"
    elif authorizer and authorization not in wanted:
        yield f"it has an authorizer, and its authorization is {authorization}"
    if validator := method.get("requestValidatorId"):
        if validator not in api["validators"]:
            yield f"its validator {validator!r} is none of this API"
    responses = (method.get("methodResponses") or {}).values()
    for models in (method.get("requestModels"), *(response.get("responseModels") for response in responses)):
        for model in (models or {}).values():
            if model not in (*BUILT_IN_MODELS, *api["models"]):
                yield f"its model {model!r} is none of this API"


def _integration(method):
    """An integration exists, Lambda is called by POST, and what is mapped is declared."""
    integration = method.get("methodIntegration")
    if integration is None:
        yield "it has no integration"
        return
    if integration.get("passthroughBehavior") not in PASSTHROUGH:
        yield f"its passthrough behaviour {integration['passthroughBehavior']!r} is none of {PASSTHROUGH[1:]}"
    if ":lambda:path/" in (integration.get("uri") or "") and integration.get("httpMethod") != "POST":
        yield f"it calls a function by {integration.get('httpMethod')}, and Lambda takes POST only"
    for target, source in (integration.get("requestParameters") or {}).items():
        if DECLARED.fullmatch(source) and source not in (method.get("requestParameters") or {}):
            yield f"{target} is mapped from {source}, which it does not declare"
    declared = method.get("methodResponses") or {}
    replies = integration.get("integrationResponses") or {}
    if not integration["type"].endswith("_PROXY") and all(reply.get("selectionPattern") for reply in replies.values()):
        yield "it has no default response, and fails where no other matches"
    if integration["type"] == "MOCK" and "statusCode" not in str(integration.get("requestTemplates")):
        yield "it is a MOCK, and no template says which status code it answers"
    for status, reply in replies.items():
        if status not in declared:
            yield f"its integration answers {status}, which is no response of the method"
            continue
        for target in reply.get("responseParameters") or {}:
            if target not in (declared[status].get("responseParameters") or {}):
                yield f"response {status}: {target} is mapped and not declared"


def _stage(stage, api):
    if stage["deploymentId"] not in api["deployments"]:
        yield f"its deployment {stage['deploymentId']!r} is none of this API"
    known = [
        f"{'~1' + resource['path'][1:].replace('/', '~1')}/{verb}"
        for resource in api["resources"].values()
        for verb in resource.get("resourceMethods") or {}
    ]
    for place, settings in (stage.get("methodSettings") or {}).items():
        if settings.get("loggingLevel") not in LEVELS:
            yield f"its logging level {settings['loggingLevel']!r} is none of {LEVELS[1:]}"
        if place != "*/*" and place not in known:
            yield f"it has settings for {place}, which is no method of this API"
