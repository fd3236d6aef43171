#!/usr/bin/env bash
# Builds the image of this tree as localhost/clientele:test, and says its name; with CLIENTELE_IMAGE it says that name and builds nothing.
# CLIENTELE_CONTAINERS is the container program: podman unless given, or docker.
set -euo pipefail
if [ -n "${CLIENTELE_IMAGE:-}" ]; then
  echo "$CLIENTELE_IMAGE"
  exit 0
fi
engine=${CLIENTELE_CONTAINERS:-podman}
image=localhost/clientele:test
cd "$(dirname "$0")/../.."
export CONTAINERS_CONF=${CONTAINERS_CONF:-$PWD/infra/images/containers.conf}
infra/images/bases.sh "$engine" >&2
pull=()
[ "$engine" != podman ] || pull=(--pull=never)
"$engine" build "${pull[@]}" --tag "$image" . >&2
echo "$image"
