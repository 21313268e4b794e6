#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "core/io/volume_source.h"
#include "core/ops/voxel_mask.h"

namespace voxmark {

/// Of scaled values, finite ones only; population deviation; accumulated in float64, in a fixed order, so that the
/// result does not depend on the number of threads.
struct Statistics {
  std::uint64_t count = 0;      ///< finite values
  std::uint64_t nonfinite = 0;  ///< NaN and infinities
  double min = 0;               ///< NaN where count is 0, as are max, mean and std
  double max = 0;
  double mean = 0;
  double std = 0;
  std::vector<std::pair<double, double>> percentiles;  ///< percent, value; in the order asked for
  std::vector<std::uint64_t>
      histogram;  ///< of equally wide bins from min to max, the last one closed; as many as asked
};

struct StatisticsRequest {
  std::optional<Region> region;       ///< default: everything
  std::optional<std::int64_t> frame;  ///< default: all frames
  std::optional<int> component;       ///< default: all together
  bool nonzero = false;               ///< only values that are not 0
  std::vector<double> percentiles;    ///< 0…100; linear interpolation between order statistics
  int threads = 0;
  std::size_t bins = 0;             ///< of a histogram; 0: none
  const VoxelMask* mask = nullptr;  ///< only its voxels; its first one is voxel maskStart of the volume
  Index3 maskStart{0, 0, 0};
  /// Changes the (scaled) values before they are looked at; what it makes NaN counts as not finite. Any thread.
  std::function<void(double* values, std::size_t count)> transform{};
};

/// Reads what the request covers, slab by slab, and never holds more than a slab. Moments take one sweep, to which
/// percentiles add none for integers of 8 and 16 bits, for others one as a rule and three at the most; a histogram adds
/// one. Throws Error(Usage) where region, component or mask do not fit, Cancelled.
[[nodiscard]] Statistics computeStatistics(VolumeSource& source, const StatisticsRequest& request, JobContext& job);

/// The display range that leaves out `percent` of the finite values that a window applies to (see ShownValues) on each
/// side; {0, 1} for a volume without any.
/// Estimated from at most about a million voxels spread over the frame, or over the slices of it that are in place.
[[nodiscard]] std::pair<double, double> robustRange(const Volume& volume, std::int64_t frame, double percent = 0.1);

}  // namespace voxmark
