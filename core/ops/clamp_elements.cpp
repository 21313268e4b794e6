#include "core/ops/clamp_elements.h"

#include <algorithm>
#include <cmath>

#include "core/base/simd_targets.h"

namespace voxmark {
namespace {

constexpr std::size_t kLanes = 16;

template <typename T>
struct Sums {
  double sum[kLanes] = {}, squares[kLanes] = {};
  T low[kLanes], high[kLanes];
};

template <typename T>
[[gnu::always_inline]] inline void clampAll(const T* in, T low, T high, T* out, std::size_t count, Sums<T>& sums) {
  Sums<T> all;
  for (std::size_t lane = 0; lane < kLanes; ++lane) all.low[lane] = all.high[lane] = in[0];
  const auto one = [&](std::size_t at, std::size_t lane) __attribute__((always_inline)) {
    const T before = in[at];
    T after = before < low ? low : before;
    after = after > high ? high : after;
    out[at] = after;
    const double error = std::abs(static_cast<double>(before) - static_cast<double>(after));
    all.sum[lane] += error;
    all.squares[lane] += error * error;
    all.low[lane] = before < all.low[lane] ? before : all.low[lane];
    all.high[lane] = all.high[lane] < before ? before : all.high[lane];
  };
  std::size_t n = 0;
  for (; n + kLanes <= count; n += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) one(n + lane, lane);
  }
  for (std::size_t lane = 0; n < count; ++n, ++lane) one(n, lane);
  sums = all;
}

template <typename T>
[[gnu::always_inline]] inline void countOutside(const T* in, T low, T high, std::size_t count, std::uint64_t& outside) {
  std::uint32_t all = 0;
  for (std::size_t n = 0; n < count; ++n) all += in[n] < low || in[n] > high ? 1U : 0U;
  outside = all;
}

VOXMARK_EACH_TARGET(clampAll, (typename T), (T), (const T* in, T low, T high, T* out, std::size_t count, Sums<T>& sums),
                    clampAll(in, low, high, out, count, sums))
VOXMARK_EACH_TARGET(countOutside, (typename T), (T),
                    (const T* in, T low, T high, std::size_t count, std::uint64_t& outside),
                    countOutside(in, low, high, count, outside))

template <typename T>
bool clampAs(const T* in, T low, T high, T* out, std::size_t count, Loss& loss) {
  if (count == 0) return true;
  Loss part;
  part.count = count;
  countOutsideFor<T>()(in, low, high, count, part.clipped);  // before `out`, which may be `in`
  Sums<T> sums;
  clampAllFor<T>()(in, low, high, out, count, sums);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    part.sumAbsError += sums.sum[lane];
    part.sumSquaredError += sums.squares[lane];
  }
  if (!std::isfinite(part.sumAbsError)) return false;
  part.low = static_cast<double>(*std::min_element(sums.low, sums.low + kLanes));
  part.high = static_cast<double>(*std::max_element(sums.high, sums.high + kLanes));
  part.any = true;
  const double below = static_cast<double>(low) - part.low, above = part.high - static_cast<double>(high);
  part.maxAbsError = std::max({0.0, below, above});
  loss.add(part);
  return true;
}

}  // namespace

bool clampElements(PixelType type, const std::byte* stored, double low, double high, std::byte* out, std::size_t count,
                   Loss& loss) {
  return visitPixelType(type, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr ((std::is_integral_v<T> && sizeof(T) <= 4) || std::is_same_v<T, float>) {
      const auto least = static_cast<T>(low), most = static_cast<T>(high);
      if (static_cast<double>(least) != low || static_cast<double>(most) != high) return false;
      return clampAs(reinterpret_cast<const T*>(stored), least, most, reinterpret_cast<T*>(out), count, loss);
    } else {
      return false;
    }
  });
}

}  // namespace voxmark
