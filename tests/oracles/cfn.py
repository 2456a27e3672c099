"""CloudFormation in Python: reading templates with their short tags, and working out what the intrinsics yield."""

import base64
import json
import re
from pathlib import Path

import yaml

ACCOUNT, REGION = "123456789012", "us-east-1"
PSEUDO_PARAMETERS = {
    "AWS::AccountId": ACCOUNT,
    "AWS::NotificationARNs": [],
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::StackId": f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/stack/0",
    "AWS::StackName": "stack",
    "AWS::URLSuffix": "amazonaws.com",
}
NO_VALUE = object()  # what !Ref AWS::NoValue yields: the property is left out


class TemplateError(Exception):
    """The template cannot mean anything: an unknown name, a cycle, a tag where none is understood."""


class Strict(yaml.SafeLoader):
    """YAML without short tags, where a repeated key is an error and a date stays a string."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, _ in node.value:
            if key.tag != "tag:yaml.org,2002:merge" and key.value in seen:
                raise TemplateError(f"line {key.start_mark.line + 1}: the key {key.value!r} is there twice")
            seen.add(key.value)
        return super().construct_mapping(node, deep)


Strict.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class Tagged(Strict):
    """The same with CloudFormation's short tags, each read as its long form."""


def _long_form(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        if suffix == "GetAtt":
            value = value.split(".", 1)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {suffix if suffix in ("Ref", "Condition") else "Fn::" + suffix: value}


Tagged.add_multi_constructor("!", _long_form)


def read(path, short_tags=True):
    """The document in a YAML or JSON file."""
    try:
        return yaml.load(Path(path).read_text(encoding="utf-8"), Loader=Tagged if short_tags else Strict)
    except yaml.YAMLError as error:
        raise TemplateError(f"{Path(path).name}: {error}") from error


def intrinsic(value):
    """(name, argument) of an intrinsic function, else None."""
    if isinstance(value, dict) and len(value) == 1:
        ((name, argument),) = value.items()
        if name in ("Ref", "Condition") or str(name).startswith("Fn::"):
            return name, argument
    return None


def references(value):
    """Every name that a part of a template refers to, also through DependsOn and inside Fn::Sub."""
    if isinstance(value, list):
        return {name for item in value for name in references(item)}
    if not isinstance(value, dict):
        return set()
    found = set()
    for key, item in value.items():
        if key == "Ref":
            found.add(item)
        elif key == "Fn::GetAtt":
            found.add(item.split(".")[0] if isinstance(item, str) else item[0])
        elif key == "DependsOn":
            found.update([item] if isinstance(item, str) else item)
        else:
            if key == "Fn::Sub":
                text = item if isinstance(item, str) else item[0]
                found.update(name.strip().split(".")[0] for name in re.findall(r"\$\{([^!}][^}]*)\}", text))
            found |= references(item)
    return found


class Stack:
    """A template with its parameters, and what is known of its resources so far."""

    def __init__(self, path, parameters=None):
        self.path = Path(path)
        self.template = read(path)
        self.resources = self.template.get("Resources") or {}
        self.parameters = {
            name: (parameters or {}).get(name, _stub(name, declared))
            for name, declared in (self.template.get("Parameters") or {}).items()
        }
        self.ids = {}  # logical id -> what Ref yields
        self.attributes = {}  # logical id -> {attribute: value}

    def in_order(self):
        """The resources that exist, each after those that it refers to."""
        done, entered, ordered = set(), set(), []

        def visit(name, path):
            if name in done:
                return
            if name in entered:
                raise TemplateError("circular dependency: " + " -> ".join([*path, name]))
            entered.add(name)
            for other in sorted(references(self.resources[name]) & self.resources.keys() - {name}):
                visit(other, [*path, name])
            done.add(name)
            ordered.append(name)

        for name in self.resources:
            visit(name, [])
        return [name for name in ordered if self.holds(self.resources[name].get("Condition", True))]

    def before(self, name):
        """The resources that CloudFormation makes before one, because it refers to them or waits for them."""
        found, open_ = set(), [name]
        while open_:
            new = references(self.resources[open_.pop()]) & self.resources.keys() - found
            found |= new
            open_ += new
        return found

    def holds(self, condition):
        """Whether a condition, or the condition of that name, is true."""
        if isinstance(condition, bool):
            return condition
        if isinstance(condition, str):
            return self.holds(self._lookup("Conditions", condition))
        ((name, argument),) = condition.items()
        match name:
            case "Condition":
                return self.holds(argument)
            case "Fn::Equals":
                return str(self.value(argument[0])) == str(self.value(argument[1]))
            case "Fn::And":
                return all(map(self.holds, argument))
            case "Fn::Or":
                return any(map(self.holds, argument))
            case "Fn::Not":
                return not self.holds(argument[0])
        raise TemplateError(f"{name} is no condition")

    def ref(self, name):
        """What !Ref yields."""
        if name == "AWS::NoValue":
            return NO_VALUE
        for known in (PSEUDO_PARAMETERS, self.ids, self.parameters):
            if name in known:
                return known[name]
        self._lookup("Resources", name)
        return f"stub-{name}"

    def attribute(self, name, attribute):
        """What !GetAtt yields; an invented ARN for a resource that no call has made."""
        known = self.attributes.get(name, {})
        if attribute in known:
            return known[attribute]
        service, kind = self._lookup("Resources", name)["Type"].split("::")[1:3]
        if service.startswith("ApiGateway"):
            raise TemplateError(f"{name} has no attribute {attribute!r}")
        if attribute != "Arn":
            return f"stub-{name}-{attribute}"
        place = ":" if service == "IAM" else f"{REGION}:"
        return f"arn:aws:{service.lower()}:{place}{ACCOUNT}:{kind.lower()}{'/' if service == 'IAM' else ':'}{name}"

    def value(self, node):
        """A part of the template with every intrinsic replaced by what it yields."""
        if isinstance(node, list):
            return [item for item in map(self.value, node) if item is not NO_VALUE]
        if not isinstance(node, dict):
            return node
        if function := intrinsic(node):
            return self._call(*function)
        included = self._include(node["Fn::Transform"]) if "Fn::Transform" in node else {}
        plain = {key: self.value(item) for key, item in node.items() if key != "Fn::Transform"}
        return {key: item for key, item in {**included, **plain}.items() if item is not NO_VALUE}

    def _call(self, name, argument):
        match name:
            case "Ref":
                return self.ref(argument)
            case "Fn::GetAtt":
                resource, attribute = argument.split(".", 1) if isinstance(argument, str) else argument
                return self.attribute(resource, self.value(attribute))
            case "Fn::Sub":
                text, local = (argument, {}) if isinstance(argument, str) else (argument[0], self.value(argument[1]))
                return re.sub(r"\$\{([^}]+)\}", lambda found: self._substitute(found.group(1).strip(), local), text)
            case "Fn::Join":
                return argument[0].join(str(item) for item in self.value(argument[1]))
            case "Fn::If":
                return self.value(argument[1] if self.holds(argument[0]) else argument[2])
            case "Fn::Select":
                return self.value(argument[1])[int(self.value(argument[0]))]
            case "Fn::Split":
                return str(self.value(argument[1])).split(argument[0])
            case "Fn::FindInMap":
                top, second = (str(self.value(key)) for key in argument[1:3])
                return self._lookup("Mappings", str(self.value(argument[0])))[top][second]
            case "Fn::ImportValue":
                return f"import-{self.value(argument)}"
            case "Fn::GetAZs":
                return [REGION + "a", REGION + "b"]
            case "Fn::Base64":
                return base64.b64encode(str(self.value(argument)).encode()).decode()
            case "Fn::ToJsonString":
                return json.dumps(self.value(argument))
            case "Fn::Transform":
                return self._include(argument)
        raise TemplateError(f"{name} is not understood here")

    def _substitute(self, name, local):
        if name.startswith("!"):
            return "${" + name[1:] + "}"
        if name in local:
            return str(local[name])
        if "." in name:
            return str(self.attribute(*name.split(".", 1)))
        return str(self.ref(name))

    def _include(self, transform):
        if transform["Name"] != "AWS::Include":
            raise TemplateError(f"the transform {transform['Name']} is not understood here")
        # AWS::Include understands the long forms of intrinsic functions only.
        return self.value(read(self.path.parent / transform["Parameters"]["Location"], short_tags=False))

    def _lookup(self, section, name):
        try:
            return self.template[section][name]
        except KeyError:
            raise TemplateError(f"{name!r} is not among the {section}") from None


def _stub(name, declared):
    """A value for a parameter that nobody gave."""
    kind = declared.get("Type", "String")
    stub = f"arn:aws:stub:{REGION}:{ACCOUNT}:stub/{name}" if name.endswith("Arn") else f"stub-{name}"
    value = declared.get("Default", (declared.get("AllowedValues") or ["1" if kind == "Number" else stub])[0])
    if isinstance(value, str) and ("List<" in kind or kind == "CommaDelimitedList"):
        return value.split(",")
    return value
