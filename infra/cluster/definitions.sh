#!/usr/bin/env bash
# definitions.sh: gives the cluster the kinds of others that the chart and its examples speak of, as the Go modules of their owners have them.
# Nobody acts on them here: what is applied is checked against its schema, and stored.
. "$(dirname "$0")/settings.sh"

define() { # MODULE VERSION FILE…
  local folder module=$1 version=$2
  shift 2
  folder=$(GOWORK=off go mod download -json "$module@v$version" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
  [ -n "$folder" ] || fail "the module proxy does not give $module $version"
  kubectl apply --server-side $(printf -- "--filename $folder/%s " "$@") >/dev/null
}

define github.com/cloudnative-pg/cloudnative-pg 1.28.1 config/crd/bases/postgresql.cnpg.io_{clusters,databases}.yaml
define github.com/external-secrets/external-secrets 1.3.2 config/crds/bases/external-secrets.io_externalsecrets.yaml
define github.com/argoproj/argo-cd/v3 3.3.0 manifests/crds/application-crd.yaml
define github.com/fluxcd/source-controller 1.8.0 config/crd/bases/source.toolkit.fluxcd.io_gitrepositories.yaml
define github.com/fluxcd/helm-controller 1.4.0 config/crd/bases/helm.toolkit.fluxcd.io_helmreleases.yaml
define github.com/prometheus-operator/prometheus-operator 0.85.0 example/prometheus-operator-crd/monitoring.coreos.com_{servicemonitors,prometheusrules}.yaml
define sigs.k8s.io/gateway-api 1.4.1 config/crd/standard/gateway.networking.k8s.io_httproutes.yaml
define github.com/kedacore/keda/v2 2.21.0 config/crd/bases/keda.sh_scaledobjects.yaml
kubectl wait --for=condition=Established crd --all --timeout=60s >/dev/null
