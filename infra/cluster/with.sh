#!/usr/bin/env bash
# with.sh COMMAND…: runs a command with the cluster's kubectl, helm and access: with.sh kubectl get pods
. "$(dirname "$0")/settings.sh"
export CLIENTELE_CLUSTER_MACHINE=$machine_address
exec "$@"
