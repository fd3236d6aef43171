#!/usr/bin/env bash
# Prints where promtool is: on the PATH, or built once from the Go module proxy and kept. It is only run, and is no part of Clientele.
set -euo pipefail
command -v promtool && exit
version=${PROMTOOL_VERSION:-0.305.0}
kept=${CLIENTELE_TOOLS:-$HOME/.cache/clientele/tools}
tool=$kept/promtool-$version
if [ ! -x "$tool" ]; then
  command -v go >/dev/null || { echo 'promtool is not on the PATH, and there is no Go to build it with.' >&2; exit 1; }
  mkdir -p "$kept"
  work=$(mktemp -d)
  trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
  # Its go.mod replaces and excludes, which `go install` refuses: it is built from a copy.
  source=$(go mod download -json "github.com/prometheus/prometheus@v$version" | sed -n 's/.*"Dir": "\(.*\)",*/\1/p')
  cp -r "$source/." "$work"
  chmod -R u+w "$work"
  # Rules need no service discovery, whose SDKs are nine tenths of the build.
  rm "$work/plugins/plugins.go"
  (cd "$work" && CGO_ENABLED=0 go build -mod=mod -p "${PROMTOOL_JOBS:-2}" -o "$tool.new" ./cmd/promtool) >&2
  mv "$tool.new" "$tool"
fi
echo "$tool"
