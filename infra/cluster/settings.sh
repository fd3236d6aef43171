# What the scripts of this folder share; sourced by them.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# Programs and images that are made once are kept here; `run` below it is what one cluster has, and goes with it.
store=${CLIENTELE_CLUSTER_DIR:-$HOME/.cache/clientele/k8s}
programs=$store/bin
run=$store/run
tools=${CLIENTELE_TOOLS:-$HOME/.cache/clientele/tools}

kubernetes_version=1.36.3
etcd_version=3.6.8 # whose client this Kubernetes has
coredns_version=1.14.7
kube_router_version=2.1.0

# Names the node, its group in /sys/fs/cgroup and the link to it.
cluster=clientele
node=$cluster-node
# The link between the machine (.1, host.internal to pods) and the node (.2), pods, and Services.
machine_address=10.199.7.1
node_address=10.199.7.2
pod_range=10.210.0.0/24
service_range=10.211.0.0/16
dns_address=10.211.0.10
export PATH=$programs:$tools:$PATH KUBECONFIG=$run/admin.kubeconfig

say() { printf '%(%T)T %s\n' -1 "$*"; }
fail() { say "$*" >&2 && exit 1; }

# The first process of the node as the machine numbers it, if it lives. A number may be given anew; a network namespace that is held open may not.
node_process() {
  local process namespace
  [ -s "$run/node" ] && read -r process namespace <"$run/node" && [ "$(readlink "/proc/$process/ns/net")" = "$namespace" ] && echo "$process"
}

# Runs a command where the node is. `ip netns exec` would mount another /sys, which has no control groups.
on_node() {
  local process
  process=$(node_process) || fail "no cluster is up"
  nsenter --target "$process" --net --mount --pid -- "$@"
}
