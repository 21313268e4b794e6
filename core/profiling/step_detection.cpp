#include "core/profiling/step_detection.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/profiling/sample_statistics.h"

namespace voxmark::profiling {
namespace {

constexpr double kLeastNoise = 0.0025;  // of logarithms: then steps below 1 % cost more than they explain

/// Deviation of the noise alone: steps are few, so that they hardly move the median of neighbours' differences.
double noiseOf(const std::vector<double>& logs) {
  std::vector<double> differences;
  for (std::size_t n = 1; n < logs.size(); ++n) differences.push_back(std::abs(logs[n] - logs[n - 1]));
  return std::max(kLeastNoise, 1.4826 * median(differences) / std::sqrt(2.0));
}

/// Single outliers drawn in to the edge of the noise about the median of five neighbours, which keeps steps in place:
/// one bad run must not look like two steps.
std::vector<double> withoutSpikes(const std::vector<double>& logs, double noise) {
  std::vector<double> out = logs;
  for (std::size_t n = 0; logs.size() >= 5 && n < logs.size(); ++n) {
    const std::size_t first = std::min(n < 2 ? 0 : n - 2, logs.size() - 5);
    const auto begin = logs.begin() + static_cast<std::ptrdiff_t>(first);
    const double middle = median({begin, begin + 5});
    out[n] = std::clamp(logs[n], middle - 3 * noise, middle + 3 * noise);
  }
  return out;
}

}  // namespace

std::vector<Segment> segmentsOf(const std::vector<double>& values) {
  const std::size_t count = values.size();
  if (count == 0) return {};
  std::vector<double> logs;
  for (const double value : values) logs.push_back(std::log(value));
  const double noise = noiseOf(logs);
  logs = withoutSpikes(logs, noise);
  // A step costs a level and a place: some more than what the Bayesian criterion asks of two numbers.
  const double penalty = 5 * noise * noise * std::log(std::max<double>(static_cast<double>(count), 10));
  std::vector<double> sums(count + 1, 0.0), squares(count + 1, 0.0);
  for (std::size_t n = 0; n < count; ++n) {
    sums[n + 1] = sums[n] + logs[n];
    squares[n + 1] = squares[n] + logs[n] * logs[n];
  }
  const auto error = [&](std::size_t from, std::size_t to) {
    const double sum = sums[to] - sums[from];
    return squares[to] - squares[from] - sum * sum / static_cast<double>(to - from);
  };
  std::vector<double> best(count + 1, std::numeric_limits<double>::infinity());
  std::vector<std::size_t> from(count + 1, 0);
  best[0] = -penalty;
  for (std::size_t to = 1; to <= count; ++to) {
    for (std::size_t begin = 0; begin < to; ++begin) {
      const double cost = best[begin] + penalty + error(begin, to);
      if (cost < best[to]) {
        best[to] = cost;
        from[to] = begin;
      }
    }
  }
  std::vector<Segment> out;
  for (std::size_t end = count; end > 0; end = from[end]) {
    const std::size_t begin = from[end];
    out.push_back({begin, end - begin, std::exp((sums[end] - sums[begin]) / static_cast<double>(end - begin))});
  }
  std::reverse(out.begin(), out.end());
  return out;
}

std::optional<double> lookBackScore(const std::vector<double>& values, std::size_t back) {
  if (values.size() < 2) return std::nullopt;
  std::vector<double> past(values.begin(), values.end() - 1);
  // What was before the last step of the past is another level.
  const Segment last = segmentsOf(past).back();
  past.erase(past.begin(), past.begin() + static_cast<std::ptrdiff_t>(last.first));
  if (past.size() > back) past.erase(past.begin(), past.end() - static_cast<std::ptrdiff_t>(back));
  if (past.size() < 5) return std::nullopt;
  const double middle = median(past);
  std::vector<double> distances;
  for (const double value : past) distances.push_back(std::abs(value - middle));
  return (values.back() - middle) / std::max(1.4826 * median(distances), 0.005 * middle);
}

}  // namespace voxmark::profiling
