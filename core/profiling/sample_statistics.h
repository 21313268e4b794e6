#pragma once

#include <vector>

namespace voxmark::profiling {

/// Middle value, or the mean of the two middle ones; 0 for no values.
[[nodiscard]] double median(std::vector<double> values);
/// 0 for no values.
[[nodiscard]] double mean(const std::vector<double>& values);
/// Sample deviation (n - 1), as Google Benchmark has it; 0 for fewer than two values.
[[nodiscard]] double sampleDeviation(const std::vector<double>& values);

/// How much larger `candidate` is than `baseline`, as a factor, with an interval.
struct RatioEstimate {
  double ratio = 1;
  double low = 0;   ///< of the confidence interval
  double high = 0;  ///< infinite where the samples are too few for the confidence asked for
};

/// Hodges-Lehmann estimate of the shift of logarithms (median of all pairwise differences), with the interval that
/// inverts the Mann-Whitney test at `confidence` (Hollander & Wolfe, Nonparametric Statistical Methods, 4.2 and 4.3).
/// Deterministic. All values must be above 0; throws Error(Usage) otherwise or where a side is empty.
[[nodiscard]] RatioEstimate estimateRatio(const std::vector<double>& baseline, const std::vector<double>& candidate,
                                          double confidence = 0.99);

/// One-sided p value of the Mann-Whitney test that `candidate` is not larger than `factor` times `baseline`. Exact up
/// to 60 values a side where no two are equal, else the normal approximation with continuity and tie correction.
[[nodiscard]] double exceedsProbability(const std::vector<double>& baseline, const std::vector<double>& candidate,
                                        double factor);

}  // namespace voxmark::profiling
