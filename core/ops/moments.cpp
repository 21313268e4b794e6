#include "core/ops/moments.h"

#include <algorithm>
#include <cmath>

#include "core/base/simd_targets.h"

namespace voxmark {
namespace {

/// Deviations beyond kLarge would overflow when squared; they are counted in this unit instead.
constexpr double kLarge = 1e150;
constexpr double kLargeUnit = 0x1p600;

constexpr std::size_t kLanes = 16;

template <typename T>
struct Sums {
  double sum = 0;
  double squares = 0;
  T low{};
  T high{};
};

template <typename T>
[[gnu::always_inline]] inline void addUp(const T* in, std::size_t count, double shift, Sums<T>& out) {
  double sum[kLanes] = {}, squares[kLanes] = {};
  T low[kLanes], high[kLanes];
  for (std::size_t lane = 0; lane < kLanes; ++lane) low[lane] = high[lane] = in[0];
  std::size_t n = 0;
  for (; n + kLanes <= count; n += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const T stored = in[n + lane];
      const double value = static_cast<double>(stored) - shift;
      sum[lane] += value;
      squares[lane] += value * value;
      low[lane] = stored < low[lane] ? stored : low[lane];
      high[lane] = high[lane] < stored ? stored : high[lane];
    }
  }
  for (std::size_t lane = 0; n < count; ++n, ++lane) {
    const double value = static_cast<double>(in[n]) - shift;
    sum[lane] += value;
    squares[lane] += value * value;
    low[lane] = std::min(low[lane], in[n]);
    high[lane] = std::max(high[lane], in[n]);
  }
  out.low = low[0];
  out.high = high[0];
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    out.sum += sum[lane];
    out.squares += squares[lane];
    out.low = std::min(out.low, low[lane]);
    out.high = std::max(out.high, high[lane]);
  }
}

VOXMARK_EACH_TARGET(addUp, (typename T), (T), (const T* in, std::size_t count, double shift, Sums<T>& out),
                    addUp(in, count, shift, out))

}  // namespace

void Moments::useUnit(double wanted) {
  if (wanted == unit) return;
  m2 = m2 * (unit / wanted) * (unit / wanted);
  unit = wanted;
}

void Moments::join(const Moments& other) {
  nonfinite += other.nonfinite;
  if (other.count == 0) return;
  if (count == 0) {  // the formula below would square the mean, which overflows where values are very large
    const std::uint64_t seen = nonfinite;
    *this = other;
    nonfinite = seen;
    return;
  }
  const double total = static_cast<double>(count + other.count);
  const double delta = other.mean - mean;
  Moments added = other;
  const double wanted = std::max({unit, other.unit, std::abs(delta) > kLarge ? kLargeUnit : 1.0});
  useUnit(wanted);
  added.useUnit(wanted);
  const double scaledDelta = delta / wanted;
  m2 += added.m2 + scaledDelta * scaledDelta * static_cast<double>(count) * static_cast<double>(other.count) / total;
  mean += delta * static_cast<double>(other.count) / total;
  count += other.count;
  min = std::min(min, other.min);
  max = std::max(max, other.max);
}

double Moments::deviation() const {
  return std::sqrt(m2 / static_cast<double>(count)) * unit;
}

Moments Moments::scaled(double slope, double intercept) const {
  Moments out = *this;
  const double first = min * slope + intercept;
  const double second = max * slope + intercept;
  out.min = std::min(first, second);
  out.max = std::max(first, second);
  out.mean = mean * slope + intercept;
  out.m2 = m2 * slope * slope;
  return out;
}

Moments momentsOf(const double* values, std::size_t count) {
  Moments out;
  out.count = count;
  if (count == 0) return out;
  double sum = 0;
  for (std::size_t n = 0; n < count; ++n) {
    out.min = std::min(out.min, values[n]);
    out.max = std::max(out.max, values[n]);
    sum += values[n] / static_cast<double>(count);  // keeps the sum of the largest doubles finite
  }
  out.mean = sum;
  if (std::max(out.max - sum, sum - out.min) > kLarge) out.unit = kLargeUnit;
  const double toUnit = 1 / out.unit;
  double squares = 0;
  for (std::size_t n = 0; n < count; ++n) {
    const double deviation = (values[n] - sum) * toUnit;
    squares += deviation * deviation;
  }
  out.m2 = squares;
  return out;
}

template <typename T>
bool directMoments(const T* in, std::size_t count, Moments& out) {
  if (count == 0) return true;
  const auto shift = static_cast<double>(in[0]);
  Sums<T> sums;
  addUpFor<T>()(in, count, shift, sums);
  if (!std::isfinite(sums.sum)) return false;
  Moments block;
  const auto total = static_cast<double>(count);
  block.count = count;
  block.min = static_cast<double>(sums.low);
  block.max = static_cast<double>(sums.high);
  block.mean = shift + sums.sum / total;
  block.m2 = std::max(0.0, sums.squares - sums.sum * sums.sum / total);
  out.join(block);
  return true;
}

template bool directMoments(const std::uint8_t*, std::size_t, Moments&);
template bool directMoments(const std::int8_t*, std::size_t, Moments&);
template bool directMoments(const std::uint16_t*, std::size_t, Moments&);
template bool directMoments(const std::int16_t*, std::size_t, Moments&);
template bool directMoments(const std::uint32_t*, std::size_t, Moments&);
template bool directMoments(const std::int32_t*, std::size_t, Moments&);
template bool directMoments(const float*, std::size_t, Moments&);

}  // namespace voxmark
