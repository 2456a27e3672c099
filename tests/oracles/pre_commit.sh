#!/usr/bin/env bash
# pre_commit.sh PRE_COMMIT: runs the hooks of this repository with the real pre-commit, in a repository of its own with
# one definition that is right, one that is wrong, one that can be fixed, and files of other programs.
set -euo pipefail
pre_commit=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target} # what was built already is not built again
export PRE_COMMIT_HOME=$work/home

mkdir "$work/user"
cd "$work/user"
git init --quiet .
git config user.email somebody@example.com
git config user.name Somebody
printf 'gatewright: 1\nname: orders\nkind: http\ncors: none\nroutes:\n  GET /orders: { http: https://orders.example.com }\n' > right.gatewright.yaml
printf 'kind: Deployment\n' > deployment.yaml
cat > .pre-commit-config.yaml << END
repos:
  - repo: $root
    rev: $(git -C "$root" rev-parse HEAD)
    hooks: [{ id: gatewright-check }]
END
git add .
"$pre_commit" run --all-files

printf 'gatewright: 1\nname: orders\nkind: http\ncors: none\nroutes:\n  GET /orders: ordres\n' > wrong.gatewright.yaml
git add .
if output=$("$pre_commit" run --all-files); then
  echo "the hook passed a definition that is wrong" >&2
  exit 1
fi
grep --quiet 'unknown-integration' <<< "$output"

rm wrong.gatewright.yaml
sed -i.bak 's/gatewright-check/gatewright-fix/' .pre-commit-config.yaml
rm .pre-commit-config.yaml.bak
printf 'gatewright: 1\nname: orders\nkind: http\ncors: none\nroutes:\n  # kept\n  # gatewright: allow(duplicate-route) needed once\n  GET /orders: { http: https://orders.example.com }\n' > fixable.gatewright.yaml
git add --all .
if "$pre_commit" run --all-files; then
  echo "the hook did not say that it changed a file" >&2
  exit 1
fi
if grep --quiet 'allow(' fixable.gatewright.yaml; then
  echo "the hook fixed nothing" >&2
  exit 1
fi
grep --quiet '# kept' fixable.gatewright.yaml
git add .
"$pre_commit" run --all-files
echo "the hooks work with $("$pre_commit" --version)"
