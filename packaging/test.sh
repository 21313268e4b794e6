#!/usr/bin/env bash
# Sets up, builds everything and runs every test, then, unless a part was asked for, the fuzz harnesses for a moment.
#   packaging/test.sh [--preset dev|asan|tsan] [ctest arguments…]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
preset=dev
if [ "${1:-}" = --preset ]; then
  preset=${2:?test: --preset needs a name}
  shift 2
fi
case "$preset" in
  dev | asan | tsan) ;;
  *)
    echo "test: $preset is no preset for tests (expected dev, asan or tsan)" >&2
    exit 2
    ;;
esac

packaging/setup.sh build view test
jobs=$(build_jobs)
configure "$preset"
cmake --build --preset "$preset" --parallel "$jobs" --target all header_checks

# The program without CUDA must go on building where nvcc is found and the build above has used it.
if grep -q '^VOXMARK_BUILD_CUDA:INTERNAL=ON' "build/$preset/CMakeCache.txt"; then
  configure stub
  cmake --build --preset stub --parallel "$jobs"
fi

# Reference values come from the distribution's Python; an environment that shadows it may lack nibabel.
export PYTHONNOUSERSITE=1
ctest --preset "$preset" --output-on-failure --parallel 2 "$@"
if [ "$preset" = dev ] && [ $# -eq 0 ]; then tests/fuzz/run.sh 20; fi
