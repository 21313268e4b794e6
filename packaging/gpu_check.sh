#!/usr/bin/env bash
# Builds, tests and measures core and gpu on a machine that has a GPU, g++, CMake, make and nvcc, but neither a network
# nor Qt, VTK or ITK. The libraries that it lacks are gathered beforehand, on a Debian 12 machine with a network.
#   packaging/gpu_check.sh --collect    fills gpu_deps/; needs no root
#   packaging/gpu_check.sh              writes ${OUT:-build/gpu-check}/gpu_check.json and prints what it says
# Exit status: 0 everything passed; 1 something failed; 2 wrong usage, or gpu_deps/ is missing; 77 no nvcc or no GPU.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

packages=(libgtest-dev libbenchmark-dev libbenchmark1debian libdeflate-dev libdeflate0 libisal-dev libisal2 libtbb-dev
  libtbb12 libtbbmalloc2 libtbbbind-2-5 libfmt-dev libfmt9 libhwy-dev libhwy1 nlohmann-json3-dev libcli11-dev libbz2-dev)
largest_kib=30720

collect() {
  local work=build/gpu_deps.new options=(-q -q) kib
  if [ "$(cat gpu_deps/.packages 2>/dev/null)" = "${packages[*]}" ]; then
    echo "gpu_check: gpu_deps/ is complete already ($(du -sk gpu_deps | cut -f1) KiB); remove it to gather it anew"
    return
  fi
  if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
    echo "gpu_check: --collect takes its libraries from Debian packages; this system has no apt-get and dpkg-deb" >&2
    exit 2
  fi
  rm -rf "$work"
  mkdir -p "$work/debs" "$work/lists/partial"
  # Without root the system's package lists cannot be fetched, but a copy of one's own can.
  if ! (cd "$work/debs" && apt-get "${options[@]}" download "${packages[@]}" 2>/dev/null); then
    options+=(-o "Dir::State::Lists=$root/$work/lists" -o "Dir::Cache=$root/$work/lists" -o APT::Sandbox::User=)
    apt-get "${options[@]}" update
    (cd "$work/debs" && apt-get "${options[@]}" download "${packages[@]}")
  fi
  for package in "$work"/debs/*.deb; do dpkg-deb -x "$package" "$work"; done
  rm -rf "$work/debs" "$work/lists" "$work/usr/share/doc" "$work/usr/share/man" "$work/usr/share/lintian" "$work/usr/src"
  # A link out of the folder points nowhere on the other machine; the archive beside it serves.
  find "$work" -type l -lname '/*' -delete
  kib=$(du -sk "$work" | cut -f1)
  if [ "$kib" -gt "$largest_kib" ]; then
    echo "gpu_check: the libraries take $kib KiB (expected at most $largest_kib); left in $work" >&2
    exit 1
  fi
  echo "${packages[*]}" >"$work/.packages"
  rm -rf gpu_deps
  mv "$work" gpu_deps
  echo "gpu_check: gpu_deps/ holds ${#packages[@]} packages, $kib KiB"
}

# The compiler that the configuration will take, or nothing.
find_nvcc() {
  local candidate
  for candidate in "${CUDACXX:-}" "$(command -v nvcc || true)" /usr/local/cuda/bin/nvcc /opt/cuda/bin/nvcc; do
    if [ -n "$candidate" ] && [ -x "$candidate" ]; then
      echo "$candidate"
      return
    fi
  done
}

ask_gpu() { nvidia-smi --query-gpu="$1" --format=csv,noheader 2>/dev/null | head -n 1 || true; }
have_gpu() { [ -n "$(ask_gpu name)" ] || compgen -G '/dev/nvidia[0-9]*' >/dev/null || [ -e /dev/dxg ]; }

# quote TEXT: as a JSON string.
quote() { printf '%s' "$1" | tr '\n\t' '  ' | tr -d '\000-\037' | sed 's/[\\"]/\\&/g; s/^/"/; s/$/"/'; }

failures=()
fail() {
  failures+=("$1")
  echo "gpu_check: $1" >&2
}

# What ctest's verbose output says of each GoogleTest case, as lines of: result, program, test, milliseconds, reason.
read_tests() {
  awk -v OFS='\t' '
    function emit(result, test, ms, why) { gsub(/[\t\r]/, " ", why); print result, program[id], test, ms, why; seen[id] = 1 }
    function ending(line) { match(line, /\([0-9]+ ms\)$/); return substr(line, RSTART + 1, RLENGTH - 5) }
    / Test +#[0-9]+: / {
      name = $0; sub(/^.* Test +#/, "", name); id = name + 0
      sub(/^[0-9]+: /, "", name); sub(/ .*/, "", name); program[id] = name
      if ($0 ~ / Passed /) next
      why = $0; sub(/^.*\*\*\*/, "", why); sub(/ +[0-9.]+ sec.*$/, "", why)
      if (id in running) emit("failed", running[id], 0, "ended with the program: " why said[id])
      else if (!(id in bad)) emit("failed", "", 0, "the program failed: " why)
      next
    }
    /^ +Start +[0-9]+: / { program[$2 + 0] = $3; next }
    !/^[0-9]+: / { next }
    { id = $1 + 0; line = $0; sub(/^[0-9]+: /, "", line) }
    line ~ /^\[ RUN      \] / { running[id] = substr(line, 14); said[id] = ""; next }
    !(id in running) { next }
    line ~ /^\[ +(OK|SKIPPED|FAILED) +\] .*\([0-9]+ ms\)$/ {
      if (line ~ /OK \]/) emit("passed", running[id], ending(line), "")
      else if (line ~ /FAILED/) { emit("failed", running[id], ending(line), said[id]); bad[id] = 1 }
      else emit(said[id] ~ /no CUDA device/ ? "skipped: no device" : "skipped", running[id], ending(line), said[id])
      delete running[id]; next
    }
    length(said[id]) < 400 { said[id] = said[id] " " line }
  ' "$1"
}

# The lines of read_tests as a JSON array.
tests_json() {
  awk -F '\t' '
    function quote(text) { gsub(/[\\"]/, "\\\\&", text); gsub(/[\001-\037]/, " ", text); return "\"" text "\"" }
    BEGIN { printf "[" }
    { printf "%s\n    {\"program\": %s, \"test\": %s, \"result\": %s, \"ms\": %d, \"reason\": %s}", (NR > 1 ? "," : ""),
      quote($2), quote($3), quote($1), $4, quote($5) }
    END { print "\n  ]" }' "$1"
}

tests_table() {
  awk -F '\t' '
    { names[$2]; ms[$2] += $4; count[$2, substr($1, 1, 7)]++ }
    $1 != "passed" { rest[++n] = sprintf("  %-20s %s.%s\n%22s %s", $1, $2, $3, "", substr($5, 1, 300)) }
    END {
      printf "%-28s %7s %7s %8s %9s\n", "tests", "passed", "failed", "skipped", "seconds"
      fflush()
      for (name in names) printf "%-28s %7d %7d %8d %9.1f\n", name, count[name, "passed"],
        count[name, "failed"], count[name, "skipped"], ms[name] / 1000 | "sort"
      close("sort")
      for (i = 1; i <= n; ++i) print rest[i]
    }' "$1"
}

build_all() {
  local options=() capability
  capability=$(ask_gpu compute_cap | tr -d .)
  if [ -n "$capability" ]; then options+=("-DVOXMARK_CUDA_ARCHITECTURES=$capability"); fi
  cmake --preset gpu-check "${options[@]}" >"$logs/build.log" 2>&1 &&
    cmake --build --preset gpu-check --parallel "$(build_jobs)" >>"$logs/build.log" 2>&1
}

run_tests() {
  ctest --preset gpu-check --verbose --parallel "$(build_jobs)" >"$logs/tests.log" 2>&1 || true
  read_tests "$logs/tests.log" >"$logs/tests.tsv"
  if [ ! -s "$logs/tests.tsv" ]; then fail "no test has run: see $logs/tests.log"; fi
  local failed missed
  failed=$(grep -c '^failed' "$logs/tests.tsv" || true)
  missed=$(grep -c '^skipped: no device' "$logs/tests.tsv" || true)
  if [ "$failed" -gt 0 ]; then fail "$failed tests failed"; fi
  if [ "$missed" -gt 0 ] && $gpu; then fail "there is a GPU, but $missed tests found no device"; fi
  tests_table "$logs/tests.tsv"
}

run_benches() {
  rm -f "$logs/bench.json"
  if ! "$logs/bin/bench_gpu" --benchmark_out="$logs/bench.json" --benchmark_out_format=json 2>"$logs/bench.log"; then
    rm -f "$logs/bench.json"
    fail "the kernel benches did not run to their end: $(tail -n 1 "$logs/bench.log")"
    return
  fi
  local wrong
  wrong=$(grep '"error_message"' "$logs/bench.json" | grep -vc '"no device' || true)
  if [ "$wrong" -gt 0 ]; then fail "$wrong kernel benches ended in an error"; fi
  if $gpu && grep -q '"error_message": "no device' "$logs/bench.json"; then
    fail "there is a GPU, but the kernel benches found no device"
  fi
}

write_result() {
  local status=$1 device driver
  device=$(sed -n 's/^ *"device": "\(.*\)",\{0,1\}$/\1/p' "$logs/bench.json" 2>/dev/null | head -n 1)
  driver=$(ask_gpu driver_version)
  {
    echo '{'
    echo "  \"status\": $(quote "$status"),"
    echo "  \"date\": $(quote "$(date -u +%Y-%m-%dT%H:%M:%SZ)"),"
    echo "  \"revision\": $(quote "$(git rev-parse HEAD 2>/dev/null || echo unknown)"),"
    echo "  \"device\": $(quote "${device:-$(ask_gpu name)}"),"
    echo "  \"driver\": $(quote "${driver:-none}"),"
    echo "  \"nvcc\": $(quote "$("$nvcc" --version | sed -n 's/.*\(release [0-9.]*, V[0-9.]*\).*/\1/p')"),"
    echo "  \"compiler\": $(quote "$(c++ --version | head -n 1)"),"
    echo "  \"failures\": ["
    local i
    for i in "${!failures[@]}"; do echo "    $(quote "${failures[i]}")$([ $((i + 1)) -lt ${#failures[@]} ] && echo ,)"; done
    echo '  ],'
    echo "  \"tests\": $(if [ -f "$logs/tests.tsv" ]; then tests_json "$logs/tests.tsv"; else echo null; fi),"
    echo "  \"benchmarks\": $(if [ -s "$logs/bench.json" ]; then cat "$logs/bench.json"; else echo null; fi)"
    echo '}'
  } >"$result"
}

case "${1:-}" in
  --collect)
    collect
    exit
    ;;
  '') ;;
  *)
    echo "gpu_check: unknown argument $1 (expected --collect or nothing)" >&2
    exit 2
    ;;
esac

nvcc=$(find_nvcc)
if [ -z "$nvcc" ]; then
  echo "gpu_check: there is no CUDA compiler (nvcc is not on PATH, nor in /usr/local/cuda or /opt/cuda): nothing was checked" >&2
  exit 77
fi
if [ ! -f gpu_deps/.packages ]; then
  echo "gpu_check: gpu_deps/ is missing: run packaging/gpu_check.sh --collect on a machine with a network, and bring the folder" >&2
  exit 2
fi
logs=build/gpu-check
result=${OUT:-$logs}/gpu_check.json
mkdir -p "$logs" "$(dirname "$result")"
rm -f "$result" "$logs/tests.tsv" "$logs/bench.json"
gpu=false
if have_gpu; then gpu=true; fi

if build_all; then
  run_tests
  run_benches
else
  tail -n 40 "$logs/build.log" >&2
  fail "it does not build: see $logs/build.log"
fi

status=passed
if ! $gpu; then status="no device"; fi
if [ ${#failures[@]} -gt 0 ]; then status=failed; fi
write_result "$status"
echo "gpu_check: $status; result: $result"
case "$status" in
  failed) exit 1 ;;
  passed) exit 0 ;;
esac
echo "gpu_check: there is no GPU that this process can see: what needs a device was not checked" >&2
exit 77
