#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/ops/operations.h"

namespace voxmark {

/// Of which input samples along one axis each output sample is made: `taps` neighbouring ones from first[n] on, with
/// weights that add up to 1. What the border cuts off of a kernel counts for the outermost sample.
struct AxisWeights {
  std::size_t taps = 1;
  std::vector<std::int64_t> first;  ///< rising or falling with n
  std::vector<double> weights;      ///< taps a sample
  std::vector<char> inside;         ///< whether the output sample lies in the input's extent (half a voxel around)

  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(first.size()); }
  [[nodiscard]] const double* of(std::int64_t n) const { return weights.data() + static_cast<std::size_t>(n) * taps; }
};

/// Output sample n lies at input index origin + n·step. Linear and Cubic widen their kernel where |step| > 1, as image
/// libraries do against aliasing (for instance Pillow's resize).
[[nodiscard]] AxisWeights resamplingWeights(Interpolation interpolation, std::int64_t inputs, std::int64_t outputs,
                                            double origin, double step);

/// Gaussian of standard deviation `sigma` samples, cut off at four of them, at every sample.
[[nodiscard]] AxisWeights gaussianWeights(double sigma, std::int64_t samples);

}  // namespace voxmark
