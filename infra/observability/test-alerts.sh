#!/usr/bin/env bash
# Checks the rules and has Prometheus' own tool run their tests.
set -euo pipefail
cd "$(dirname "$0")"
promtool=$(./promtool.sh)
"$promtool" check rules generated/rules.yaml
"$promtool" test rules alerts.test.yaml
