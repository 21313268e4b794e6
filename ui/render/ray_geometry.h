#pragma once

#include "ui/render/ray_caster.h"
#include "ui/render/voxel_sampler.h"

namespace voxmark::render {

/// The way of one ray through a volume, in voxels; directions in mm.
struct Ray {
  F4 start;      ///< first sample
  F4 step;       ///< to the next one
  F4 perStep;    ///< 1 / step; very large where that is 0
  F4 direction;  ///< away from the eye, a unit vector in mm
  int samples;   ///< 0: it misses the volume
  [[nodiscard]] F4 at(int n) const { return start + step * splat(static_cast<float>(n)); }
};

/// Where the rays of a camera's pixels run in a volume.
class RayGeometry {
 public:
  /// `jitter` shifts every ray's samples by another part of a step: noise instead of contours.
  RayGeometry(const Geometry& geometry, const RayCamera& camera, int width, int height, double step, bool jitter);
  [[nodiscard]] Ray through(int x, int y) const;
  [[nodiscard]] double stepMm() const { return stepMm_; }
  /// A gradient along the voxel axes as one along the patient's, per mm.
  [[nodiscard]] F4 toWorld(F4 gradient) const {
    return splat(gradient[0]) * rows_[0] + splat(gradient[1]) * rows_[1] + splat(gradient[2]) * rows_[2];
  }

 private:
  [[nodiscard]] Vec3 turned(const Vec3& world) const;

  Index3 size_;
  Vec3 eye_{};      ///< in voxels
  Vec3 forward_{};  ///< unit vector, mm
  Vec3 right_{};    ///< from the middle to half a height further to the right, at unit distance, mm
  Vec3 up_{};
  bool parallel_;
  bool jitter_;
  int width_;
  int height_;
  double stepMm_;
  Mat3 worldToVoxels_{};
  F4 rows_[3];  ///< the same matrix, a row for each voxel axis
};

}  // namespace voxmark::render
