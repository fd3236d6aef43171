#!/usr/bin/env bash
# build.sh: makes the programs of a Kubernetes node from the Go module proxy, and the images that every cluster has. Each once: a quarter of an hour
# on a machine that does nothing else, no time afterwards.
. "$(dirname "$0")/settings.sh"

command -v go >/dev/null || fail "Go 1.26 or newer is missing: https://go.dev/dl"
command -v podman >/dev/null || fail "podman is missing: apt-get install podman"
[ -x /usr/bin/catatonit ] || fail "catatonit is missing: apt-get install catatonit"
mkdir -p "$programs" "$store/images"
# Neither the caller's workspace nor a C compiler has a part in it.
export GOWORK=off CGO_ENABLED=0 GOFLAGS="-buildvcs=false -trimpath -p=${CLIENTELE_TOOLS_PARALLEL:-1}"
small='-s -w'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A module's sources where they can be changed.
unpack() { # MODULE VERSION FOLDER
  local from
  from=$(go mod download -json "$1@v$2" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
  [ -n "$from" ] || fail "the module proxy does not give $1 $2"
  cp -r "$from" "$work/$3" && chmod -R u+w "$work/$3"
  cd "$work/$3"
}

build_kubernetes() {
  local version=$1 staging=0.${1#1.} about=k8s.io/component-base/version
  unpack k8s.io/kubernetes "$version" kubernetes
  # Modules of its own repository are required at v0.0.0, which nobody has published; they are there under the minor version.
  go mod edit $(awk -v at="$staging" '$2 == "v0.0.0" {print "-replace=" $1 "=" $1 "@v" at}' go.mod)
  # Without a version in it a server is no 1.36 to a chart that asks.
  go build -mod=mod -o "$programs/" \
    -ldflags "$small -X $about.gitVersion=v$version -X $about.gitMajor=1 -X $about.gitMinor=${staging:2:2} -X $about.gitTreeState=clean" \
    ./cmd/kube-apiserver ./cmd/kube-controller-manager ./cmd/kube-scheduler ./cmd/kubelet ./cmd/kube-proxy ./cmd/kubectl
}

build_etcd() {
  unpack go.etcd.io/etcd/server/v3 "$1" etcd
  # Its siblings are sought in the folders beside it.
  go mod edit $(awk '/=> \.\.\// {print "-dropreplace=" ($1 == "replace" ? $2 : $1)}' go.mod)
  go build -mod=mod -ldflags "$small" -o "$programs/etcd" .
}

build_coredns() {
  mkdir "$work/coredns" && cp "$here/coredns/main.go" "$work/coredns/" && cd "$work/coredns"
  go mod init coredns 2>/dev/null
  go mod edit -require "github.com/coredns/coredns@v$1"
  go build -mod=mod -ldflags "$small" -o "$programs/coredns" .
}

build_kube_router() {
  GOBIN=$programs go install -ldflags "$small" "github.com/cloudnativelabs/kube-router/v2/cmd/kube-router@v$1"
}

# Two images in one file: what a pod begins with (catatonit waits, and reaps what is left to it), and CoreDNS.
build_images() {
  tar -C /usr/bin -c catatonit | podman import --change 'ENTRYPOINT ["/catatonit", "-P"]' - localhost/pause:1 >/dev/null
  tar -C "$programs" -c coredns | podman import --change 'ENTRYPOINT ["/coredns"]' - "localhost/coredns:$coredns_version" >/dev/null
  podman save --quiet --multi-image-archive --output "$store/images/base.tar.part" localhost/pause:1 "localhost/coredns:$coredns_version"
  mv "$store/images/base.tar.part" "$store/images/base.tar"
}

once() { # NAME VERSION
  local stamp=$store/.$1-$2 began=$SECONDS
  if [ -e "$stamp" ]; then return; fi
  say "building $1 $2"
  ("build_$1" "$2")
  touch "$stamp"
  say "$1 $2 is built in $((SECONDS - began)) s"
}

once etcd "$etcd_version"
once coredns "$coredns_version"
once images "$coredns_version"
once kube_router "$kube_router_version"
once kubernetes "$kubernetes_version"
CLIENTELE_TOOLS=$tools "$here/../chart-tools/install.sh" helm
