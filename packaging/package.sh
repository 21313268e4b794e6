#!/usr/bin/env bash
# Builds the release and packs it as a .deb; prints its path.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
packaging/setup.sh build package
configure release
cmake --build --preset release --parallel "$(build_jobs)" --target all
(cd build/release && cpack -G DEB >cpack.log) || {
  cat build/release/cpack.log >&2
  exit 1
}
ls "$root"/build/release/voxmark_*.deb
