#!/usr/bin/env bash
# on-node.sh COMMAND…: runs a command where the node's programs are: on-node.sh ctr --namespace k8s.io tasks list
. "$(dirname "$0")/settings.sh"
on_node "$@"
