#!/usr/bin/env bash
# install.sh: puts the judges into $ORACLES_HOME (default ~/.cache/gatewright-tests), once for each set of versions,
# and prints the Python that runs judge.py.
# Needs Python 3.11 or newer with venv, Node.js with npm, cargo, and their package registries. Besides the judges it leaves
# the schema of SARIF 2.1.0 there, as OASIS publishes it and the crate `serde-sarif` carries it: `sarif.json`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${ORACLES_HOME:-$HOME/.cache/gatewright-tests}
stamp=$(cat "$here/install.sh" "$here/requirements.txt" "$here/package.json" <(python3 --version) | cksum)
if [ "$(cat "$home/stamp" 2>/dev/null)" != "$stamp" ]; then
  mkdir -p "$home/node"
  rm -f "$home/stamp"
  python3 -m venv --clear "$home/venv" >&2
  "$home/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt" >&2
  cp "$here/package.json" "$home/node/"
  npm install --prefix "$home/node" --no-audit --no-fund --no-update-notifier --ignore-scripts --loglevel=error >&2
  mkdir -p "$home/sarif/src"
  printf '[package]\nname = "sarif"\nversion = "0.0.0"\n[workspace]\n[dependencies]\nserde-sarif = "=0.8.0"\n' > "$home/sarif/Cargo.toml"
  touch "$home/sarif/src/lib.rs"
  cargo metadata --quiet --format-version 1 --manifest-path "$home/sarif/Cargo.toml" |
    "$home/venv/bin/python" -c 'import json, pathlib, shutil, sys
crate = next(it for it in json.load(sys.stdin)["packages"] if it["name"] == "serde-sarif")
shutil.copy(pathlib.Path(crate["manifest_path"]).parent / "src/schema.json", sys.argv[1])' "$home/sarif.json"
  printf '%s\n' "$stamp" > "$home/stamp"
fi
printf '%s\n' "$home/venv/bin/python"
