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

template <typename T>
inline constexpr bool kSmallInteger = std::is_integral_v<T> && sizeof(T) <= 2;
template <typename T>
inline constexpr bool kShortFloat = std::is_same_v<T, Half> || std::is_same_v<T, BFloat16>;

template <typename In>
[[gnu::always_inline]] inline void loadFloats(const In* in, float* out, std::size_t count) {
  for (std::size_t n = 0; n < count; ++n) out[n] = static_cast<float>(in[n]);
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

struct FloatSums {
  float sum[kLanes], squares[kLanes], most[kLanes], low[kLanes], high[kLanes];
  std::int32_t clipped[kLanes];
};

template <bool Counts>
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
      if constexpr (Counts) {
        all.clipped[lane] += static_cast<std::int32_t>(value < low) | static_cast<std::int32_t>(value > high);
      }
    }
  }
  out = all;
}

VOXMARK_EACH_TARGET(loadFloats, (typename In), (In), (const In* in, float* out, std::size_t count),
                    loadFloats(in, out, count))
VOXMARK_EACH_TARGET(roundAll, (typename Out), (Out),
                    (const float* in, float low, float high, Out* out, float* back, std::size_t count),
                    roundAll(in, low, high, out, back, count))
VOXMARK_EACH_TARGET(compareAll, (bool Counts), (Counts),
                    (const float* in, const float* back, float low, float high, std::size_t count, FloatSums& out),
                    (compareAll<Counts>(in, back, low, high, count, out)))

/// False where something was not finite, or float has lost what double would not: differences of small whole numbers
/// are exact, even of those that were clipped.
bool addTo(Loss& loss, const FloatSums& sums, float low, float high, std::size_t count, bool whole) {
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
  // Squares of very small and very large errors leave float's range.
  const bool lost = part.maxAbsError > 0 && !(part.maxAbsError > 1e-14 && part.maxAbsError < 1e17);
  const bool clips = part.low < static_cast<double>(low) || part.high > static_cast<double>(high);
  if (!std::isfinite(part.sumAbsError) || lost || (clips && !whole)) return false;
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

/// The elements of a block as floats: themselves, or what `room` then holds.
template <typename In>
const float* floatsOf(const In* in, float* room) {
  if constexpr (std::is_same_v<In, float>) {
    return in;
  } else if constexpr (kShortFloat<In>) {
    widenFloats(in, room, kBlock);
    return room;
  } else {
    loadFloatsFor<In>()(in, room, kBlock);
    return room;
  }
}

/// A whole block; false where it must go the slow way, which whatever is not finite and what would be clipped in
/// floats goes: the comparison finds it.
template <typename In, typename Out>
bool castBlock(const In* in, Out* out, Loss& loss) {
  float room[kBlock], back[kBlock];
  const float* values = floatsOf(in, room);
  const auto low = static_cast<float>(lowestOf(pixelTypeOf<Out>()));
  const auto high = static_cast<float>(highestOf(pixelTypeOf<Out>()));
  if constexpr (kShortFloat<Out>) {
    narrowFloats(values, out, kBlock);
    widenFloats(out, back, kBlock);
  } else {
    roundAllFor<Out>()(values, low, high, out, back, kBlock);
  }
  constexpr bool kWhole = std::is_integral_v<In>;
  FloatSums sums;
  compareAllFor<kWhole>()(values, back, low, high, kBlock, sums);
  return addTo(loss, sums, low, high, kBlock, kWhole);
}

template <typename In, typename Out>
void castAll(const std::byte* stored, std::byte* out, std::size_t count, Loss* loss) {
  const In* in = reinterpret_cast<const In*>(stored);
  Out* to = reinterpret_cast<Out*>(out);
  Loss ignored;
  std::size_t n = 0;
  for (; n + kBlock <= count; n += kBlock) {
    if (castBlock(in + n, to + n, loss == nullptr ? ignored : *loss)) continue;
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
