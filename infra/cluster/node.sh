#!/usr/bin/env bash
# node.sh: the first process of the node, in namespaces of its own, started by up.sh: what the node's programs insist on, then these programs.
. "$(dirname "$0")/settings.sh"
[ $$ = 1 ] || fail "up.sh starts this"

# Volumes and network namespaces that are mounted from now on are to be seen by pods.
mount --make-rshared /
# Places and settings that programs write to without being asked. kubelet sets how the whole machine treats panics and memory.
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/netns /run/lock
for folder in /var/lib/kubelet /var/lib/cni /var/log/pods /var/log/containers; do
  mkdir -p "$folder" "$run/private$folder"
  mount --bind "$run/private$folder" "$folder"
done
mkdir "$run/private/sysctl"
for setting in vm/overcommit_memory vm/panic_on_oom kernel/panic kernel/panic_on_oops kernel/keys/root_maxkeys kernel/keys/root_maxbytes; do
  cat "/proc/sys/$setting" >"$run/private/sysctl/${setting//\//.}"
  mount --bind "$run/private/sysctl/${setting//\//.}" "/proc/sys/$setting"
done

ip link set lo up
until ip link show machine >/dev/null 2>&1; do sleep 0.05; done # up.sh brings the other end of the link
ip address add "$node_address/24" dev machine
ip link set machine up
ip route add default via "$machine_address"
echo 1 >/proc/sys/net/ipv4/ip_forward
# A Service whose pod is on the same bridge as the one that asks would else be answered from the pod's own address.
echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables

settled() { # COMMAND…
  until "$@" >/dev/null 2>&1; do sleep 0.1; done
}
begin() { # PROGRAM ARGUMENT…
  (
    "$@" >"$run/logs/$1.log" 2>&1 || true
    say "$1 has ended"
  ) &
}

begin etcd --name "$node" --data-dir "$run/etcd" --unsafe-no-fsync --log-level warn
begin kube-apiserver --etcd-servers http://127.0.0.1:2379 --advertise-address "$node_address" --cert-dir "$run/certificates" \
  --service-cluster-ip-range "$service_range" --token-auth-file "$run/tokens.csv" --authorization-mode Node,RBAC \
  --enable-admission-plugins NodeRestriction --kubelet-preferred-address-types InternalIP \
  --service-account-issuer https://kubernetes.default.svc --service-account-signing-key-file "$run/service-accounts.key" \
  --service-account-key-file "$run/service-accounts.key"

# No process here may lower the score by which memory's victims are chosen, and there is no systemd.
cat >"$run/containerd.toml" <<T
version = 2
root = "$run/containerd"
state = "/run/containerd"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "localhost/pause:1"
  restrict_oom_score_adj = true
  cni = {bin_dir = "/usr/lib/cni", conf_dir = "$run/network"}
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    options = {SystemdCgroup = false}
T
mkdir "$run/network"
cat >"$run/network/pods.conflist" <<J
{"cniVersion": "1.0.0", "name": "pods", "plugins": [
  {"type": "bridge", "bridge": "pods", "isGateway": true, "ipMasq": true, "hairpinMode": true,
   "ipam": {"type": "host-local", "ranges": [[{"subnet": "$pod_range"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
J
begin containerd --config "$run/containerd.toml"
settled kubectl get --raw /readyz
# Its forty controllers each ask for an account first: five seconds of a start at the default rate.
begin kube-controller-manager --kubeconfig "$run/controller-manager.kubeconfig" --leader-elect=false --bind-address 127.0.0.1 \
  --use-service-account-credentials --service-account-private-key-file "$run/service-accounts.key" \
  --root-ca-file "$run/certificates/apiserver.crt" --kube-api-qps 500 --kube-api-burst 1000
begin kube-scheduler --kubeconfig "$run/scheduler.kubeconfig" --leader-elect=false --bind-address 127.0.0.1

settled ctr version
# Control groups of the first version, files that this machine allows, no image thrown away for want of disk: none can be fetched again. The API has no
# certificate for kubelet, which believes everybody who reaches it.
echo "nameserver $machine_address" >"$run/resolv.conf"
cat >"$run/kubelet.yaml" <<Y
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
authorization: {mode: AlwaysAllow}
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
cgroupDriver: cgroupfs
cgroupRoot: /$cluster
failCgroupV1: false
failSwapOn: false
oomScoreAdj: 0
maxOpenFiles: 16384
clusterDomain: cluster.local
clusterDNS: [$dns_address]
resolvConf: $run/resolv.conf
syncFrequency: 10s
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%, nodefs.inodesFree: 1%}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
Y
begin kubelet --config "$run/kubelet.yaml" --kubeconfig "$run/kubelet.kubeconfig" --hostname-override "$node" --node-ip "$node_address"
# How many connections may be tracked is the machine's to say.
cat >"$run/kube-proxy.yaml" <<Y
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
clientConnection: {kubeconfig: $run/kube-proxy.kubeconfig}
hostnameOverride: $node
clusterCIDR: $pod_range
oomScoreAdj: 0
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
Y
begin kube-proxy --config "$run/kube-proxy.yaml"
# Network policies, and nothing else of what it can do. It ends where its node is not known.
settled kubectl get node "$node"
NODE_NAME=$node begin kube-router --kubeconfig "$KUBECONFIG" --hostname-override "$node" --run-firewall=true --run-router=false \
  --run-service-proxy=false --enable-cni=false --service-cluster-ip-range "$service_range" --health-port 0 --metrics-port 0

# Whatever loses its parent in here is this one's to bury.
while true; do sleep 600 & wait $! || true; done
