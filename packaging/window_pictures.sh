#!/usr/bin/env bash
# Pictures of the window for resources/docs: the program is driven by keys, through its command palette, on an X server
# of its own. Needs xdotool and ImageMagick. Called by pictures.sh.
#   packaging/window_pictures.sh PROGRAM
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
if [ -z "${VOXMARK_PICTURES_INSIDE:-}" ]; then
  export VOXMARK_PICTURES_INSIDE=1
  exec env -u WAYLAND_DISPLAY QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1280x900x24 +extension GLX" "$0" "$@"
fi
program=$1
sample=$root/resources/sample/brain_t1.nii.gz
out=$root/resources/docs
work=$(mktemp -d)
trap 'kill "${started:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
export VOXMARK_CACHE_DIR=$work/cache XDG_CONFIG_HOME=$work/config
mkdir -p "$work/config"
"$root/packaging/picture_data.py" "$sample" "$work"

# start FILE…: opens the window and gives it the keyboard.
start() {
  "$program" --new-window "$@" >/dev/null 2>&1 &
  started=$!
  window=$(timeout 60 xdotool search --sync --onlyvisible --pid "$started" --name Voxmark | head -1)
  sleep 4
  xdotool windowfocus "$window" mousemove 640 200
  sleep 1
}
stop() {
  kill "$started"
  wait "$started" 2>/dev/null || true
  rm -rf "$work/cache/autosave"
}
press() { xdotool key "$1"; sleep 1; }
# command TEXT: finds a command in the palette and runs it.
command() { press ctrl+k; xdotool type "$1"; press Return; xdotool windowfocus "$window"; sleep 1; }
# drag X1 Y1 X2 Y2
drag() {
  xdotool mousemove "$1" "$2" mousedown 1
  for n in 1 2 3 4; do
    xdotool mousemove $(($1 + ($3 - $1) * n / 4)) $(($2 + ($4 - $2) * n / 4))
    sleep 0.1
  done
  xdotool mouseup 1
  sleep 0.5
}
take() {
  sleep 1
  import -window root -dither None -colors 96 "PNG8:$out/$1.png"
  echo "$out/$1.png"
}

start "$sample"
take window
press shift+l
command "viridis"
take window_level
stop

start "$sample" "$work/tissue.nii.gz"
command "Show as labels"
for _ in 1 2 3 4; do press q; done
take labels
for _ in 1 2 3 4; do press e; done
command "3D large"
take labels_3d
stop

start "$work/frames.nii.gz"
command "Show the plots"
press Right
press Right
take time_course
stop

start "$sample"
command "Show the measurements"
press d
drag 380 180 500 180
press o
drag 400 240 440 270
press n
drag 700 180 740 260
xdotool mousemove 800 190 click 1
take measurements
press ctrl+i
xdotool type dim  # leaves out where the file lies
take header
stop

start "$sample"
command "Show the timeline"
press Page_Down
take timeline
stop

# Runs on one thread and on all, several times: something to compare, and a history with a step.
bench() { "$program" bench run "$@" >/dev/null; }
export VOXMARK_HISTORY_DIR=$work/history
onfile=(load normalise cast --file "$sample" --preset default)
bench "${onfile[@]}" --threads 1 --output "$work/one_thread.json"
bench "${onfile[@]}" --output "$work/all_threads.json"
for run in 1 2 3 4 5 6 7 8; do
  options=(--threads 1)
  [ "$run" -lt 5 ] || options=(--note "all threads")
  [ "$run" -le 5 ] || options=()
  bench normalise/zscore --file "$sample" --preset quick --keep "${options[@]}"
done
printf '{"voxmarkScenarios": 1, "scenarios": [{"kind": "normalise", "axes": {"method": ["zscore", "minmax"], "type": "f32",
  "shape": ["64x64x64", "96x96x96", "128x128x128", "192x192x192"]}}, {"kind": "cast", "axes": {"type": "f32",
  "to": ["f16", "i16"], "shape": ["64x64x64", "96x96x96", "128x128x128", "192x192x192"]}}]}' >"$work/sizes_scenarios.json"
bench --scenarios "$work/sizes_scenarios.json" --preset quick --output "$work/sizes.json"

# page N: shows the N-th page of the benchmarks.
page() { xdotool mousemove 330 "$tabs" click 1; sleep 0.5; for _ in $(seq 2 "$1"); do press Right; done; sleep 1; }
tabs=74
start "$sample"
press ctrl+b
press alt+r
sleep 15
take benchmarks
stop

start "$sample" "$work/one_thread.json" "$work/all_threads.json"
page 2
take spread
page 3
take compare
page 4
take history
stop

mkdir -p "$work/config/voxmark"
printf '[appearance]\ntheme=light\n' >"$work/config/voxmark/voxmark.conf"
start "$sample"
press ctrl+k
xdotool type "slab"
take palette_light
press Escape
xdotool windowfocus "$window"
press question
take keys
press Escape
press ctrl+comma
for _ in 1 2 3; do press Down; done
take shortcuts
stop

start "$sample" "$work/sizes.json"
page 5
take sizes_light
stop

start
take start_page
stop

# What slices of a large file are there while the rest is read: of pictures taken while the program is halted, the one
# in which about half of the bright pixels of the last one are.
"$program" --new-window "$work/large.nii.gz" >/dev/null 2>&1 &
started=$!
timeout 60 xdotool search --sync --onlyvisible --pid "$started" --name Voxmark >/dev/null
for n in $(seq 10 69); do
  sleep 0.05
  kill -STOP "$started"
  import -window root "$work/fill_$n.png"
  kill -CONT "$started"
done
sleep 8
import -window root "$work/fill_99.png"
best=$(for picture in "$work"/fill_*.png; do
  convert "$picture" -crop 320x250+278+380 -format "%[fx:mean] $picture\n" info:
done | awk '{ mean[NR] = $1; name[NR] = $2 }
  END { for (n = 1; n < NR; ++n) { off = mean[n] / mean[NR] - 0.5; off = off < 0 ? -off : off
          if (n == 1 || off < least) { least = off; best = name[n] } } print best }')
convert "$best" -dither None -colors 96 "PNG8:$out/filling.png"
echo "$out/filling.png"
stop

start "$sample" "$work/microscope.nii"
take low_memory
stop

start "$sample"
press d
drag 380 180 500 180
press F5
sleep 5  # until a copy of the session is kept
kill -KILL "$started"
wait "$started" 2>/dev/null || true
start
take recovery
stop
