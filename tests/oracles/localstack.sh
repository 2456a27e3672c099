#!/usr/bin/env bash
# localstack.sh TEMPLATE REQUESTS [TEMPLATE REQUESTS]...: has LocalStack execute built REST APIs, each with the requests
# of one file (execute.py says what they look like). Without arguments it runs its controls.
# Needs a Python 3.13 or newer, on the path or in pyenv, and says so where there is none. Installs LocalStack into $ORACLES_HOME.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${ORACLES_HOME:-$HOME/.cache/gatewright-tests}/localstack

# pyenv keeps Pythons that are not on the path.
for python in python3.13 python3.14 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[3-9]*/bin/python none; do
  "$python" -c "import venv, ensurepip" 2>/dev/null && break
done
if [ "$python" = none ]; then
  echo "skipped: LocalStack does not execute the REST APIs, because it needs Python 3.13 or newer and there is none"
  exit 0
fi
stamp=$(cat "$here/localstack.sh" "$here/localstack-requirements.txt" <("$python" --version) | cksum)
if [ "$(cat "$home/stamp" 2>/dev/null)" != "$stamp" ]; then
  mkdir -p "$home"
  rm -f "$home/stamp"
  "$python" -m venv --clear "$home/venv" >&2
  "$home/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/localstack-requirements.txt" >&2
  printf '%s\n' "$stamp" > "$home/stamp"
fi

rm -f "$home/log"
port=$("$python" -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])")
env GATEWAY_SERVER=hypercorn GATEWAY_LISTEN="127.0.0.1:$port" SERVICES=apigateway,route53 EAGER_SERVICE_LOADING=1 \
  OVERRIDE_IN_DOCKER=0 FILESYSTEM_ROOT="$home/files" DISABLE_EVENTS=1 SKIP_SSL_CERT_DOWNLOAD=1 DNS_ADDRESS=0 \
  "$home/venv/bin/python" -m localstack.runtime.main > "$home/log" 2>&1 &
server=$!
stop() { # it does not always end by itself
  kill "$server" 2>/dev/null || return 0
  for _ in $(seq 10); do
    kill -0 "$server" 2>/dev/null || return 0
    sleep 0.5
  done
  kill -KILL "$server" 2>/dev/null || true
}
trap stop EXIT
for _ in $(seq 120); do
  grep -qs '^Ready\.$' "$home/log" && break
  kill -0 "$server" 2>/dev/null || break
  sleep 0.5
done
grep -q '^Ready\.$' "$home/log" || { echo "LocalStack did not start:"; tail -20 "$home/log"; exit 1; }

oracles=$("$here/install.sh")
if [ $# = 0 ]; then
  "$oracles" "$here/execute.py" "http://127.0.0.1:$port"
  exit
fi
failed=0
while [ $# -ge 2 ]; do
  echo "$1"
  "$oracles" "$here/execute.py" "http://127.0.0.1:$port" "$1" "$2" || failed=1
  shift 2
done
exit "$failed"
