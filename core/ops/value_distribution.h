#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/jobs/job_context.h"
#include "core/volume/volume.h"

namespace voxmark {

/// How the values that a window applies to (see ShownValues) are distributed in one frame.
struct ValueDistribution {
  double low = 0;  ///< left edge of the first bin
  double high = 1;
  std::vector<std::uint64_t> counts;  ///< of equally wide bins
  bool everyValue = false;            ///< a bin is a single value: looking closer shows nothing new
  std::uint64_t finite = 0;           ///< values, those outside of the bins included
  std::uint64_t nonfinite = 0;        ///< NaN and infinities
  double min = 0;                     ///< of the finite values; 0 without any
  double max = 0;
  std::pair<double, double> usual{0, 1};  ///< without 0.1 % of the values on each side
  bool likeLabels = false;                ///< whole numbers, few different ones, in patches: a segmentation, it seems

  [[nodiscard]] double binWidth() const {
    return counts.empty() ? 0 : (high - low) / static_cast<double>(counts.size());
  }
  /// The bin that a value falls into; nothing outside of them.
  [[nodiscard]] std::optional<std::size_t> binOf(double value) const;
};

/// Counts the values of a frame, or of those slices of it that are in place, in at most `bins` bins: over all values,
/// or between two of them. Bins of integers hold equally many of them each. Throws Cancelled.
[[nodiscard]] ValueDistribution distributionOf(const Volume& volume, std::int64_t frame, std::size_t bins,
                                               JobContext& job, std::optional<std::pair<double, double>> range = {});

}  // namespace voxmark
