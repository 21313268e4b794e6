#include "core/profiling/density.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/profiling/sample_statistics.h"

namespace voxmark::profiling {
namespace {

double interquartileRange(const std::vector<double>& values) {
  return quantile(values, 0.75) - quantile(values, 0.25);
}

double silvermanWidth(const std::vector<double>& values) {
  const double deviation = sampleDeviation(values);
  const double range = interquartileRange(values) / 1.34;
  const double spread = range > 0 ? std::min(deviation, range) : deviation;
  return 0.9 * spread * std::pow(static_cast<double>(values.size()), -0.2);
}

}  // namespace

double quantile(std::vector<double> values, double p) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const double place = std::clamp(p, 0.0, 1.0) * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return std::lerp(values[below], values[above], place - static_cast<double>(below));
}

Density estimateDensity(const std::vector<double>& values, int points) {
  const double width = silvermanWidth(values);
  if (values.size() < 2 || !(width > 0) || points < 2) return {};
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const double from = *least - 3 * width;
  const double step = (*most + 3 * width - from) / (points - 1);
  const double scale = 1 / (width * std::sqrt(2 * std::numbers::pi) * static_cast<double>(values.size()));
  Density out;
  for (int n = 0; n < points; ++n) {
    const double at = from + step * n;
    double sum = 0;
    for (const double value : values) sum += std::exp(-0.5 * std::pow((at - value) / width, 2));
    out.at.push_back(at);
    out.value.push_back(sum * scale);
  }
  return out;
}

}  // namespace voxmark::profiling
