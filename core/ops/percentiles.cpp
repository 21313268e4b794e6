#include "core/ops/percentiles.h"

#include <algorithm>
#include <cmath>

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

}  // namespace voxmark
