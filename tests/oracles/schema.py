"""schema.py SCHEMA FILE…: has jsonschema look at specifications as an editor does; exits with 1 on any finding.

A YAML language server takes a short tag's argument for the value itself; so does this.
"""

import json
import re
import sys
from pathlib import Path

import jsonschema
import yaml


class Editor(yaml.SafeLoader):
    """YAML as a language server reads it: tags are left out, dates and `yes` stay text."""


def _argument(loader, _, node):
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_mapping(node, deep=True)


Editor.add_multi_constructor("!", _argument)
Editor.yaml_implicit_resolvers = {}
Editor.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
Editor.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?[0-9]+$"), list("-0123456789"))
Editor.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?[0-9]+\.[0-9]+$"), list("-0123456789")
)
Editor.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"^<<$"), ["<"])


def findings(validator, text):
    """What is wrong with a specification, in the schema's eyes."""
    for error in validator.iter_errors(yaml.load(text, Editor)):
        place = "/".join(str(part) for part in error.absolute_path)
        yield f"{place}: {error.message[:160]}"


def main(arguments):
    """The exit code."""
    schema = json.loads(Path(arguments[0]).read_text("utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    validator.check_schema(schema)
    clean = True
    for name in arguments[1:]:
        found = list(findings(validator, Path(name).read_text("utf-8")))
        print("FAIL" if found else "ok  ", "schema:", name)
        for each in found:
            print("     -", each)
        clean = clean and not found
    # The judge must be able to fail.
    for wrong in ("rotues: {}", "kind: htp", "routes: { GET /x: { authoriser: none } }", "cors: { allowCredentials: 5 }"):
        if not list(findings(validator, wrong)):
            print("FAIL schema: accepts", wrong)
            clean = False
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
