#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace voxmark {

/// A percentile lies between two order statistics (counted from 0), by linear interpolation.
struct OrderRanks {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  double share = 0;  ///< of the upper one
};

/// `total` > 0.
[[nodiscard]] inline OrderRanks ranksOf(double percent, std::uint64_t total) {
  const double position = std::clamp(percent / 100, 0.0, 1.0) * static_cast<double>(total - 1);
  const double below = std::floor(position);
  const auto low = static_cast<std::uint64_t>(below);
  return {low, std::min(low + 1, total - 1), position - below};
}

/// The two, as values.
struct OrderBetween {
  double low = 0;
  double high = 0;
  double share = 0;
};

}  // namespace voxmark
