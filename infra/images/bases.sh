#!/usr/bin/env bash
# Sees to it that the two bases of the Dockerfile are there: pulled, or where no registry can be reached made on this machine under the same
# names, from Debian's packages and from the Node that npm ships. Stand-ins are for tests alone. Arguments: the container program (podman or docker).
set -euo pipefail
engine=${1:-podman}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
node_image=docker.io/library/node:24-bookworm-slim
runtime_image=gcr.io/distroless/cc-debian12:nonroot

has() { "$engine" image inspect "$1" >/dev/null 2>&1 || timeout 120 "$engine" pull -q "$1" >/dev/null 2>&1; }
if has "$node_image" && has "$runtime_image"; then exit 0; fi

echo "No registry can be reached: stand-ins are made of the bases." >&2
command -v debootstrap >/dev/null || { echo "debootstrap is missing: apt-get install debootstrap" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
debootstrap --variant=minbase --include=ca-certificates,libstdc++6 bookworm "$work/debian" >/dev/null

# Certificates of this machine, so that npm inside trusts what npm outside does.
cp /etc/ssl/certs/ca-certificates.crt "$work/debian/etc/ssl/certs/ca-certificates.crt"
mkdir -p "$work/node/usr/local/lib/node_modules"
cp -a "$work/debian/." "$work/node/"
install -m 755 "$root"/node_modules/node-linux-*/bin/node "$work/node/usr/local/bin/node"
(cd "$work" && npm pack --silent "$(node -p "require('$root/package.json').packageManager")" >npm.name && tar xzf "$(cat npm.name)")
mv "$work/package" "$work/node/usr/local/lib/node_modules/npm"
for each in npm npx; do
  printf '#!/bin/sh\nexec node /usr/local/lib/node_modules/npm/bin/%s-cli.js "$@"\n' "$each" >"$work/node/usr/local/bin/$each"
  chmod 755 "$work/node/usr/local/bin/$each"
done
tar -C "$work/node" -c . | "$engine" import --change 'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt' - "$node_image" >/dev/null

# As distroless has it: the C libraries, certificates and a user, and no shell.
mkdir -p "$work/runtime/etc/ssl/certs" "$work/runtime/tmp" "$work/runtime/home/nonroot"
chmod 1777 "$work/runtime/tmp"
cp /etc/ssl/certs/ca-certificates.crt "$work/runtime/etc/ssl/certs/"
echo 'nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin' >"$work/runtime/etc/passwd"
echo 'nonroot:x:65532:' >"$work/runtime/etc/group"
echo 'hosts: files dns' >"$work/runtime/etc/nsswitch.conf"
libraries=$(cd "$work/debian" && ls -d {usr/,}lib/*-linux-gnu/{libc.so.6,libm.so.6,libdl.so.2,libpthread.so.0,librt.so.1,libresolv.so.2,libnss_dns.so.2,libnss_files.so.2,libgcc_s.so.1,libstdc++.so.6} {usr/,}lib*/ld-linux-*.so.* 2>/dev/null || true)
for each in $libraries; do
  mkdir -p "$work/runtime/$(dirname "$each")"
  cp -L "$work/debian/$each" "$work/runtime/$each"
done
tar -C "$work/runtime" -c . | "$engine" import - "$runtime_image" >/dev/null
