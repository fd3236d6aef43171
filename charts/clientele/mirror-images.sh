#!/usr/bin/env bash
# mirror-images.sh REGISTRY [FILE]: copies each image of images.txt to REGISTRY, under its name without the registry it comes from.
set -euo pipefail

registry=${1:?usage: mirror-images.sh REGISTRY [FILE]}
list=${2:-$(dirname "$0")/images.txt}

copy() {
  if command -v crane >/dev/null; then
    crane copy "$1" "$2"
  elif command -v skopeo >/dev/null; then
    skopeo copy --all "docker://$1" "docker://$2"
  elif command -v docker >/dev/null; then
    # One platform only: that of this machine.
    docker pull "$1" && docker tag "$1" "$2" && docker push "$2"
  else
    echo "None of crane, skopeo and docker is here." >&2
    return 1
  fi
}

grep -v '^#' "$list" | while read -r image; do
  [ -n "$image" ] || continue
  copy "$image" "$registry/${image#*/}"
done
