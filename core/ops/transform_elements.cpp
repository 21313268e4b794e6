#include "core/ops/transform_elements.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/base/simd_targets.h"

namespace voxmark {
namespace {

constexpr std::size_t kLanes = 16;
constexpr std::uint32_t kExponent = 0x7F800000U;

/// Returns the largest exponent bits of the results: kExponent where one is not finite.
template <typename In, bool Scales, bool Clamps>
[[gnu::always_inline]] inline void mapAll(const In* in, const LinearScale& scale, const LinearMap& map, float* out,
                                          std::size_t count, std::uint32_t& exponent) {
  const double slope = scale.slope, intercept = scale.intercept;
  const double centre = map.centre, factor = map.factor, offset = map.offset, low = map.low, high = map.high;
  std::uint32_t most[kLanes] = {};
  const auto one = [&](std::size_t at, std::size_t lane) __attribute__((always_inline)) {
    auto value = static_cast<double>(in[at]);
    if constexpr (Scales) value = value * slope + intercept;
    value = (value - centre) * factor + offset;
    if constexpr (Clamps) {
      value = value < low ? low : value;
      value = value > high ? high : value;
    }
    const auto result = static_cast<float>(value);
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(result) & kExponent;
    out[at] = result;
    most[lane] = most[lane] < bits ? bits : most[lane];
  };
  std::size_t n = 0;
  for (; n + kLanes <= count; n += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) one(n + lane, lane);
  }
  for (std::size_t lane = 0; n < count; ++n, ++lane) one(n, lane);
  exponent = *std::max_element(most, most + kLanes);
}

VOXMARK_EACH_TARGET(map, (typename In, bool Scales, bool Clamps), (In, Scales, Clamps),
                    (const In* in, const LinearScale& scale, const LinearMap& map, float* out, std::size_t count,
                     std::uint32_t& exponent),
                    (mapAll<In, Scales, Clamps>(in, scale, map, out, count, exponent)))

template <typename In>
auto chosen(bool scales, bool clamps) {
  if (scales) return clamps ? mapFor<In, true, true>() : mapFor<In, true, false>();
  return clamps ? mapFor<In, false, true>() : mapFor<In, false, false>();
}

}  // namespace

bool transformElements(PixelType from, const std::byte* stored, const LinearScale& scale, const LinearMap& map,
                       float* out, std::size_t count) {
  return visitPixelType(from, [&](auto tag) {
    using In = typename decltype(tag)::type;
    if constexpr ((std::is_integral_v<In> && sizeof(In) <= 4) || std::is_same_v<In, float>) {
      const bool clamps = std::isfinite(map.low) || std::isfinite(map.high);
      std::uint32_t exponent = 0;
      chosen<In>(!scale.identity(), clamps)(reinterpret_cast<const In*>(stored), scale, map, out, count, exponent);
      return exponent != kExponent;
    } else {
      return false;
    }
  });
}

}  // namespace voxmark
