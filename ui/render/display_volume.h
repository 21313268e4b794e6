#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/jobs/job_context.h"
#include "core/volume/volume.h"
#include "ui/render/brick_grid.h"

namespace voxmark::render {

/// A volume made ready for ray casting: unsigned 16-bit values over [low, high], no longer than `maxAxis` along any
/// axis. Made off the GUI thread; shared.
struct DisplayVolume {
  VolumePtr voxels;                  ///< u16, geometry of the reduced grid, in host memory
  double low = 0;                    ///< value that 0 stands for
  double high = 1;                   ///< value that 65535 stands for
  int reduction = 1;                 ///< voxels of the original along each axis that became one
  std::vector<double> percentiles;   ///< values below which 1, 25, 50, 75, 90, 95, 99 % lie
  std::vector<std::int64_t> labels;  ///< of a label map: what the numbers in `voxels` stand for (see label_volume.h)
  BrickGrid bricks;                  ///< ranges of `voxels`: what rays may leap over
};
using DisplayVolumePtr = std::shared_ptr<const DisplayVolume>;

/// Voxels along each axis that become one, for no axis to be longer than `maxAxis`.
[[nodiscard]] std::int64_t reductionFor(const Index3& size, std::int64_t maxAxis);
/// Of a grid of `blocks`, each of `fold` voxels along every axis, whose u16 stand for values from `low` to `high`.
[[nodiscard]] VolumeInfo reducedInfo(const Volume& volume, const Index3& blocks, std::int64_t fold, double low,
                                     double high);

/// Scales one frame (its first component) to u16. Throws Cancelled.
[[nodiscard]] DisplayVolumePtr makeDisplayVolume(const Volume& volume, std::int64_t frame, std::int64_t maxAxis,
                                                 JobContext& job);

}  // namespace voxmark::render
