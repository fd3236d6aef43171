#!/usr/bin/env bash
# up.sh: starts an empty cluster of one node and returns when pods can be scheduled and names are answered. Needs root. Network, mounts and processes
# are the node's own: the machine keeps its ports, its firewall and its settings, and all of it ends with one process (down.sh).
. "$(dirname "$0")/settings.sh"

[ "$(id -u)" = 0 ] || fail "only root can start a cluster"
! node_process >/dev/null || { say "the cluster is up" && exit 0; }
"$here/build.sh"
for each in containerd:containerd runc:runc nft:nftables iptables:iptables ipset:ipset conntrack:conntrack ethtool:ethtool ip:iproute2; do
  command -v "${each%:*}" >/dev/null || fail "${each%:*} is missing: apt-get install ${each#*:}"
done
[ -x /usr/lib/cni/bridge ] || fail "network plugins are missing: apt-get install containernetworking-plugins"
"$here/down.sh" >/dev/null # what one that was killed has left
mkdir -p "$run/logs" "$run/certificates" && chmod 700 "$run"

# Who speaks to the API, each by a token. The server makes its own certificate, which everybody here trusts.
give_access() { # FILE USER GROUPS
  local token
  token=$(openssl rand -hex 24)
  printf '%s,%s,%s,"%s"\n' "$token" "$2" "$2" "$3" >>"$run/tokens.csv"
  cat >"$run/$1.kubeconfig" <<Y
{apiVersion: v1, kind: Config, current-context: here, contexts: [{name: here, context: {cluster: here, user: me}}],
 clusters: [{name: here, cluster: {server: "https://$node_address:6443", certificate-authority: $run/certificates/apiserver.crt}}],
 users: [{name: me, user: {token: $token}}]}
Y
}
umask 077
give_access admin admin system:masters
give_access controller-manager system:kube-controller-manager ''
give_access scheduler system:kube-scheduler ''
give_access kubelet "system:node:$node" system:nodes
give_access kube-proxy system:kube-proxy ''
openssl genrsa -out "$run/service-accounts.key" 2048 2>/dev/null
umask 022

# kubelet puts pods below a group that must be in every hierarchy; a new one of `cpuset` takes nobody before it has processors and memory.
for hierarchy in /sys/fs/cgroup/*/; do
  mkdir -p "$hierarchy$cluster"
  for list in cpuset.cpus cpuset.mems; do
    if [ -f "$hierarchy$cluster/$list" ]; then cat "$hierarchy$list" >"$hierarchy$cluster/$list"; fi
  done
  # A node has its processors for itself. Here its pods together would weigh no more than one session of the machine, so they weigh as three; so do
  # its programs, below.
  if [ -f "$hierarchy$cluster/cpu.shares" ]; then echo 3072 >"$hierarchy$cluster/cpu.shares"; fi
done

# Mounts of the machine are seen inside, and none of those inside by the machine.
setsid unshare --net --mount --pid --fork --kill-child --mount-proc --propagation slave \
  "$here/node.sh" >"$run/logs/node.log" 2>&1 </dev/null &
outer=$!
process=
until process=$(cat "/proc/$outer/task/$outer/children" 2>/dev/null) && [ -n "$process" ]; do
  kill -0 $outer 2>/dev/null || fail "the node did not start: $(cat "$run/logs/node.log")"
  sleep 0.1
done
process=${process// /}
if [ -f "/proc/$process/autogroup" ]; then echo -5 >"/proc/$process/autogroup"; fi
echo "$process $(readlink "/proc/$process/ns/net")" >"$run/node"
ip link add "$cluster" type veth peer name machine netns "$process"
ip address add "$machine_address/24" dev "$cluster"
ip link set "$cluster" up
ip route replace "$pod_range" via "$node_address"
ip route replace "$service_range" via "$node_address"

wait_for() { # SECONDS WHAT COMMAND…
  local until=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    node_process >/dev/null || fail "the node has ended: $(tail -5 "$run/logs/node.log")"
    [ $SECONDS -lt $until ] || fail "no $what in time, see $run/logs"
    sleep 0.3
  done
}
wait_for 120 API kubectl get --raw /readyz
wait_for 60 containerd on_node ctr version
on_node ctr --namespace k8s.io images import "$store/images/base.tar" >/dev/null
sed "s/DNS_ADDRESS/$dns_address/; s/MACHINE_ADDRESS/$machine_address/; s/COREDNS_VERSION/$coredns_version/" "$here/dns.yaml" |
  kubectl apply --server-side --filename - >/dev/null
wait_for 120 node kubectl wait --for=condition=Ready "node/$node" --timeout=1s
wait_for 120 DNS kubectl --namespace kube-system wait --for=condition=Available deployment/coredns --timeout=1s
wait_for 60 "account to run pods as" kubectl get serviceaccount default
wait_for 60 "network policies" on_node nft list chain ip filter KUBE-ROUTER-FORWARD
# Nobody starts a program of the node again.
! grep 'has ended' "$run/logs/node.log" || fail "see $run/logs"
say "the cluster is up after $SECONDS s: KUBECONFIG=$KUBECONFIG kubectl get nodes"
