#include "core/ops/axis_weights.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace voxmark {
namespace {

using Kernel = double (*)(double);

double triangle(double x) {
  return std::max(0.0, 1 - std::abs(x));
}

/// Keys, a = -1/2.
double keys(double x) {
  x = std::abs(x);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return 0;
}

/// The contributions to one output sample, by rising input sample.
using Contributions = std::vector<std::pair<std::int64_t, double>>;

Contributions around(double centre, double reach, std::int64_t inputs, const auto& kernel) {
  Contributions out;
  double sum = 0;
  const auto last = static_cast<std::int64_t>(std::floor(centre + reach));
  for (auto n = static_cast<std::int64_t>(std::ceil(centre - reach)); n <= last; ++n) {
    const double weight = kernel(static_cast<double>(n) - centre);
    if (weight == 0) continue;
    sum += weight;
    const std::int64_t index = std::clamp<std::int64_t>(n, 0, inputs - 1);
    if (!out.empty() && out.back().first == index) {
      out.back().second += weight;
    } else {
      out.emplace_back(index, weight);
    }
  }
  for (auto& [index, weight] : out) weight /= sum;
  return out;
}

AxisWeights packed(const std::vector<Contributions>& all, std::int64_t inputs) {
  AxisWeights out;
  for (const Contributions& one : all) {
    out.taps = std::max(out.taps, static_cast<std::size_t>(one.back().first - one.front().first + 1));
  }
  out.weights.assign(all.size() * out.taps, 0);
  for (std::size_t n = 0; n < all.size(); ++n) {
    const std::int64_t first = std::min(all[n].front().first, inputs - static_cast<std::int64_t>(out.taps));
    out.first.push_back(first);
    for (const auto& [index, weight] : all[n])
      out.weights[n * out.taps + static_cast<std::size_t>(index - first)] = weight;
  }
  out.inside.assign(all.size(), 1);
  return out;
}

}  // namespace

AxisWeights resamplingWeights(Interpolation interpolation, std::int64_t inputs, std::int64_t outputs, double origin,
                              double step) {
  const double widen = interpolation == Interpolation::Nearest ? 1 : std::max(1.0, std::abs(step));
  const Kernel kernel = interpolation == Interpolation::Cubic ? keys : triangle;
  const double reach = widen * (interpolation == Interpolation::Cubic ? 2 : 1);
  const double most = static_cast<double>(inputs) - 0.5;
  // Positions that are meant to be the same as an input's are so only up to rounding.
  constexpr double kSame = 1e-9;
  std::vector<Contributions> all;
  std::vector<char> inside;
  for (std::int64_t n = 0; n < outputs; ++n) {
    double centre = origin + static_cast<double>(n) * step;
    inside.push_back(centre >= -0.5 - kSame && centre <= most + kSame ? 1 : 0);
    centre = std::clamp(centre, -0.5, most);
    if (std::abs(centre - std::round(centre)) < kSame) centre = std::round(centre);
    if (interpolation == Interpolation::Nearest) {
      const auto nearest = static_cast<std::int64_t>(std::floor(centre + 0.5));
      all.push_back({{std::clamp<std::int64_t>(nearest, 0, inputs - 1), 1.0}});
    } else {
      all.push_back(around(centre, reach, inputs, [&](double x) { return kernel(x / widen); }));
    }
  }
  AxisWeights out = packed(all, inputs);
  out.inside = std::move(inside);
  return out;
}

AxisWeights gaussianWeights(double sigma, std::int64_t samples) {
  const double reach = std::floor(4 * sigma + 0.5);
  std::vector<Contributions> all;
  for (std::int64_t n = 0; n < samples; ++n) {
    all.push_back(around(static_cast<double>(n), reach, samples,
                         [&](double x) { return std::exp(-0.5 * x * x / (sigma * sigma)); }));
  }
  return packed(all, samples);
}

}  // namespace voxmark
