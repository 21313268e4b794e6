#!/usr/bin/env bash
# Sets up, builds and opens Voxmark.
#   packaging/run.sh [FILE|FOLDER…]     the bundled sample by default
# Without a display it takes a picture of the window and runs the quick benchmark instead, and prints both paths.
set -euo pipefail
files=()
for file in "$@"; do files+=("$(realpath -m -- "$file")"); done
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
if [ ${#files[@]} -eq 0 ]; then files=("$root/resources/sample/brain_t1.nii.gz"); fi
for file in "${files[@]}"; do
  if [ ! -e "$file" ]; then
    echo "run: $file: there is no such file" >&2
    exit 2
  fi
done

packaging/setup.sh build view
configure release
cmake --build --preset release --parallel "$(build_jobs)"
program=$root/build/release/bin/voxmark

if have_display; then exec "$program" "${files[@]}"; fi

echo "run: $display_reason; taking a picture of the window and running the quick benchmark instead"
mkdir -p build/run
picture=$root/build/run/window.png
report=$root/build/run/benchmark.json
rm -f "$picture" "$report"
with_x "$program" --screenshot "$picture" "${files[@]}"
with_x "$program" bench run --preset quick --file "${files[0]}" --output "$report"
for result in "$picture" "$report"; do
  if [ ! -s "$result" ]; then
    echo "run: $result: was not written" >&2
    exit 1
  fi
done
echo "picture:   $picture"
echo "benchmark: $report"
