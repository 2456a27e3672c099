"""What has to exist before what, where CloudFormation cannot see it and a template must say DependsOn."""

import re

# A deployment takes a picture of the API: what it should show has to be there.
SHOWN = {
    "AWS::ApiGateway::Deployment": ("RestApiId", ("Method", "GatewayResponse")),
    "AWS::ApiGatewayV2::Deployment": ("ApiId", ("Route", "RouteResponse", "IntegrationResponse")),
}
STAGES = ("AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Stage")
NAMES_STAGE = {  # kind -> the properties that name an API and one of its stages
    "AWS::ApiGateway::BasePathMapping": ("RestApiId", "Stage"),
    "AWS::ApiGateway::BasePathMappingV2": ("RestApiId", "Stage"),
    "AWS::ApiGatewayV2::ApiMapping": ("ApiId", "Stage"),
}


MODELS = ("AWS::ApiGateway::Model", "AWS::ApiGatewayV2::Model")
NAMES_MODEL = (*MODELS, "AWS::ApiGateway::Method", "AWS::ApiGatewayV2::Route")


def findings(stack, names):
    """The resources of a stack that may be made too early."""
    resources = {name: stack.resources[name] for name in names}
    kinds = {name: resource["Type"] for name, resource in resources.items()}
    properties = {name: resource.get("Properties") or {} for name, resource in resources.items()}
    stages = [
        (name, properties[name].get("RestApiId") or properties[name].get("ApiId"), properties[name].get("StageName"))
        for name in names
        if kinds[name] in STAGES
    ]

    models = {properties[name].get("Name"): name for name in names if kinds[name] in MODELS}

    def late(name, others):
        return [f"{name} does not wait for {other}" for other in others if other not in stack.before(name)]

    for name in names:
        if kinds[name] in NAMES_MODEL:
            named = _models(properties[name])
            yield from late(name, [models[model] for model in sorted(named & models.keys()) if models[model] != name])
        if kinds[name] in SHOWN:
            key, parts = SHOWN[kinds[name]]
            prefix = kinds[name].rpartition("::")[0]
            shown = [f"{prefix}::{part}" for part in parts]
            api = properties[name].get(key)
            parts = [other for other in names if kinds[other] in shown and properties[other].get(key) == api]
            nested = [
                other
                for other in names
                if kinds[other] == "AWS::CloudFormation::Stack"
                and api in properties[other].get("Parameters", {}).values()
                and name not in stack.before(other)
            ]
            yield from late(name, [*parts, *nested])
        elif kinds[name] in NAMES_STAGE or kinds[name] == "AWS::ApiGateway::UsagePlan":
            keys = NAMES_STAGE.get(kinds[name], ("ApiId", "Stage"))
            for place in properties[name].get("ApiStages", [properties[name]]):
                api, stage = (place.get(key) for key in keys)
                known = [other for other, of, called in stages if of == api and stage in (called, {"Ref": other})]
                yield from late(name, known)
        elif kinds[name] == "AWS::WAFv2::WebACLAssociation" and stages:
            if not stack.before(name) & {stage for stage, _, _ in stages}:
                yield f"{name} does not wait for a stage"
        elif kinds[name] in STAGES and _logs(stack, properties[name]):
            yield from late(name, [other for other in names if kinds[other] == "AWS::ApiGateway::Account"])


def _models(properties):
    """The names of models in a model's schema, or those that a method or a route has."""
    methods = (properties, *properties.get("MethodResponses", []))
    mentioned = [each.get(key) or {} for each in methods for key in ("RequestModels", "ResponseModels")]
    return {
        *re.findall(r"/models/(\w+)", str(properties.get("Schema"))),
        *(model for models in mentioned for model in models.values() if isinstance(model, str)),
    }


def _logs(stack, stage):
    """Whether a stage writes logs for which the account needs a role: HTTP APIs do not."""
    api = stage.get("ApiId", {})
    if isinstance(api, dict) and "Ref" in api:
        kind = stack.resources.get(api["Ref"], {}).get("Properties", {}).get("ProtocolType")
        if kind != "WEBSOCKET":
            return False
    return any(key in str(stage) for key in ("AccessLogSetting", "LoggingLevel"))
