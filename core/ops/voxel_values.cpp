#include "core/ops/voxel_values.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace voxmark {
namespace {

template <typename T>
T convert(double value, double low, double high) {
  if constexpr (std::is_integral_v<T>) {
    if (std::isnan(value)) return T{0};
    if (value <= low) return std::numeric_limits<T>::min();
    if (value >= high) return std::numeric_limits<T>::max();
    return static_cast<T>(std::nearbyint(value));
  } else {
    if (std::isfinite(value)) value = std::clamp(value, low, high);
    if constexpr (std::is_same_v<T, double>)
      return value;
    else if constexpr (std::is_same_v<T, float>)
      return static_cast<float>(value);
    else
      return T(static_cast<float>(value));
  }
}

/// float16 types are reached through float; rounding twice could differ from rounding once in the last place.
/// Rounding to odd at 24 bits first makes the second rounding exact.
float narrowToOdd(double value) {
  const float near = static_cast<float>(value);
  if (static_cast<double>(near) == value || !std::isfinite(near)) return near;
  const auto bits = std::bit_cast<std::uint32_t>(near);
  if ((bits & 1U) != 0) return near;
  // The neighbour on the other side of `value`, whose last bit is odd.
  return std::nextafterf(near, static_cast<double>(near) < value ? std::numeric_limits<float>::infinity()
                                                                 : -std::numeric_limits<float>::infinity());
}

template <typename T>
T convertOnce(double value, double low, double high) {
  if constexpr (std::is_same_v<T, Half> || std::is_same_v<T, BFloat16>) {
    if (std::isfinite(value)) value = std::clamp(value, low, high);
    return T(narrowToOdd(value));
  } else {
    return convert<T>(value, low, high);
  }
}

template <typename T>
double back(T stored) {
  return static_cast<double>(stored);
}

template <typename T>
void note(Loss& loss, double before, T stored, double low, double high) {
  if (std::is_integral_v<T> && !std::isfinite(before)) ++loss.nonfinite;
  loss.note(before, back(stored), low, high);
}

}  // namespace

void loadValues(PixelType type, const std::byte* stored, std::int64_t stride, std::size_t count,
                const LinearScale& scale, double* values) {
  visitPixelType(type, [&](auto tag) {
    using T = typename decltype(tag)::type;
    const T* in = reinterpret_cast<const T*>(stored);
    if (stride == 1) {
      for (std::size_t n = 0; n < count; ++n) values[n] = static_cast<double>(in[n]);
    } else {
      for (std::size_t n = 0; n < count; ++n)
        values[n] = static_cast<double>(in[static_cast<std::int64_t>(n) * stride]);
    }
  });
  if (scale.identity()) return;
  for (std::size_t n = 0; n < count; ++n) values[n] = values[n] * scale.slope + scale.intercept;
}

void storeValues(PixelType type, const double* values, std::size_t count, std::byte* stored, Loss* loss) {
  const double low = lowestOf(type);
  const double high = highestOf(type);
  visitPixelType(type, [&](auto tag) {
    using T = typename decltype(tag)::type;
    T* out = reinterpret_cast<T*>(stored);
    for (std::size_t n = 0; n < count; ++n) out[n] = convertOnce<T>(values[n], low, high);
    if (loss == nullptr) return;
    for (std::size_t n = 0; n < count; ++n) note(*loss, values[n], out[n], low, high);
  });
}

void quantizeValues(PixelType type, double* values, std::size_t count, Loss* loss) {
  const double low = lowestOf(type);
  const double high = highestOf(type);
  visitPixelType(type, [&](auto tag) {
    using T = typename decltype(tag)::type;
    for (std::size_t n = 0; n < count; ++n) {
      const T stored = convertOnce<T>(values[n], low, high);
      if (loss != nullptr) note(*loss, values[n], stored, low, high);
      values[n] = back(stored);
    }
  });
}

void Loss::note(double before, double after, double least, double most) {
  ++count;
  if (!std::isfinite(before)) return;
  if (before < least || before > most) ++clipped;
  low = any ? std::min(low, before) : before;
  high = any ? std::max(high, before) : before;
  any = true;
  const double error = std::abs(after - before);
  maxAbsError = std::max(maxAbsError, error);
  sumAbsError += error;
  sumSquaredError += error * error;
}

void Loss::add(const Loss& other) {
  clipped += other.clipped;
  nonfinite += other.nonfinite;
  count += other.count;
  maxAbsError = std::max(maxAbsError, other.maxAbsError);
  sumAbsError += other.sumAbsError;
  sumSquaredError += other.sumSquaredError;
  if (other.any) {
    low = any ? std::min(low, other.low) : other.low;
    high = any ? std::max(high, other.high) : other.high;
    any = true;
  }
}

void Loss::follow(const Loss& later) {
  if (count == 0 || later.count == 0) {
    add(later);
    return;
  }
  const double mean = meanAbsError() + later.meanAbsError();
  const auto rms = [](const Loss& one) { return std::sqrt(one.sumSquaredError / static_cast<double>(one.count)); };
  const double both = rms(*this) + rms(later);
  clipped += later.clipped;
  nonfinite += later.nonfinite;
  maxAbsError += later.maxAbsError;
  count = later.count;
  sumAbsError = mean * static_cast<double>(count);
  sumSquaredError = both * both * static_cast<double>(count);
  if (!any) low = later.low, high = later.high;
  any = any || later.any;
}

double Loss::psnr() const {
  if (count == 0 || sumSquaredError == 0) return std::numeric_limits<double>::infinity();
  const double rmse = std::sqrt(sumSquaredError / static_cast<double>(count));
  return 20.0 * std::log10((high - low) / rmse);
}

}  // namespace voxmark
