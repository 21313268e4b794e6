#include "core/ops/cast_elements.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "core/base/simd_targets.h"
#include "core/ops/narrow_floats.h"

namespace voxmark {
namespace {

constexpr std::size_t kBlock = 512;  // few enough that float sums keep their digits
constexpr std::size_t kLanes = 16;
constexpr std::uint32_t kExponent = 0x7F800000U;

template <typename T>
inline constexpr bool kSmallInteger = std::is_integral_v<T> && sizeof(T) <= 2;
template <typename T>
inline constexpr bool kShortFloat = std::is_same_v<T, Half> || std::is_same_v<T, BFloat16>;

/// Elements as floats, and whether all are finite.
template <typename In>
[[gnu::always_inline]] inline void loadFloats(const In* in, float* out, std::size_t count, std::uint32_t& exponent) {
  std::uint32_t most[kLanes] = {};
  for (std::size_t n = 0; n < count; n += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const auto value = static_cast<float>(in[n + lane]);
      const std::uint32_t bits = std::bit_cast<std::uint32_t>(value) & kExponent;
      out[n + lane] = value;
      most[lane] = most[lane] < bits ? bits : most[lane];
    }
  }
  exponent = *std::max_element(most, most + kLanes);
}

/// Adding and subtracting it rounds to whole numbers, half to even, while the lower bits of the sum are the number.
constexpr float kToWhole = 0x1.8p23F;

template <typename Out>
[[gnu::always_inline]] inline void roundAll(const float* in, float low, float high, Out* out, float* back,
                                            std::size_t count) {
  for (std::size_t n = 0; n < count; ++n) {
    float value = in[n];
    value = value < low ? low : value;
    value = value > high ? high : value;
    const float sum = value + kToWhole;
    back[n] = sum - kToWhole;
    out[n] = static_cast<Out>(std::bit_cast<std::uint32_t>(sum));
  }
}

[[gnu::always_inline]] inline void clampAll(const float* in, float low, float high, float* out, std::size_t count) {
  for (std::size_t n = 0; n < count; ++n) {
    float value = in[n];
    value = value < low ? low : value;
    out[n] = value > high ? high : value;
  }
}

struct FloatSums {
  float sum[kLanes], squares[kLanes], most[kLanes], low[kLanes], high[kLanes];
  std::int32_t clipped[kLanes];
};

[[gnu::always_inline]] inline void compareAll(const float* in, const float* back, float low, float high,
                                              std::size_t count, FloatSums& out) {
  FloatSums all{};
  for (std::size_t lane = 0; lane < kLanes; ++lane) all.low[lane] = all.high[lane] = in[0];
  for (std::size_t n = 0; n < count; n += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const float value = in[n + lane];
      const float error = std::abs(value - back[n + lane]);
      all.sum[lane] += error;
      all.squares[lane] += error * error;
      all.most[lane] = all.most[lane] < error ? error : all.most[lane];
      all.low[lane] = value < all.low[lane] ? value : all.low[lane];
      all.high[lane] = all.high[lane] < value ? value : all.high[lane];
      all.clipped[lane] += static_cast<std::int32_t>(value < low) | static_cast<std::int32_t>(value > high);
    }
  }
  out = all;
}

VOXMARK_EACH_TARGET(loadFloats, (typename In), (In),
                    (const In* in, float* out, std::size_t count, std::uint32_t& exponent),
                    loadFloats(in, out, count, exponent))
VOXMARK_EACH_TARGET(roundAll, (typename Out), (Out),
                    (const float* in, float low, float high, Out* out, float* back, std::size_t count),
                    roundAll(in, low, high, out, back, count))
VOXMARK_EACH_TARGET(clampAll, (typename T), (T), (const T* in, float low, float high, float* out, std::size_t count),
                    clampAll(in, low, high, out, count))
VOXMARK_EACH_TARGET(compareAll, (typename T), (T),
                    (const T* in, const float* back, float low, float high, std::size_t count, FloatSums& out),
                    compareAll(in, back, low, high, count, out))

/// False where float has lost what double would not; differences of small whole numbers are exact.
bool addTo(Loss& loss, const FloatSums& sums, std::size_t count, bool whole) {
  Loss part;
  part.count = count;
  part.low = part.high = static_cast<double>(sums.low[0]);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    part.sumAbsError += static_cast<double>(sums.sum[lane]);
    part.sumSquaredError += static_cast<double>(sums.squares[lane]);
    part.maxAbsError = std::max(part.maxAbsError, static_cast<double>(sums.most[lane]));
    part.low = std::min(part.low, static_cast<double>(sums.low[lane]));
    part.high = std::max(part.high, static_cast<double>(sums.high[lane]));
    part.clipped += static_cast<std::uint64_t>(sums.clipped[lane]);
  }
  // Squares of very small and very large errors leave float's range, and so may errors of what was clipped.
  const bool lost = part.maxAbsError > 0 && !(part.maxAbsError > 1e-14 && part.maxAbsError < 1e17);
  if (lost || (part.clipped > 0 && !whole)) return false;
  part.any = true;
  loss.add(part);
  return true;
}

template <typename In>
void castSlowly(const In* in, PixelType to, std::byte* out, std::size_t count, Loss* loss) {
  double values[kBlock];
  loadValues(pixelTypeOf<In>(), reinterpret_cast<const std::byte*>(in), 1, count, {}, values);
  storeValues(to, values, count, out, loss);
}

/// A whole block; false where it must go the slow way.
template <typename In, typename Out>
bool castBlock(const In* in, Out* out, Loss* loss) {
  float values[kBlock], back[kBlock];
  std::uint32_t exponent = 0;
  if constexpr (kShortFloat<In>) {
    float wide[kBlock];
    widenFloats(in, wide, kBlock);
    loadFloatsFor<float>()(wide, values, kBlock, exponent);
  } else {
    loadFloatsFor<In>()(in, values, kBlock, exponent);
  }
  if (exponent == kExponent) return false;
  const auto low = static_cast<float>(lowestOf(pixelTypeOf<Out>()));
  const auto high = static_cast<float>(highestOf(pixelTypeOf<Out>()));
  if constexpr (kShortFloat<Out>) {
    clampAllFor<float>()(values, low, high, back, kBlock);
    narrowFloats(back, out, kBlock);
    if (loss != nullptr) widenFloats(out, back, kBlock);
  } else {
    roundAllFor<Out>()(values, low, high, out, back, kBlock);
  }
  if (loss == nullptr) return true;
  FloatSums sums;
  compareAllFor<float>()(values, back, low, high, kBlock, sums);
  return addTo(*loss, sums, kBlock, std::is_integral_v<In>);
}

template <typename In, typename Out>
void castAll(const std::byte* stored, std::byte* out, std::size_t count, Loss* loss) {
  const In* in = reinterpret_cast<const In*>(stored);
  Out* to = reinterpret_cast<Out*>(out);
  std::size_t n = 0;
  for (; n + kBlock <= count; n += kBlock) {
    if (castBlock(in + n, to + n, loss)) continue;
    castSlowly(in + n, pixelTypeOf<Out>(), reinterpret_cast<std::byte*>(to + n), kBlock, loss);
  }
  castSlowly(in + n, pixelTypeOf<Out>(), reinterpret_cast<std::byte*>(to + n), count - n, loss);
}

}  // namespace

bool castElements(PixelType from, const std::byte* stored, PixelType to, std::byte* out, std::size_t count,
                  Loss* loss) {
  return visitPixelType(from, [&](auto tag) {
    using In = typename decltype(tag)::type;
    if constexpr (kSmallInteger<In> || kShortFloat<In> || std::is_same_v<In, float>) {
      return visitPixelType(to, [&](auto target) {
        using Out = typename decltype(target)::type;
        if constexpr (kSmallInteger<Out> || kShortFloat<Out>) {
          castAll<In, Out>(stored, out, count, loss);
          return true;
        } else {
          return false;
        }
      });
    } else {
      return false;
    }
  });
}

}  // namespace voxmark
