"""A deployment that never leaves the machine: a template's resources, made by real control-plane calls against moto."""

from moto import mock_aws

import order
from cfn import Stack, TemplateError
from deploy_rest import Rest
from deploy_v2 import V2, Stubs
from service import NOT_IN_MOTO


def deploy(template):
    """Deploys a template: what was found, made and left aside, and the API that exists afterwards."""
    with mock_aws():
        deployment = Deployment()
        deployment.run(template, {})
        return deployment, deployment.state()


class Deployment:
    """What a run has found and made. An endpoint is a server of REST APIs that takes the place of moto."""

    def __init__(self, endpoint=None):
        self.findings = []
        self.made = 0
        self.lacking = []  # the resources of types that moto lacks
        self.rest = Rest(self.findings, endpoint)
        self.v2 = V2(self.findings, self.rest) if endpoint is None else Stubs()

    def run(self, template, parameters):
        """Makes the resources of one template, and of the templates nested in it; returns its outputs."""
        try:
            stack = Stack(template, parameters)
            names = stack.in_order()
        except (OSError, TemplateError) as error:
            self.findings.append(f"{template.name}: {error}")
            return {}
        for name in names:
            try:
                self.make(stack, name, stack.resources[name]["Type"])
            except Exception as error:  # whatever a call objects to, moto's own errors included
                self.findings.append(f"{template.name}: {name}: {type(error).__name__}: {error}")
        self.findings += [f"{template.name}: {finding}" for finding in order.findings(stack, names)]
        outputs = {}
        for name, output in (stack.template.get("Outputs") or {}).items():
            try:
                if stack.holds(output.get("Condition", True)):
                    outputs[name] = stack.value(output["Value"])
            except TemplateError as error:
                self.findings.append(f"{template.name}: output {name}: {error}")
        return outputs

    def make(self, stack, name, kind):
        """Makes one resource; those of services that nothing here judges stay stubs."""
        service, _, short = kind.rpartition("::")
        maker = {"AWS::ApiGateway": self.rest, "AWS::ApiGatewayV2": self.v2}.get(service)
        if kind == "AWS::CloudFormation::Stack":
            properties = stack.value(stack.resources[name]["Properties"])
            outputs = self.run(stack.path.parent / properties["TemplateURL"], properties.get("Parameters"))
            stack.attributes[name] = {f"Outputs.{key}": value for key, value in outputs.items()}
        elif maker is not None:
            properties = stack.value(stack.resources[name].get("Properties") or {})
            stack.ids[name], stack.attributes[name] = maker.make(short, properties, name)
            self.made += 1
            if kind in NOT_IN_MOTO:
                self.lacking.append(f"{name} ({kind})")

    def state(self):
        """The API that exists now, in plain terms (see compare.py); None unless there is exactly one."""
        try:
            states = [*self.rest.states(), *self.v2.states()]
        except Exception as error:  # moto cannot list what hangs in the air
            self.findings.append(f"what exists cannot be listed: {type(error).__name__}: {error}")
            return None
        if len(states) != 1:
            self.findings.append(f"one API should exist, and {len(states)} do")
            return None
        (state,) = states
        if state["kind"] == "http":
            return state
        return state | self.rest.metering(state["id"], state["stages"])
