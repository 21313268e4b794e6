#!/usr/bin/env bash
# Builds the fuzz harnesses and runs each for a while; fails when one finds something.
#   tests/fuzz/run.sh [SECONDS a harness = 20] [HARNESS…]
# What is found, and what was learned about inputs, lies under build/fuzz/findings and build/fuzz/learned. A finding
# that is mended goes to tests/fuzz/regressions/HARNESS, where the tests replay it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../packaging/common.sh"
seconds=${1:-20}
shift || true
harnesses=("$@")
if [ ${#harnesses[@]} -eq 0 ]; then
  for source in tests/fuzz/*_fuzz.cpp; do harnesses+=("$(basename "$source" _fuzz.cpp)"); done
fi
if ! command -v clang++-14 >/dev/null; then
  echo "fuzz: clang++-14 is not installed (packaging/setup.sh test)" >&2
  exit 2
fi
configure fuzz
cmake --build --preset fuzz --parallel "$(build_jobs)"

# In memory where there is room: every input becomes a file.
if [ -w /dev/shm ]; then export TMPDIR=/dev/shm; fi
TMPDIR=$(mktemp -d)
export TMPDIR VOXMARK_CACHE_DIR=$TMPDIR/cache
trap 'rm -rf "$TMPDIR"' EXIT
symbolizer=$(command -v llvm-symbolizer-14 || true)
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1${symbolizer:+:external_symbolizer_path=$symbolizer}
export UBSAN_OPTIONS=print_stacktrace=1${symbolizer:+:external_symbolizer_path=$symbolizer}
/usr/bin/python3 tests/fuzz/make_seeds.py "$TMPDIR/seeds"

failed=()
for harness in "${harnesses[@]}"; do
  learned=build/fuzz/learned/$harness findings=build/fuzz/findings/$harness log=build/fuzz/$harness.log
  mkdir -p "$learned" "$findings"
  # The first folder is where new inputs go; the others are read alone.
  inputs=("$learned")
  for folder in "$TMPDIR/seeds/$harness" "tests/fuzz/corpus/$harness" "tests/fuzz/regressions/$harness"; do
    if [ -d "$folder" ]; then inputs+=("$folder"); fi
  done
  options=(-max_total_time="$seconds" -max_len=65536 -timeout=30 -rss_limit_mb=2048 -print_final_stats=1
    -artifact_prefix="$findings/")
  # A short run tries the same inputs every time: what it finds is of the change, not of chance.
  if [ "$seconds" -le 60 ]; then options+=(-seed=1); fi
  if [ -f "tests/fuzz/$harness.dict" ]; then options+=(-dict="tests/fuzz/$harness.dict"); fi
  if "build/fuzz/bin/${harness}_fuzz" "${options[@]}" "${inputs[@]}" >"$log" 2>&1; then
    echo "fuzz: $harness: nothing found in $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs"
  else
    failed+=("$harness")
    tail -n 40 "$log" >&2
    echo "fuzz: $harness has found something (the whole log: $log)" >&2
  fi
done
if [ ${#failed[@]} -gt 0 ]; then exit 1; fi
