#!/usr/bin/env bash
# Runs Voxmark, other tools and the machine's limits in turn on the same volumes, and prints a table (see README.md).
#   bench/peers/run.sh [ops] [--quick] [--rounds N] [--cache FOLDER] [--result FOLDER] [--only REGEXP] [--no-setup]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

suite=files
if [ "${1:-}" = ops ]; then suite=ops; shift; fi
rounds=5 quick="" cache=${XDG_CACHE_HOME:-$HOME/.cache}/voxmark-bench result="" only=. setup=yes
while [ $# -gt 0 ]; do
  case "$1" in
    --quick) quick=--quick rounds=2 ;;
    --no-setup) setup=no ;;
    --rounds | --cache | --result | --only)
      if [ $# -lt 2 ]; then echo "run: $1 needs a value" >&2; exit 2; fi
      declare "${1#--}=$2"
      shift ;;
    *) sed -n '2,3s/^# //p' "$0" >&2; exit 2 ;;
  esac
  shift
done
case "$rounds" in '' | *[!0-9]* | 0) echo "run: --rounds $rounds: expected a number from 1" >&2; exit 2 ;; esac

export PYTHONDONTWRITEBYTECODE=1
if [ "$setup" = yes ]; then "$root/packaging/setup.sh" bench; fi
build=$root/build/peers
mkdir -p "$root/build"
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DVOXMARK_WITH_UI=OFF -DVOXMARK_WITH_ITK=OFF \
  -DVOXMARK_WITH_TESTS=OFF -DVOXMARK_CUDA=OFF -DVOXMARK_WITH_PEERS=ON >"$root/build/peers.log"
if ! cmake --build "$build" --target voxmark_peers >>"$root/build/peers.log"; then
  tail -n 40 "$root/build/peers.log" >&2
  exit 1
fi

volumes=$cache/full mr=m256 ct=ct512
if [ -n "$quick" ]; then volumes=$cache/quick mr=m96 ct=ct160; fi
result=${result:-$cache/results}
mkdir -p "$volumes" "$result"
result=$(cd "$result" && pwd)
/usr/bin/python3 "$here/volumes.py" "$volumes" $quick
scratch=$(mktemp -d "$cache/scratch-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
samples=$result/samples$([ "$suite" = ops ] && echo -ops || true).jsonl
: >"$samples"

# The last core that we may use (the first ones serve most interrupts), and the last two.
mapfile -t cores < <(/usr/bin/python3 -c 'import os; print(*sorted(os.sched_getaffinity(0)), sep="\n")')
one=${cores[-1]} two=""
if [ ${#cores[@]} -gt 1 ]; then two=${cores[-2]},${cores[-1]}; fi

# operation, data, tools. Each tool is a case of measure below.
plan() {
  if [ "$suite" = ops ]; then plan_ops; return; fi
  local loads="voxmark voxmark-2 voxmark-first nibabel nibabel-huge nibabel-indexed itk itk-huge nifti nifti-huge"
  local saves="voxmark voxmark-2 voxmark-6 voxmark-6-2 nibabel nibabel-6 itk nifti"
  local data
  echo "open ${ct}_i16 voxmark nibabel itk nifti"
  for data in ${ct}_i16 ${mr}_i16; do
    echo "materialise $data voxmark voxmark-2 voxmark-first nibabel nibabel-huge itk itk-huge limits"
  done
  for data in ${ct}_i16 ${mr}_i16 ${mr}_f32; do echo "load_gz $data $loads limits"; done
  echo "crop ${ct}_i16 voxmark nibabel itk nifti limits"
  echo "crop_gz ${ct}_i16 voxmark voxmark-2 nibabel nibabel-indexed itk nifti limits"
  echo "crop_gz_indexed ${ct}_i16 voxmark voxmark-2 indexed_gzip"
  echo "crop_seekable ${ct}_i16 voxmark voxmark-2 limits"
  for data in ${mr}_i16 ${mr}_f32 ${ct}_i16 ${mr}_labels; do echo "save_gz $data $saves"; done
  for data in ${mr}_i16 ${ct}_i16; do echo "save_nii $data voxmark nibabel itk nifti limits"; done
}

# Of operations in memory. The first peer's results are those that the others are compared with.
plan_ops() {
  local data=${mr}_f32
  echo "copy $data limits"
  echo "load_zscore $data voxmark-ops voxmark-ops-2 numpy itk-ops"
  echo "zscore $data voxmark-ops voxmark-ops-2 numpy torch itk-ops"
  echo "minmax $data voxmark-ops voxmark-ops-2 numpy torch itk-ops"
  echo "clip $data voxmark-ops voxmark-ops-2 numpy"
  echo "cast_f16 $data voxmark-ops voxmark-ops-2 numpy torch"
  echo "cast_bf16 $data voxmark-ops voxmark-ops-2 torch"
  echo "cast_i16 $data voxmark-ops voxmark-ops-2 numpy torch vtk itk-ops"
  echo "permute $data voxmark-ops voxmark-ops-2 numpy torch vtk nibabel-ops itk-ops"
  echo "up2 $data voxmark-ops voxmark-ops-2 numpy torch vtk itk-ops mrtrix"
  echo "affine $data voxmark-ops voxmark-ops-2 numpy vtk itk-ops"
  echo "cubic $data voxmark-ops voxmark-ops-2 numpy vtk itk-ops"
  echo "slice $data voxmark-ops voxmark-ops-2 numpy vtk itk-ops"
}

# measure OPERATION DATA TOOL: one process on one core, or on two, whose lines join the samples.
measure() {
  local operation=$1 data=$2 tool=$3 threads=1 on=$one name program options=() tunables=""
  case $tool in
    voxmark-ops*) program=("$build/bin/peers/voxmark_ops_peer") name=Voxmark ;;
    itk-ops) program=("$build/bin/peers/itk_ops_peer") name=ITK ;;
    numpy | torch) program=(/usr/bin/python3 "$here/ops_peer.py") name=$tool ;;
    vtk) program=(/usr/bin/python3 "$here/ops_peer.py") name=VTK ;;
    mrtrix) program=(/usr/bin/python3 "$here/ops_peer.py") name=MRtrix ;;
    nibabel-ops) program=(/usr/bin/python3 "$here/ops_peer.py") name=nibabel ;;
    voxmark*) program=("$build/bin/peers/voxmark_peer") name=Voxmark ;;
    nibabel*) program=(/usr/bin/python3 "$here/nibabel_peer.py") name=nibabel ;;
    itk*) program=("$build/bin/peers/itk_peer") name=ITK ;;
    nifti*) program=("$build/bin/peers/nifti_peer") name=nifti_clib ;;
    indexed_gzip) program=(/usr/bin/python3 "$here/indexed_gzip_peer.py") name=indexed_gzip ;;
    limits) program=("$build/bin/peers/limits") name=limit ;;
  esac
  case $tool in voxmark*-2) if [ -z "$two" ]; then return; fi; threads=2 on=$two ;; esac
  case $tool in
    *-6*) name+=", level 6" options+=(--level 6) ;;
    *-huge) name+=", huge pages" tunables=glibc.malloc.hugetlb=1 ;;
    *-indexed) name+=", indexed_gzip" options+=(--indexed-gzip) ;;
    *-first) name+=", first" options+=(--first) ;;
  esac
  if [ "$operation" = crop_gz ]; then options+=(--first); fi
  # An index that one process leaves behind must not help the next one.
  rm -rf "$scratch/index"
  mkdir -p "$scratch/index"
  VOXMARK_CACHE_DIR=$scratch/index GLIBC_TUNABLES=$tunables taskset -c "$on" "${program[@]}" --volumes "$volumes" \
    --scratch "$scratch" --tool "$name" --threads $threads "${options[@]}" "$operation:$data" >>"$samples" ||
    printf '{"operation": "%s", "data": "%s", "tool": "%s", "error": "the program failed"}\n' \
      "$operation" "$data" "$name" >>"$samples"
}

mapfile -t rows < <(plan | grep -E -- "$only" || true)
if [ ${#rows[@]} -eq 0 ]; then echo "run: nothing is called $only" >&2; exit 2; fi
if [ "$suite" = files ]; then
  "$build/bin/peers/voxmark_peer" --volumes "$volumes" --scratch "$scratch" "write_seekable:${ct}_i16"
fi
for round in $(seq 1 "$rounds"); do
  echo "run: round $round of $rounds" >&2
  printf '{"round": %d, "load": %s}\n' "$round" "$(cut -d ' ' -f 1 /proc/loadavg)" >>"$samples"
  cat "$volumes"/*.nii "$volumes"/gz/*.nii.gz >/dev/null  # into the page cache
  for row in "${rows[@]}"; do
    read -r operation data tools <<<"$row"
    for tool in $tools; do measure "$operation" "$data" "$tool"; done
  done
done
if [ "$suite" = ops ]; then
  /usr/bin/python3 "$here/ops_table.py" "$samples" "$volumes/made.json" "$result"
else
  /usr/bin/python3 "$here/table.py" "$samples" "$volumes/made.json" "$result"
fi
