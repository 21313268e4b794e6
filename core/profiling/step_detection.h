#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace voxmark::profiling {

/// A level that a series keeps for a while.
struct Segment {
  std::size_t first = 0;
  std::size_t count = 0;
  double level = 0;  ///< geometric mean of its values
};

/// Where a series of times steps from one level to another: the piecewise constant function with the least squared
/// error of logarithms plus a penalty a step (the Potts functional, minimised exactly by dynamic programming: Winkler
/// and Liebscher 2002; Killick et al. 2012 on penalties). The noise is estimated from the differences of neighbours,
/// and single outliers are drawn in to its edge beforehand; steps of less than 1 % are never found. Values must be
/// above 0; an empty series has no segment.
[[nodiscard]] std::vector<Segment> segmentsOf(const std::vector<double>& values);

/// How many robust deviations the last value lies above the median of up to `back` values before it in its segment's
/// past; empty for fewer than five of them. What a deviation counts for is at least 0.5 % of the median.
[[nodiscard]] std::optional<double> lookBackScore(const std::vector<double>& values, std::size_t back = 20);

}  // namespace voxmark::profiling
