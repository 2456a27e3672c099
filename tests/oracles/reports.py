#!/usr/bin/env python3
"""reports.py GATEWRIGHT FILE...: judges the machine-readable reports of `gatewright check` about each file.

SARIF is held against its schema, which install.sh left beside the Python that runs this; XML is parsed, and JSON.
Exit code 1 if a report is not what its format says, with every problem.
"""

import json
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as xml

import jsonschema

SCHEMA = pathlib.Path(sys.prefix).parent / "sarif.json"


def report(gatewright, form, files):
    command = [gatewright, "check", "--preset", "all", "--fail-on", "never", "--format", form, *files]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: {run.stderr}")
    return run.stdout


def sarif(text, validator):
    """Problems of a SARIF log; how many results it has."""
    log = json.loads(text)
    problems = [f"sarif: {it.json_path}: {it.message}" for it in validator.iter_errors(log)]
    rules = [it["id"] for it in log["runs"][0]["tool"]["driver"]["rules"]]
    results = log["runs"][0]["results"]
    problems += [f"sarif: ruleIndex of {it['ruleId']}" for it in results if rules[it["ruleIndex"]] != it["ruleId"]]
    return problems, len([it for it in results if "suppressions" not in it])


def gitlab(text):
    """Problems of a code quality report; how many issues it has."""
    issues = json.loads(text)
    keys = {"description", "check_name", "fingerprint", "severity", "location"}
    problems = [f"gitlab: {sorted(it)}" for it in issues if set(it) != keys]
    words = {"info", "minor", "major", "critical", "blocker"}
    problems += [f"gitlab: severity {it['severity']}" for it in issues if it["severity"] not in words]
    if len({it["fingerprint"] for it in issues}) != len(issues):
        problems.append("gitlab: two issues have one fingerprint")
    return problems, len(issues)


def junit(text):
    """Problems of a JUnit report; how many failures it has."""
    root = xml.fromstring(text)
    suites = root.findall("testsuite")
    cases = [case for suite in suites for case in suite.findall("testcase")]
    failures = [it for case in cases for it in case.findall("failure")]
    problems = []
    if (root.get("tests"), root.get("failures")) != (str(len(cases)), str(len(failures))):
        problems.append("junit: the totals are wrong")
    if not cases:
        problems.append("junit: there is no test, which CI systems refuse")
    return problems, len(failures)


def checkstyle(text):
    """Problems of a Checkstyle report; how many errors it has."""
    found = xml.fromstring(text).findall("file/error")
    problems = [f"checkstyle: line {it.get('line')}" for it in found if int(it.get("line")) < 1]
    return problems, len(found)


def main(gatewright, *files):
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    if not list(validator.iter_errors({"version": "2.1.0", "runs": [{}]})):
        raise SystemExit("the schema of SARIF takes a run without a tool")
    problems, total = [], 0
    for file in files:
        expected = len(report(gatewright, "json-lines", [file]).splitlines())
        total += expected
        judges = {
            "sarif": lambda text: sarif(text, validator),
            "gitlab": gitlab,
            "junit": junit,
            "checkstyle": checkstyle,
        }
        for form, judge in judges.items():
            found, count = judge(report(gatewright, form, [file]))
            problems += [f"{file}: {it}" for it in found]
            if count != expected:
                problems.append(f"{file}: {form} has {count} of {expected} findings")
    print("\n".join(problems) or f"{total} findings in {len(files)} files are reported well in every format")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
