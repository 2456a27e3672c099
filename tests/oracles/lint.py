"""cfn-lint with all its checks, and the one thing that it may find: code that is packaged later."""

import json
import subprocess
import sys
from pathlib import Path

import cfn

COMMAND = Path(sys.executable).parent / "cfn-lint"
EVERYTHING = ["--include-checks", "I", "--include-experimental", "--ignore-checks", "I4010", "--regions", cfn.REGION]


def cfn_lint(templates):
    """What cfn-lint finds. W3002, a local path, is accepted where the path leads to something."""
    run = subprocess.run(
        [COMMAND, *EVERYTHING, "--format", "json", "--template", *templates],
        capture_output=True,
        text=True,
    )
    try:
        matches = json.loads(run.stdout)
    except ValueError:
        return [f"no answer: {run.stdout[-300:]} {run.stderr[-300:]}"]
    findings = []
    for match in matches:
        rule, file, path = match["Rule"]["Id"], Path(match["Filename"]), match["Location"].get("Path") or []
        message = match["Message"]
        if rule == "W3002":
            value = cfn.read(file)
            for key in path:
                value = value[key]
            if (file.parent / value).exists():
                continue
            message = f"{value} does not exist, seen from the template"
        line = match["Location"]["Start"]["LineNumber"]
        findings.append(f"{file.name}:{line}: {rule} {'/'.join(map(str, path))}: {message}")
    findings += [f"{file.name} silences cfn-lint" for file in templates if "cfn-lint" in file.read_text("utf-8")]
    return findings
