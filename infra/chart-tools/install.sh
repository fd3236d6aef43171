#!/usr/bin/env bash
# install.sh [NAME…]: builds what `npm run test:chart` needs from the Go module proxy, each once, and links it under its plain name; says what
# cannot be had. Kubernetes' schemas come by pip.
set -euo pipefail

tools=${CLIENTELE_TOOLS:-$HOME/.cache/clientele/tools}
wanted=("$@")
[ ${#wanted[@]} -gt 0 ] || wanted=(helm helm3 helm-unittest kube-score kubernetes-validate kube-linter)

command -v go >/dev/null || {
  echo "Go 1.26 or newer is missing: https://go.dev/dl. It builds ${wanted[*]} into $tools." >&2
  exit 1
}
mkdir -p "$tools"
export CGO_ENABLED=0 GOFLAGS="${GOFLAGS:-} -p=${CLIENTELE_TOOLS_PARALLEL:-1}"

# install NAME VERSION MODULE PACKAGE [LDFLAGS]
install() {
  local name=$1 version=$2 module=$3 package=$4 flags=${5:-} module_folder source
  local binary="$tools/$name-$version"
  if [ ! -x "$binary" ]; then
    echo "building $name $version" >&2
    module_folder=$(go mod download -json "$module@v$version" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p') || true
    if [ -z "$module_folder" ]; then
      echo "$name is missing: the module proxy does not give $module@v$version" >&2
      return 0
    fi
    source=$(mktemp -d)
    trap 'rm -rf "$source"' RETURN
    # From a copy: `go install` refuses modules that replace others.
    cp -r "$module_folder/." "$source"
    chmod -R u+w "$source"
    (cd "$source" && go build -mod=mod -trimpath -ldflags "-s -w $flags" -o "$binary.part" "$package")
    mv "$binary.part" "$binary"
  fi
  ln -sfn "$name-$version" "$tools/$name"
}

# Kubernetes' own schemas, of each minor version, and what checks against them.
install_schemas() {
  local folder="$tools/kubernetes-validate-$1"
  [ -d "$folder" ] || {
    python3 -m pip install --quiet --root-user-action=ignore --target "$folder.part" "kubernetes-validate==$1"
    mv "$folder.part" "$folder"
  }
  ln -sfn "kubernetes-validate-$1" "$tools/kubernetes-validate"
}

for name in "${wanted[@]}"; do
  case $name in
    helm) install helm 4.2.4 helm.sh/helm/v4 ./cmd/helm "-X helm.sh/helm/v4/internal/version.version=v4.2.4" ;;
    helm3) install helm3 3.21.4 helm.sh/helm/v3 ./cmd/helm "-X helm.sh/helm/v3/internal/version.version=v3.21.4" ;;
    kubernetes-validate) install_schemas 1.37.0 ;;
    helm-unittest) install helm-unittest 1.1.2 github.com/helm-unittest/helm-unittest ./cmd/helm-unittest ;;
    kube-score) install kube-score 1.20.0 github.com/zegl/kube-score ./cmd/kube-score ;;
    kube-linter) install kube-linter 0.8.3 golang.stackrox.io/kube-linter ./cmd/kube-linter ;;
    *) echo "$name is no tool of the chart." >&2 && exit 1 ;;
  esac
done
