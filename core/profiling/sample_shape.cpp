#include "core/profiling/sample_shape.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "core/profiling/sample_statistics.h"

namespace voxmark::profiling {

std::vector<std::size_t> outliers(const std::vector<double>& values) {
  const double middle = median(values);
  std::vector<double> distances;
  for (const double value : values) distances.push_back(std::abs(value - middle));
  const double limit = kOutlierDeviations * 1.4826 * median(distances);
  std::vector<std::size_t> out;
  for (std::size_t n = 0; limit > 0 && n < values.size(); ++n) {
    if (distances[n] > limit) out.push_back(n);
  }
  return out;
}

Trend trendOf(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  if (values.size() < 3) return {};
  double score = 0;
  std::map<double, double> groups;
  for (std::size_t i = 0; i < values.size(); ++i) {
    groups[values[i]] += 1;
    for (std::size_t j = i + 1; j < values.size(); ++j) {
      score += values[j] > values[i] ? 1 : (values[j] < values[i] ? -1 : 0);
    }
  }
  double ties = 0;
  double tiedPairs = 0;
  for (const auto& [value, count] : groups) {
    ties += count * (count - 1) * (2 * count + 5);
    tiedPairs += count * (count - 1) / 2;
  }
  const double pairs = n * (n - 1) / 2;
  const double variance = (n * (n - 1) * (2 * n + 5) - ties) / 18;
  if (!(variance > 0) || !(pairs > tiedPairs)) return {};
  const double z = std::max(0.0, std::abs(score) - 1) / std::sqrt(variance);
  return {score / std::sqrt(pairs * (pairs - tiedPairs)), std::erfc(z / std::sqrt(2.0))};
}

bool isBimodal(const std::vector<double>& values) {
  if (values.size() < 10) return false;
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  const std::size_t fewest = (sorted.size() + 4) / 5;
  const auto scatter = [](const std::vector<double>& part) {
    const double deviation = sampleDeviation(part);
    return deviation * deviation * (static_cast<double>(part.size()) - 1);
  };
  const double whole = scatter(sorted);
  double least = whole;
  for (std::size_t split = fewest; split + fewest <= sorted.size(); ++split) {
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(split);
    least = std::min(least, scatter({sorted.begin(), middle}) + scatter({middle, sorted.end()}));
  }
  return whole > 0 && least < whole / 8;
}

std::vector<std::string> shapeNotes(const std::vector<double>& values) {
  std::vector<std::string> out;
  if (const Trend trend = trendOf(values); trend.pValue < 0.001) {
    out.push_back(fmt::format("times {} while it ran", trend.tau > 0 ? "rise" : "fall"));
  }
  if (isBimodal(values)) {
    out.emplace_back("times fall into two groups");
  } else if (const std::size_t count = outliers(values).size(); count > 0) {
    out.push_back(fmt::format("{} of {} blocks are outliers (they count)", count, values.size()));
  }
  return out;
}

}  // namespace voxmark::profiling
