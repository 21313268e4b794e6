#pragma once

#include <string>
#include <vector>

namespace voxmark::profiling {

/// Values farther than this many scaled median absolute deviations (1.4826 · MAD) from the median are outliers.
inline constexpr double kOutlierDeviations = 5;

/// Places of outliers in `values`. They are shown and never dropped. None where more than half of the values are equal.
[[nodiscard]] std::vector<std::size_t> outliers(const std::vector<double>& values);

/// Kendall's rank correlation of the values with their order, -1…1 (Kendall 1938; Mann 1945 as a test of trend), and
/// its two-sided p value by the normal approximation with continuity and tie correction.
struct Trend {
  double tau = 0;
  double pValue = 1;
};
[[nodiscard]] Trend trendOf(const std::vector<double>& values);

/// Whether the values fall into two clusters: the best split into two leaves, within them, less than an eighth of the
/// variance, each has a fifth of the values or more, and there are ten or more.
[[nodiscard]] bool isBimodal(const std::vector<double>& values);

/// What a reader of the times should know, a line each; empty where they look like noise alone.
[[nodiscard]] std::vector<std::string> shapeNotes(const std::vector<double>& values);

}  // namespace voxmark::profiling
