#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/jobs/job_context.h"
#include "ui/render/display_volume.h"
#include "ui/render/transfer_table.h"

namespace voxmark::render {

/// Where one looks from, in LPS mm.
struct RayCamera {
  Vec3 position{0, -1, 0};
  Vec3 focalPoint{0, 0, 0};
  Vec3 up{0, 0, 1};
  double viewAngle = 30;     ///< degrees, from the lower to the upper edge
  bool parallel = false;     ///< orthographic
  double parallelScale = 1;  ///< mm from the middle to the upper edge, for parallel rays
};

struct RayQuality {
  int width = 1;  ///< pixels: one ray each
  int height = 1;
  double step = 0.6;     ///< between samples, in voxels of the finest axis
  int threads = 0;       ///< 0: all; the picture does not depend on it
  bool leapOver = true;  ///< over bricks where nothing can be seen; the picture does not depend on it
};

/// Colours are multiplied by their alpha: over black they are what is seen. Bottom row first, as OpenGL counts.
struct RayImage {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;
};

/// Casts one ray a pixel through the volume, front to back: emission and absorption with headlight shading
/// (M. Levoy, Display of surfaces from volume data, 1988), or the maximum along the ray; of a label volume its
/// surfaces. Interpolates linearly; voxels reach half their size beyond the outermost centres. Deterministic. Throws
/// Cancelled within milliseconds.
[[nodiscard]] RayImage castRays(const DisplayVolume& volume, const TransferTable& table, const RayCamera& camera,
                                const RayQuality& quality, JobContext& job);

/// All that a picture depends on: to be cast on another thread.
struct RayScene {
  DisplayVolumePtr volume;
  std::shared_ptr<const TransferTable> table;
  RayCamera camera;
};

}  // namespace voxmark::render
