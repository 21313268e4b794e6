#pragma once

#include <cstdint>

#include "gpu/kernels/host_device.h"
#include "gpu/kernels/value_functors.h"

namespace voxmark::gpu {

/// Count, extrema, mean and sum of squared deviations of the finite values seen so far. Values are added after
/// Welford (1962) and parts joined after Chan, Golub and LeVeque (1979): one pass, stable where sums of squares cancel.
struct MomentsCell {
  std::uint64_t count = 0;
  std::uint64_t nonfinite = 0;
  double min = 0;
  double max = 0;
  double mean = 0;
  double m2 = 0;

  VOXMARK_HOST_DEVICE void add(double value, bool nonzero) {
    if (!isFinite(value)) {
      ++nonfinite;
      return;
    }
    if (nonzero && value == 0) return;
    if (count == 0 || value < min) min = value;
    if (count == 0 || value > max) max = value;
    ++count;
    const double delta = value - mean;
    mean += delta / static_cast<double>(count);
    m2 += delta * (value - mean);
  }

  VOXMARK_HOST_DEVICE void join(const MomentsCell& other) {
    nonfinite += other.nonfinite;
    if (other.count == 0) return;
    if (count == 0) {  // the formula below would square the mean, which overflows where values are very large
      const std::uint64_t seen = nonfinite;
      *this = other;
      nonfinite = seen;
      return;
    }
    if (other.min < min) min = other.min;
    if (other.max > max) max = other.max;
    const double total = static_cast<double>(count + other.count);
    const double delta = other.mean - mean;
    m2 += other.m2 + delta * delta * static_cast<double>(count) * (static_cast<double>(other.count) / total);
    mean += delta * (static_cast<double>(other.count) / total);
    count += other.count;
  }
};

}  // namespace voxmark::gpu
