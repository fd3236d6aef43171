#!/usr/bin/env bash
# npm run test:cluster: the chart and the image on a cluster of this machine, which is made for it and goes afterwards (CLIENTELE_CLUSTER_KEEP=1
# lets it stay). CLIENTELE_IMAGE names the image in podman's store; npm run test:images builds it.
. "$(dirname "$0")/settings.sh"

export CLIENTELE_IMAGE=${CLIENTELE_IMAGE:-localhost/clientele:test}
podman image exists "$CLIENTELE_IMAGE" || fail "$CLIENTELE_IMAGE is missing: npm run test:images builds it"
[ -n "${CLIENTELE_CLUSTER_KEEP:-}" ] || trap '"$here/down.sh"' EXIT
"$here/up.sh"
# PostgreSQL, NATS and the clients are in this session: they weigh as three others too, as the node does (up.sh).
if [ -f /proc/self/autogroup ]; then echo -5 >/proc/self/autogroup; fi
"$here/load.sh" "$CLIENTELE_IMAGE"
"$here/with.sh" npx vitest run --project cluster --no-file-parallelism --bail 1 "$@"
