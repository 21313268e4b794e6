#include "core/profiling/sample_statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "core/base/error.h"

namespace voxmark::profiling {
namespace {

constexpr std::size_t kExactLimit = 60;

/// Probability of each value of Mann-Whitney's U for m and n values without ties. The number of arrangements with a
/// given U is the coefficient of the Gaussian binomial, built up one factor (1 - q^(m+i)) / (1 - q^i) at a time.
std::vector<double> exactDistribution(std::size_t m, std::size_t n) {
  std::vector<double> counts(m * n + 1, 0.0);
  counts[0] = 1;
  for (std::size_t i = 1; i <= n; ++i) {
    for (std::size_t u = counts.size(); u-- > m + i;) counts[u] -= counts[u - m - i];
    for (std::size_t u = i; u < counts.size(); ++u) counts[u] += counts[u - i];
  }
  const double total = std::accumulate(counts.begin(), counts.end(), 0.0);
  for (double& count : counts) count /= total;
  return counts;
}

double normalTail(double z) {
  return 0.5 * std::erfc(z / std::sqrt(2.0));
}

/// z with normalTail(z) = p, by bisection: p is between 1e-12 and 0.5.
double normalQuantile(double p) {
  double low = 0;
  double high = 10;
  for (int step = 0; step < 80; ++step) {
    const double middle = (low + high) / 2;
    (normalTail(middle) > p ? low : high) = middle;
  }
  return low;
}

/// How many of the sorted differences lie outside the interval on each side, plus one; 0 where even the outermost ones
/// do not give the confidence.
std::size_t criticalRank(std::size_t m, std::size_t n, double alpha) {
  if (m <= kExactLimit && n <= kExactLimit) {
    const std::vector<double> distribution = exactDistribution(m, n);
    double tail = 0;
    std::size_t rank = 0;
    while (rank < distribution.size() && tail + distribution[rank] <= alpha / 2) tail += distribution[rank++];
    return rank;
  }
  const auto product = static_cast<double>(m * n);
  const double deviation = std::sqrt(product * static_cast<double>(m + n + 1) / 12.0);
  const double rank = product / 2 - normalQuantile(alpha / 2) * deviation;
  return rank < 1 ? 0 : static_cast<std::size_t>(std::floor(rank));
}

std::vector<double> logarithms(const std::vector<double>& values) {
  if (values.empty()) throw Error(ErrorCode::Usage, "a comparison needs measurements on both sides");
  std::vector<double> logs;
  for (const double value : values) {
    if (!(value > 0) || !std::isfinite(value)) throw Error(ErrorCode::Usage, "a measured time is not above 0");
    logs.push_back(std::log(value));
  }
  return logs;
}

}  // namespace

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const std::size_t half = values.size() / 2;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(half), values.end());
  const double upper = values[half];
  if (values.size() % 2 == 1) return upper;
  return (*std::max_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(half)) + upper) / 2;
}

double mean(const std::vector<double>& values) {
  if (values.empty()) return 0;
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double sampleDeviation(const std::vector<double>& values) {
  if (values.size() < 2) return 0;
  const double centre = mean(values);
  double sum = 0;
  for (const double value : values) sum += (value - centre) * (value - centre);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

RatioEstimate estimateRatio(const std::vector<double>& baseline, const std::vector<double>& candidate,
                            double confidence) {
  const std::vector<double> before = logarithms(baseline);
  const std::vector<double> after = logarithms(candidate);
  std::vector<double> differences;
  differences.reserve(before.size() * after.size());
  for (const double a : after) {
    for (const double b : before) differences.push_back(a - b);
  }
  std::sort(differences.begin(), differences.end());
  RatioEstimate out;
  out.ratio = std::exp(median(differences));
  const std::size_t rank = criticalRank(before.size(), after.size(), 1 - confidence);
  out.low = rank == 0 ? 0 : std::exp(differences[rank - 1]);
  out.high = rank == 0 ? std::numeric_limits<double>::infinity() : std::exp(differences[differences.size() - rank]);
  return out;
}

double exceedsProbability(const std::vector<double>& baseline, const std::vector<double>& candidate, double factor) {
  const std::vector<double> before = logarithms(baseline);
  const std::vector<double> after = logarithms(candidate);
  const double shift = std::log(factor);
  double u = 0;
  std::map<double, std::size_t> groups;
  for (const double b : before) ++groups[b + shift];
  for (const double a : after) ++groups[a];
  for (const double a : after) {
    for (const double b : before) u += a > b + shift ? 1.0 : (a == b + shift ? 0.5 : 0.0);
  }
  const std::size_t m = before.size();
  const std::size_t n = after.size();
  if (groups.size() == m + n && m <= kExactLimit && n <= kExactLimit) {
    const std::vector<double> distribution = exactDistribution(m, n);
    // The distribution is symmetric: P(U >= u) = P(U <= mn - u), summed from the small end for accuracy.
    const auto last = static_cast<std::ptrdiff_t>(static_cast<double>(m * n) - u);
    return std::accumulate(distribution.begin(), distribution.begin() + last + 1, 0.0);
  }
  const auto total = static_cast<double>(m + n);
  double ties = 0;
  for (const auto& [value, count] : groups) {
    const auto c = static_cast<double>(count);
    ties += c * c * c - c;
  }
  const auto product = static_cast<double>(m * n);
  const double variance = product / 12.0 * (total + 1 - ties / (total * (total - 1)));
  if (!(variance > 0)) return 1;
  return normalTail((u - product / 2 - 0.5) / std::sqrt(variance));
}

}  // namespace voxmark::profiling
