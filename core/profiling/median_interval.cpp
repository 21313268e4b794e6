#include "core/profiling/median_interval.h"

#include <algorithm>
#include <cmath>

namespace voxmark::profiling {

MedianInterval medianInterval(std::vector<double> values, double confidence) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  // Of n values fewer than k + 1 lie below the median with the binomial probability `tail`.
  double term = std::pow(0.5, static_cast<double>(n));
  double tail = term;
  std::size_t rank = 0;
  while (2 * (rank + 1) < n) {
    const double next = term * static_cast<double>(n - rank) / static_cast<double>(rank + 1);
    if (1 - 2 * (tail + next) < confidence) break;
    term = next;
    tail += next;
    ++rank;
  }
  return {values[rank], values[n - 1 - rank], 1 - 2 * tail};
}

}  // namespace voxmark::profiling
