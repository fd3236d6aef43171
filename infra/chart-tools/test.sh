#!/usr/bin/env bash
# npm run test:chart: the chart under both Helms, for every set of values that it is shown or tested with, in both topologies.
set -euo pipefail
cd "$(dirname "$0")/../.."

tools=${CLIENTELE_TOOLS:-$HOME/.cache/clientele/tools}
infra/chart-tools/install.sh
chart=charts/clientele
rendered=$(mktemp -d)
trap 'rm -rf "$rendered"' EXIT

for helm in helm helm3; do
  for values in "$chart"/tests/values/*.yaml "$chart"/examples/*.yaml; do
    grep -q '^publicUrl:' "$values" || continue
    for topology in together apart; do
      # The Gateway of the example belongs to one topology only.
      if grep -q '^topology: apart' "$values" && [ $topology = together ]; then continue; fi
      set -- "$chart" --values "$values" --set "topology=$topology" --kube-version 1.36.0
      "$tools/$helm" lint --strict --quiet "$@"
      "$tools/$helm" template clientele "$@" --namespace crm >"$rendered/$helm-$(basename "$values" .yaml)-$topology.yaml"
    done
  done
done
echo "lint and template: $(find "$rendered" -name '*.yaml' | wc -l) sets of objects"

for one in "$rendered"/helm-*.yaml; do
  diff --brief --ignore-blank-lines "$one" "${one/helm-/helm3-}" || { echo "Helm 3 and 4 make different objects of $one" >&2 && exit 1; }
done

"$tools/helm-unittest" "$chart"

for version in 1.30 1.36; do
  for one in "$rendered"/helm-*.yaml "$chart"/examples/hive-gateway.yaml; do
    PYTHONPATH="$tools/kubernetes-validate" python3 infra/chart-tools/validate.py "$version" "$one"
  done
done

# No limit of CPU: it holds up an event loop that has work. Pods are spread by topology, which anti-affinity cannot do for zones. Images are pulled
# where they are missing: digests and versions do not change, and a site without internet has no registry to ask.
for one in "$rendered"/helm-least-*.yaml "$rendered"/helm-everything-*.yaml; do
  "$tools/kube-score" score --ignore-container-cpu-limit --ignore-test container-image-pull-policy \
    --ignore-test deployment-has-host-podantiaffinity --output-format ci "$one" | grep -v '\[OK\]\|\[SKIPPED\]' || true
done | tee "$rendered/score"
[ ! -s "$rendered/score" ]
echo "kube-score: 0 findings"

if [ -x "$tools/kube-linter" ]; then
  "$tools/kube-linter" lint --config infra/chart-tools/kube-linter.yaml "$rendered"/helm-everything-*.yaml
else
  echo "kube-linter: not run, it is missing"
fi
