#!/usr/bin/env bash
# install.sh: puts the judges into $ORACLES_HOME (default ~/.cache/gatewright-tests), once for each set of versions,
# and prints the Python that runs judge.py.
# Needs Python 3.11 or newer with venv, Node.js with npm, and the two package registries.
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
  printf '%s\n' "$stamp" > "$home/stamp"
fi
printf '%s\n' "$home/venv/bin/python"
