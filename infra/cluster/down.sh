#!/usr/bin/env bash
# down.sh: ends the cluster and removes what it had. Programs and images stay for the next one.
. "$(dirname "$0")/settings.sh"

if process=$(node_process); then
  kill -KILL "$process" # and with the first process of a namespace the kernel ends all others, and unmounts what they had
  while [ -d "/proc/$process" ]; do sleep 0.1; done
fi
ip link delete "$cluster" 2>/dev/null || true
for try in {1..50}; do
  find /sys/fs/cgroup/*/"$cluster" -depth -type d -exec rmdir {} + 2>/dev/null || true
  ls -d /sys/fs/cgroup/*/"$cluster" >/dev/null 2>&1 || break
  sleep 0.1
done
rm -rf "$run"
say "the cluster is down"
