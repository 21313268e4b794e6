#pragma once

#include <array>
#include <functional>
#include <span>

#include "core/jobs/job_context.h"
#include "core/ops/axis_weights.h"

namespace voxmark {

/// Weighted sums along the three voxel axes one after the other: resampling onto parallel grids, smoothing. Input
/// slices are filtered in the plane once and kept while the sums across slices need them, so that the memory is that of
/// a few slices a thread. Real is float or double.
template <typename Real>
class SeparableFilter {
 public:
  /// Gives the values of an input row: voxels [start[0], start[0] + out.size()) of row j, slice k.
  using LoadRow = std::function<void(std::int64_t i, std::int64_t j, std::int64_t k, std::span<Real> out)>;

  SeparableFilter(std::array<AxisWeights, 3> weights, Real fill) : weights_(std::move(weights)), fill_(fill) {}

  /// Input voxels that a region of the output is made of.
  [[nodiscard]] Region inputRegion(const Region& output) const;
  /// Computes a region of the output densely into `out`. `load` is called by several threads. The same bits for any
  /// number of them. Throws Cancelled.
  void run(const Region& output, const LoadRow& load, Real* out, int threads, const JobContext& job) const;

 private:
  struct Worker;
  std::array<AxisWeights, 3> weights_;
  Real fill_;
};

extern template class SeparableFilter<float>;
extern template class SeparableFilter<double>;

}  // namespace voxmark
