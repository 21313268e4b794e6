#!/usr/bin/env bash
# Draws the pictures of resources/docs with the program itself.
#   packaging/pictures.sh [PROGRAM]     build/release/bin/voxmark by default
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
program=${1:-$root/build/release/bin/voxmark}
sample=$root/resources/sample/brain_t1.nii.gz
out=$root/resources/docs
mkdir -p "$out"

# picture NAME OPTION…: draws the sample with these options.
picture() {
  local name=$1
  shift
  with_x "$program" render "$sample" --output "$out/$name.png" "$@"
  echo "$out/$name.png"
}

# steps_picture NAME: the window with steps in the Process panel and their preview in the slices.
steps_picture() {
  local folder
  folder=$(mktemp -d)
  cat > "$folder/prepare.steps.json" <<'STEPS'
{"voxmarkPipeline": 1, "steps": [
  {"op": "crop", "region": [12, 20, 20, 100, 124, 112], "name": "Head"},
  {"op": "resample", "spacing": [1.5, 1.5, 1.5], "interpolation": "linear"},
  {"op": "normalize", "method": "percentile", "percentiles": [1, 99], "nonzero": true},
  {"op": "cast", "type": "f16"}]}
STEPS
  with_x "$program" "$sample" "$folder/prepare.steps.json" --panel process --screenshot "$out/$1.png"
  rm -r "$folder"
  echo "$out/$1.png"
}

picture layout_quad --size 900x700
picture layout_row --view row --size 1000x360
picture layout_1_3 --view 1+3 --size 900x600
picture lightbox --view lightbox --lightbox axial,4,6 --size 960x760
picture legend --view axial --map viridis --legend --size 480x480
picture slab_maximum --view coronal --slab max:30 --size 480x480
picture oblique --view quad --rotate 20,0,30 --size 900x700
picture overlay --view axial --layer "$sample" --layer-map hot --hide-below 150 --opacity 0.6 --size 480x480
steps_picture process
"$root/packaging/window_pictures.sh" "$program"
