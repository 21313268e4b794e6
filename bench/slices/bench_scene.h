#pragma once

#include <benchmark/benchmark.h>

#include "core/document/layer_display.h"
#include "core/document/views_state.h"
#include "core/volume/volume.h"

namespace voxmark::bench {

inline constexpr std::int64_t kEdge = 512;  ///< voxels along each side of the volumes
inline constexpr int kPicture = 800;        ///< pixels along each side of the pictures

/// kEdge³ voxels of 1 mm, signed 16 bits: noise from a fixed seed. Made once.
[[nodiscard]] VolumePtr noiseVolume();
/// Cubes of 40 voxels on the same grid, 8 bits, labels 0…7. Made once.
[[nodiscard]] VolumePtr labelVolume();
[[nodiscard]] LayerDisplay noiseDisplay(bool linear);
[[nodiscard]] LayerDisplay outlineDisplay();
/// 30° about one axis and 20° about another.
[[nodiscard]] Rotation freeTurn();
/// A crosshair that moves by whole slices through the volume's inner half, another place at each call.
[[nodiscard]] Vec3 scrubbed(const Geometry& geometry, std::int64_t call);
/// Pictures a second of wall time, next to the milliseconds that every bench reports.
void reportPictures(benchmark::State& state);

void addPictureBenches();
/// Where there is no X server these report that as an error.
void addWindowBenches();
/// The program's own start and event loop, as it tells them; needs a display and the program beside this one.
void addProgramBenches();

}  // namespace voxmark::bench
