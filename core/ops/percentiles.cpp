#include "core/ops/percentiles.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace voxmark {

double quantile(std::vector<double>& values, double fraction) {
  const double position = fraction * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(position));
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(below);
  std::nth_element(values.begin(), at, values.end());
  const double low = *at;
  if (below + 1 >= values.size()) return low;
  const double high = *std::min_element(at + 1, values.end());
  return low + (high - low) * (position - static_cast<double>(below));
}

void PercentileCollector::add(const double* values, std::size_t count) {
  if (!counting_) {
    kept_.insert(kept_.end(), values, values + count);
    return;
  }
  total_ += count;
  // Neighbouring voxels often repeat a value: count runs before the map is asked.
  for (std::size_t n = 0; n < count;) {
    std::size_t run = n + 1;
    while (run < count && values[run] == values[n]) ++run;
    counts_[values[n]] += run - n;
    n = run;
  }
}

double PercentileCollector::counted(double fraction) const {
  const double position = fraction * static_cast<double>(total_ - 1);
  const auto below = static_cast<std::uint64_t>(std::floor(position));
  std::uint64_t passed = 0;
  for (auto it = counts_.begin(); it != counts_.end(); ++it) {
    passed += it->second;
    if (passed <= below) continue;
    if (passed > below + 1 || std::next(it) == counts_.end()) return it->first;
    return it->first + (std::next(it)->first - it->first) * (position - static_cast<double>(below));
  }
  return counts_.rbegin()->first;
}

std::vector<std::pair<double, double>> PercentileCollector::values(const std::vector<double>& percents) {
  std::vector<std::pair<double, double>> out;
  for (double percent : percents) {
    const bool none = counting_ ? total_ == 0 : kept_.empty();
    const double fraction = std::clamp(percent / 100, 0.0, 1.0);
    const double value =
        none ? std::numeric_limits<double>::quiet_NaN() : (counting_ ? counted(fraction) : quantile(kept_, fraction));
    out.emplace_back(percent, value);
  }
  return out;
}

}  // namespace voxmark
