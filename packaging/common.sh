# Shared by the scripts beside it; sourced, never run.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# What the configuration depends on beside the CMake files, which the build itself watches.
configuration_key() {
  cksum <CMakePresets.json
  command -v nvcc || true
  ls -d /usr/local/cuda/bin/nvcc 2>/dev/null || true
  echo "$root"
}

# configure PRESET: runs CMake only where something has changed since the last time.
configure() {
  local preset=$1 stamp="build/$1/.configured"
  if [ -f "build/$preset/build.ninja" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(configuration_key)" ]; then
    return
  fi
  cmake --preset "$preset"
  configuration_key >"$stamp"
}

# Parallel jobs: one a core, but no more than memory allows at 1.5 GB each (ITK and VTK headers are hungry).
build_jobs() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable/ {print int($2 / 1500000)}' /proc/meminfo)
  if [ "$memory" -lt 1 ]; then memory=1; fi
  if [ "$memory" -lt "$cores" ]; then echo "$memory"; else echo "$cores"; fi
}

# with_x COMMAND…: runs it on a virtual X server of its own.
with_x() {
  env -u WAYLAND_DISPLAY QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1600x1000x24 +extension GLX" "$@"
}

# Whether there is a display that a window can open on.
display_reason=""
have_display() {
  if [ -n "${DISPLAY:-}" ]; then
    if timeout 10 xdpyinfo >/dev/null 2>&1; then return 0; fi
    display_reason="the X server $DISPLAY refuses a connection"
    return 1
  fi
  if [ -n "${WAYLAND_DISPLAY:-}" ]; then
    if ls /usr/lib/*/qt6/plugins/platforms/libqwayland* >/dev/null 2>&1; then return 0; fi
    display_reason="there is a Wayland display, but neither Xwayland (DISPLAY) nor Qt's Wayland plugin (qt6-wayland)"
    return 1
  fi
  display_reason="there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)"
  return 1
}
