#!/usr/bin/env bash
# npm run test:cluster: the chart and the image on a cluster of this machine, which is made for it and goes afterwards (CLIENTELE_CLUSTER_KEEP=1
# lets it stay). CLIENTELE_IMAGE names an image in podman's store that is tested in the place of this tree's.
. "$(dirname "$0")/settings.sh"

CLIENTELE_IMAGE=$(CLIENTELE_CONTAINERS=podman "$here/../images/build.sh")
export CLIENTELE_IMAGE
podman image exists "$CLIENTELE_IMAGE" || fail "podman has no $CLIENTELE_IMAGE"
[ -n "${CLIENTELE_CLUSTER_KEEP:-}" ] || trap '"$here/down.sh"' EXIT
"$here/up.sh"
# PostgreSQL, NATS and the clients are in this session: they weigh as three others too, as the node does (up.sh).
if [ -f /proc/self/autogroup ]; then echo -5 >/proc/self/autogroup; fi
"$here/load.sh" "$CLIENTELE_IMAGE"
"$here/with.sh" npx vitest run --project cluster --no-file-parallelism --bail 1 "$@"
