#pragma once

#include <cstdint>
#include <optional>

#include "core/io/volume_source.h"

namespace voxmark {

/// How far two volumes on the same grid are apart, over all frames and components. Voxels that are not finite in either
/// are left out and counted. Accumulated in float64, in a fixed order.
struct Difference {
  std::uint64_t count = 0;      ///< values compared
  std::uint64_t nonfinite = 0;  ///< values left out
  double mae = 0;
  double rmse = 0;
  double maxAbs = 0;
  double low = 0;  ///< of A, finite values
  double high = 0;
  double psnr = 0;  ///< 20·log10((high - low) / rmse), dB; infinite where nothing differs
  /// Mean structural similarity (Wang et al. 2004) with a Gaussian window of standard deviation 1.5 voxels and 11
  /// voxels a side (along axes that have them), K1 = 0.01, K2 = 0.03, the range of A; over the voxels whose window lies
  /// inside of the volume; the mean over frames and components. Nothing where voxels are not finite, or A is constant.
  std::optional<double> ssim;
  struct Worst {
    Index3 index{0, 0, 0};
    std::int64_t frame = 0;
    int component = 0;
    double a = 0;
    double b = 0;
  };
  std::optional<Worst> worst;  ///< the first value with the largest difference
};

/// Reads both slab by slab. Throws Error(Usage) where sizes, frames or components are not the same or the grids are not
/// (see sameGrid); Cancelled.
[[nodiscard]] Difference difference(VolumeSource& a, VolumeSource& b, JobContext& job, bool structural = true);

/// A - B as f32 (f64 where one of them is f64 or a wide integer), on the grid of A. Both must outlive it.
[[nodiscard]] std::unique_ptr<VolumeSource> differenceSource(VolumeSource& a, VolumeSource& b);

}  // namespace voxmark
