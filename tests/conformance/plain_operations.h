#pragma once

#include <vector>

#include "core/ops/operations.h"
#include "core/volume/volume.h"

namespace voxmark::testing {

/// A scalar volume of one frame as float64 values, i fastest, with what the operations say of it.
struct PlainVolume {
  VolumeInfo info;
  std::vector<double> values;
  std::vector<char> blurred;  ///< made of something that was not finite: its value is not defined

  [[nodiscard]] double at(std::int64_t i, std::int64_t j, std::int64_t k) const {
    const Index3& n = info.geometry.size;
    return values[static_cast<std::size_t>(i + n[0] * (j + n[1] * k))];
  }
};

[[nodiscard]] PlainVolume plain(const Volume& volume);

/// Every operation as its definition reads: voxel by voxel, in float64, by sorting and by direct sums, sharing nothing
/// with what it checks but the geometry of the result. Types other than Cast's are left to the comparison.
[[nodiscard]] PlainVolume applyPlainly(const Operation& operation, const PlainVolume& in);

}  // namespace voxmark::testing
