#!/usr/bin/env bash
# Installs what is missing to build, show and test Voxmark on Debian 12. Asks nothing.
#   packaging/setup.sh [GROUP…]     groups of packages.txt; by default all but bench
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

groups=("$@")
if [ ${#groups[@]} -eq 0 ]; then groups=(build view test package); fi

packages=()
while read -r group package _; do
  case "$group" in '' | '#'*) continue ;; esac
  for wanted in "${groups[@]}"; do
    if [ "$wanted" = "$group" ]; then packages+=("$package"); fi
  done
done <"$here/packages.txt"
if [ ${#packages[@]} -eq 0 ]; then
  echo "setup: no package belongs to ${groups[*]} (groups: build view test package bench)" >&2
  exit 2
fi

if ! command -v dpkg-query >/dev/null; then
  echo "setup: this is no Debian system; install what packaging/packages.txt lists by other means" >&2
  exit 2
fi

# dpkg-query fails for names it has never heard of: those are missing too.
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" 2>/dev/null | sed -n 's/^installed //p' || true)
missing=$(printf '%s\n' "${packages[@]}" | sort -u | grep -Fxv -f <(printf '%s\n' "$installed" | sort -u) || true)
if [ -z "$missing" ]; then exit 0; fi
mapfile -t missing <<<"$missing"

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "setup: needs root once, for:" >&2
    echo "  sudo apt-get update && sudo apt-get install --yes --no-install-recommends ${missing[*]}" >&2
    exit 2
  fi
  as_root=(sudo -n)
fi
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet --option Dpkg::Use-Pty=0
  --option DPkg::Lock::Timeout=300 --option Acquire::Retries=3)

echo "setup: installing ${#missing[@]} packages: ${missing[*]}"
# The lists may be absent or old. Where they cannot be fetched, those at hand may still do.
"${apt[@]}" update </dev/null || echo "setup: apt-get update failed; going on with the package lists at hand" >&2
log=$(mktemp)
if ! "${apt[@]}" install --yes --no-install-recommends "${missing[@]}" </dev/null >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  echo "setup: apt-get install failed (full output: $log)" >&2
  exit 1
fi
rm -f "$log"
echo "setup: done"
