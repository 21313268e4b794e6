#include "tests/conformance/plain_operations.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/ops/overload.h"
#include "core/ops/voxel_mask.h"

namespace voxmark::testing {
namespace {

PlainVolume empty(const Operation& operation, const PlainVolume& in) {
  PlainVolume out;
  out.info = outputInfo(operation, in.info);
  out.values.resize(static_cast<std::size_t>(wholeOf(out.info.geometry.size).voxels()));
  out.blurred.assign(out.values.size(), 0);
  return out;
}

/// Where an output voxel lies among the input's, in voxels.
Vec3 placeIn(const PlainVolume& in, const PlainVolume& out, std::size_t n) {
  const Index3& size = out.info.geometry.size;
  const auto at = static_cast<std::int64_t>(n);
  const Vec3 voxel{static_cast<double>(at % size[0]), static_cast<double>(at / size[0] % size[1]),
                   static_cast<double>(at / (size[0] * size[1]))};
  return worldToVoxel(in.info.geometry, voxelToWorld(out.info.geometry, voxel));
}

bool insideOf(const PlainVolume& in, const Vec3& p) {
  for (std::size_t a = 0; a < 3; ++a) {
    if (p[a] < -0.5 - 1e-9 || p[a] > static_cast<double>(in.info.geometry.size[a]) - 0.5 + 1e-9) return false;
  }
  return true;
}

PlainVolume gathered(const Operation& operation, const PlainVolume& in, double fill) {
  PlainVolume out = empty(operation, in);
  const Index3& size = in.info.geometry.size;
  for (std::size_t n = 0; n < out.values.size(); ++n) {
    const Vec3 p = placeIn(in, out, n);
    out.values[n] = fill;
    if (!insideOf(in, p)) continue;
    Index3 at{};
    for (std::size_t a = 0; a < 3; ++a) {
      at[a] = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(p[a] + 0.5 + 1e-9)), 0, size[a] - 1);
    }
    out.values[n] = in.at(at[0], at[1], at[2]);
  }
  return out;
}

std::vector<double> usable(const PlainVolume& in, bool nonzero, const VoxelMask* mask) {
  std::vector<double> out;
  const Index3& size = in.info.geometry.size;
  for (std::size_t n = 0; n < in.values.size(); ++n) {
    const auto at = static_cast<std::int64_t>(n);
    if (mask != nullptr && !mask->at({at % size[0], at / size[0] % size[1], at / (size[0] * size[1])})) continue;
    if (std::isfinite(in.values[n]) && !(nonzero && in.values[n] == 0)) out.push_back(in.values[n]);
  }
  std::sort(out.begin(), out.end());
  return out;
}

double percentile(const std::vector<double>& sorted, double percent) {
  const double position = percent / 100 * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const double high = sorted[std::min(below + 1, sorted.size() - 1)];
  return sorted[below] + (high - sorted[below]) * (position - static_cast<double>(below));
}

double unit(double value, double low, double high) {
  if (std::isnan(value)) return value;
  return high > low ? std::clamp((value - low) / (high - low), 0.0, 1.0) : 0;
}

PlainVolume normalized(const Normalize& step, const PlainVolume& in) {
  PlainVolume out = empty(step, in);
  std::vector<double> sorted = usable(in, step.nonzero, step.voxels.get());
  if (sorted.empty()) sorted = {0};
  const auto each = [&](const auto& map) {
    for (std::size_t n = 0; n < in.values.size(); ++n) out.values[n] = map(in.values[n]);
    return out;
  };
  const auto count = static_cast<long double>(sorted.size());
  if (step.method == NormalizeMethod::MinMax) {
    return each([&](double v) { return unit(v, sorted.front(), sorted.back()); });
  }
  if (step.method == NormalizeMethod::Percentile) {
    const double low = percentile(sorted, step.first), high = percentile(sorted, step.second);
    return each([&](double v) { return unit(v, low, high); });
  }
  if (step.method == NormalizeMethod::Window) {
    return each([&](double v) { return unit(v, step.second - step.first / 2, step.second + step.first / 2); });
  }
  double centre = 0, width = 0;
  if (step.method == NormalizeMethod::ZScore) {
    const long double mean = std::accumulate(sorted.begin(), sorted.end(), 0.0L) / count;
    long double squares = 0;
    for (const double v : sorted)
      squares += (static_cast<long double>(v) - mean) * (static_cast<long double>(v) - mean);
    centre = static_cast<double>(mean);
    width = static_cast<double>(std::sqrt(squares / count));
  } else {
    centre = percentile(sorted, 50);
    for (double& v : sorted) v = std::abs(v - centre);
    std::sort(sorted.begin(), sorted.end());
    width = 1.4826 * percentile(sorted, 50);
  }
  return each([&](double v) { return std::isnan(v) ? v : width > 0 ? (v - centre) / width : 0; });
}

PlainVolume matched(const HistogramMatch& step, const PlainVolume& in) {
  PlainVolume out = empty(step, in);
  const std::vector<double> sorted = usable(in, step.nonzero, nullptr);
  std::vector<std::pair<double, std::vector<double>>> points;
  for (const auto& [percent, value] : step.landmarks) {
    if (sorted.empty()) break;
    const double from = percentile(sorted, percent);
    if (points.empty() || points.back().first != from) points.push_back({from, {}});
    points.back().second.push_back(value);
  }
  const auto target = [&](std::size_t n) {
    const auto& all = points[n].second;
    return std::accumulate(all.begin(), all.end(), 0.0) / static_cast<double>(all.size());
  };
  for (std::size_t n = 0; n < in.values.size(); ++n) {
    const double v = in.values[n];
    out.values[n] = v;
    if (std::isnan(v) || points.empty() || (step.nonzero && v == 0)) continue;
    out.values[n] = target(0);
    if (points.size() < 2) continue;
    std::size_t piece = 0;
    while (piece + 2 < points.size() && v >= points[piece + 1].first) ++piece;
    const double share = (v - points[piece].first) / (points[piece + 1].first - points[piece].first);
    const double rise = target(piece + 1) - target(piece);
    out.values[n] = rise == 0 ? target(piece) : target(piece) + share * rise;
  }
  return out;
}

double stored(PixelType type, double value) {
  if (isInteger(type)) {
    if (std::isnan(value)) return 0;
    const double whole = std::nearbyint(value);
    // 64-bit integers: the double next to the largest one.
    const double most = bytesOf(type) < 8 ? highestOf(type) : std::ldexp(1.0, isSigned(type) ? 63 : 64);
    return whole >= highestOf(type) ? most : std::max(whole, lowestOf(type));
  }
  if (!std::isfinite(value) || type == PixelType::F64) return value;
  value = std::clamp(value, lowestOf(type), highestOf(type));
  // Digits of the significand, and the exponent below which numbers are subnormal.
  const auto [digits, least] = type == PixelType::F16    ? std::pair{11, -14}
                               : type == PixelType::BF16 ? std::pair{8, -126}
                                                         : std::pair{24, -126};
  const int exponent = value == 0 ? least : std::max(std::ilogb(value), least);
  const double step = std::ldexp(1.0, exponent - digits + 1);
  return std::nearbyint(value / step) * step;
}

double triangle(double x) {
  return std::max(0.0, 1 - std::abs(x));
}
double keys(double x) {
  x = std::abs(x);
  if (x < 1) return 1.5 * x * x * x - 2.5 * x * x + 1;
  return x < 2 ? -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2 : 0;
}

/// The weights of input samples for one position along an axis; what the border cuts off counts for the last sample.
std::vector<double> weightsAt(double centre, double reach, std::int64_t size, const auto& kernel) {
  std::vector<double> out(static_cast<std::size_t>(size), 0);
  double sum = 0;
  for (auto n = static_cast<std::int64_t>(std::floor(centre - reach)) - 1; n <= std::ceil(centre + reach) + 1; ++n) {
    if (std::abs(static_cast<double>(n) - centre) > reach) continue;
    const double weight = kernel(static_cast<double>(n) - centre);
    out[static_cast<std::size_t>(std::clamp<std::int64_t>(n, 0, size - 1))] += weight;
    sum += weight;
  }
  for (double& weight : out) weight /= sum;
  return out;
}

/// Σ of weights along the three axes; voxels near to one that is not finite, which
/// spreads over the kernel's width at most, are marked.
void weigh(const PlainVolume& in, const std::array<std::vector<double>, 3>& weights, const Vec3& about,
           const Vec3& reach, double& value, char& blurred) {
  const Index3& size = in.info.geometry.size;
  value = 0;
  for (std::int64_t k = 0; k < size[2]; ++k) {
    for (std::int64_t j = 0; j < size[1]; ++j) {
      for (std::int64_t i = 0; i < size[0]; ++i) {
        const double v = in.at(i, j, k);
        const Vec3 far{std::abs(static_cast<double>(i) - about[0]), std::abs(static_cast<double>(j) - about[1]),
                       std::abs(static_cast<double>(k) - about[2])};
        const bool near = far[0] <= reach[0] && far[1] <= reach[1] && far[2] <= reach[2];
        if (!std::isfinite(v)) {
          if (near) blurred = 1;
          continue;
        }
        value += weights[0][static_cast<std::size_t>(i)] * weights[1][static_cast<std::size_t>(j)] *
                 weights[2][static_cast<std::size_t>(k)] * v;
      }
    }
  }
}

PlainVolume smoothed(const Smooth& step, const PlainVolume& in) {
  PlainVolume out = empty(step, in);
  for (std::size_t n = 0; n < out.values.size(); ++n) {
    const Vec3 p = placeIn(in, out, n);
    std::array<std::vector<double>, 3> weights;
    Vec3 reach{};
    for (std::size_t a = 0; a < 3; ++a) {
      const double sigma = step.sigma / in.info.geometry.spacing[a];
      reach[a] = std::floor(4 * sigma + 0.5);
      weights[a] = weightsAt(std::round(p[a]), reach[a], in.info.geometry.size[a],
                             [&](double x) { return std::exp(-0.5 * x * x / (sigma * sigma)); });
    }
    weigh(in, weights, p, {2 * reach[0] + 1, 2 * reach[1] + 1, 2 * reach[2] + 1}, out.values[n], out.blurred[n]);
  }
  return out;
}

/// Steps of the output's axes in input voxels: column c of what maps one grid to the other.
std::array<Vec3, 3> stepsOf(const PlainVolume& in, const PlainVolume& out) {
  const Vec3 origin = worldToVoxel(in.info.geometry, out.info.geometry.origin);
  std::array<Vec3, 3> steps{};
  for (std::size_t c = 0; c < 3; ++c) {
    Vec3 one{0, 0, 0};
    one[c] = 1;
    const Vec3 next = worldToVoxel(in.info.geometry, voxelToWorld(out.info.geometry, one));
    for (std::size_t a = 0; a < 3; ++a) steps[c][a] = next[a] - origin[a];
  }
  return steps;
}

PlainVolume resampled(const Resample& step, const PlainVolume& in) {
  if (step.interpolation == Interpolation::Nearest) return gathered(step, in, step.fill);
  PlainVolume out = empty(step, in);
  const auto steps = stepsOf(in, out);
  const bool cubic = step.interpolation == Interpolation::Cubic;
  const double support = cubic ? 2 : 1;
  bool parallel = true;
  Index3 parts{1, 1, 1};
  Vec3 widen{1, 1, 1};
  for (std::size_t c = 0; c < 3; ++c) {
    double longest = 1;
    for (std::size_t a = 0; a < 3; ++a) {
      longest = std::max(longest, std::abs(steps[c][a]));
      if (a != c && std::abs(steps[c][a]) > 1e-6 * std::abs(steps[c][c])) parallel = false;
    }
    parts[c] = static_cast<std::int64_t>(std::ceil(longest - 1e-6));
    widen[c] = std::max(1.0, std::abs(steps[c][c]));
  }
  if (parallel) parts = {1, 1, 1};
  if (!parallel) widen = {1, 1, 1};
  const auto samples = static_cast<double>(parts[0] * parts[1] * parts[2]);
  for (std::size_t n = 0; n < out.values.size(); ++n) {
    const Vec3 centre = placeIn(in, out, n);
    out.values[n] = step.fill;
    if (!insideOf(in, centre)) continue;
    double sum = 0;
    for (std::int64_t s = 0; s < parts[0] * parts[1] * parts[2]; ++s) {
      const Index3 part{s % parts[0], s / parts[0] % parts[1], s / (parts[0] * parts[1])};
      std::array<std::vector<double>, 3> weights;
      Vec3 p = centre, reach{};
      for (std::size_t a = 0; a < 3; ++a) {
        const double last = static_cast<double>(in.info.geometry.size[a] - 1);
        for (std::size_t c = 0; c < 3; ++c) {
          p[a] += steps[c][a] * ((static_cast<double>(part[c]) + 0.5) / static_cast<double>(parts[c]) - 0.5);
        }
        p[a] = std::clamp(p[a], -0.5, last + 0.5);
        if (!cubic && !parallel) p[a] = std::clamp(p[a], 0.0, last);
        reach[a] = support * widen[a];
        weights[a] = weightsAt(p[a], reach[a], in.info.geometry.size[a],
                               [&](double x) { return cubic ? keys(x / widen[a]) : triangle(x / widen[a]); });
      }
      double value = 0;
      weigh(in, weights, p, {2 * reach[0] + 1, 2 * reach[1] + 1, 2 * reach[2] + 1}, value, out.blurred[n]);
      sum += value;
    }
    out.values[n] = sum / samples;
  }
  return out;
}

PlainVolume each(const Operation& operation, const PlainVolume& in, const auto& map) {
  PlainVolume out = empty(operation, in);
  for (std::size_t n = 0; n < in.values.size(); ++n) out.values[n] = map(in.values[n]);
  return out;
}

}  // namespace

PlainVolume plain(const Volume& volume) {
  PlainVolume out;
  out.info = volume.info();
  const Index3& size = volume.geometry().size;
  for (std::int64_t k = 0; k < size[2]; ++k) {
    for (std::int64_t j = 0; j < size[1]; ++j) {
      for (std::int64_t i = 0; i < size[0]; ++i) out.values.push_back(volume.valueAt(0, {i, j, k}));
    }
  }
  out.blurred.assign(out.values.size(), 0);
  return out;
}

PlainVolume applyPlainly(const Operation& operation, const PlainVolume& in) {
  return std::visit(
      Overload{
          [&](const Crop&) { return gathered(operation, in, 0); },
          [&](const CropToMask&) { return gathered(operation, in, 0); },
          [&](const Reorient&) { return gathered(operation, in, 0); },
          [&](const FitShape& s) { return gathered(operation, in, s.fill); },
          [&](const Normalize& s) { return normalized(s, in); },
          [&](const HistogramMatch& s) { return matched(s, in); }, [&](const Smooth& s) { return smoothed(s, in); },
          [&](const Resample& s) { return resampled(s, in); },
          [&](const Clamp& s) {
            return each(operation, in,
                        [&](double v) { return std::isnan(v) ? v : std::min(std::max(v, s.low), s.high); });
          },
          [&](const ScaleShift& s) { return each(operation, in, [&](double v) { return v * s.scale + s.shift; }); },
          [&](const Cast& s) { return each(operation, in, [&](double v) { return stored(s.type, v); }); }},
      operation);
}

}  // namespace voxmark::testing
