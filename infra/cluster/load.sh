#!/usr/bin/env bash
# load.sh IMAGE…: hands images of podman's store to the cluster, under the same names.
. "$(dirname "$0")/settings.sh"
[ $# -gt 0 ] || fail "usage: load.sh IMAGE…"

archive=$(mktemp --suffix .tar)
trap 'rm -f "$archive"' EXIT
for image; do
  rm -f "$archive"
  podman save --quiet --output "$archive" "$image"
  on_node ctr --namespace k8s.io images import "$archive" >/dev/null # kubelet sees this namespace alone
  say "$image is on the node"
done
