#pragma once

#include <vector>

namespace voxmark::profiling {

/// An estimated density: value[n] at at[n], evenly spaced.
struct Density {
  std::vector<double> at;
  std::vector<double> value;
};

/// Gaussian kernels of Silverman's width, 0.9 min(deviation, interquartile range / 1.34) n^(-1/5) (Density Estimation,
/// 1986, 3.31), at `points` places from three widths below the smallest value to three above the largest. Empty for
/// fewer than two different values.
[[nodiscard]] Density estimateDensity(const std::vector<double>& values, int points = 64);

/// The value below which the part `p` (0 to 1) of them lies, linear between neighbours, as numpy has it; 0 for none.
[[nodiscard]] double quantile(std::vector<double> values, double p);

}  // namespace voxmark::profiling
