#pragma once

#include <vector>

namespace voxmark::profiling {

/// Where the median of what the values are a sample of lies.
struct MedianInterval {
  double low = 0;
  double high = 0;
  double confidence = 0;  ///< what the interval really has
};

/// Two order statistics that enclose the median, by inverting the sign test (Hollander & Wolfe, Nonparametric
/// Statistical Methods, 3.6): the narrowest with at least `confidence`. Fewer than 8 values cannot give 99 %: then it
/// spans them all, and says how much that is worth. Makes no assumption about the distribution. Zeros for no values.
[[nodiscard]] MedianInterval medianInterval(std::vector<double> values, double confidence = 0.99);

}  // namespace voxmark::profiling
