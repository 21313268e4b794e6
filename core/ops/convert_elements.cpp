#include "core/ops/convert_elements.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/simd_targets.h"
#include "core/ops/cast_elements.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

namespace voxmark {
namespace {

/// Independent sums, so that they can be kept side by side in one register: the same on every processor.
constexpr std::size_t kLanes = 16;

template <typename In>
inline constexpr bool kExactAsFloat = sizeof(In) <= 2 || std::is_same_v<In, float>;

template <typename In, typename Out>
[[gnu::always_inline]] inline void convertExact(const In* in, Out* out, std::size_t count) {
  for (std::size_t n = 0; n < count; ++n) out[n] = static_cast<Out>(in[n]);
}

/// What rounding has done to a stretch of finite values, as Loss has it.
struct Rounding {
  std::array<double, kLanes> sum{}, squares{}, most{}, low{}, high{};
};

template <typename In>
[[gnu::always_inline]] inline void convertScaled(const In* in, float* out, std::size_t count, double slope,
                                                 double intercept, Rounding& rounding) {
  std::size_t n = 0;
  const auto one = [&](std::size_t at, std::size_t lane) __attribute__((always_inline)) {
    const double value = static_cast<double>(in[at]) * slope + intercept;
    const auto stored = static_cast<float>(value);
    const double error = std::abs(static_cast<double>(stored) - value);
    out[at] = stored;
    rounding.sum[lane] += error;
    rounding.squares[lane] += error * error;
    rounding.most[lane] = rounding.most[lane] < error ? error : rounding.most[lane];
    rounding.low[lane] = value < rounding.low[lane] ? value : rounding.low[lane];
    rounding.high[lane] = rounding.high[lane] < value ? value : rounding.high[lane];
  };
  for (; n + kLanes <= count; n += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) one(n + lane, lane);
  }
  for (std::size_t lane = 0; n < count; ++n, ++lane) one(n, lane);
}

VOXMARK_EACH_TARGET(exact, (typename In, typename Out), (In, Out), (const In* in, Out* out, std::size_t count),
                    convertExact(in, out, count))
VOXMARK_EACH_TARGET(scaled, (typename In), (In),
                    (const In* in, float* out, std::size_t count, double slope, double intercept, Rounding& rounding),
                    convertScaled(in, out, count, slope, intercept, rounding))

template <typename In, typename Out>
void runExact(const std::byte* stored, std::byte* out, std::size_t count, Loss* loss) {
  const auto chosen = exactFor<In, Out>();
  chosen(reinterpret_cast<const In*>(stored), reinterpret_cast<Out*>(out), count);
  if (loss != nullptr) loss->count += count;
}

/// False where a value is not finite or beyond float: those are counted one by one.
template <typename In>
bool runScaled(const std::byte* stored, const LinearScale& scale, std::byte* out, std::size_t count, Loss* loss) {
  const auto chosen = scaledFor<In>();
  Rounding rounding;
  rounding.low.fill(std::numeric_limits<double>::infinity());
  rounding.high.fill(-std::numeric_limits<double>::infinity());
  chosen(reinterpret_cast<const In*>(stored), reinterpret_cast<float*>(out), count, scale.slope, scale.intercept,
         rounding);
  const double low = *std::min_element(rounding.low.begin(), rounding.low.end());
  const double high = *std::max_element(rounding.high.begin(), rounding.high.end());
  double sum = 0, squares = 0;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    sum += rounding.sum[lane];
    squares += rounding.squares[lane];
  }
  constexpr double kMost = std::numeric_limits<float>::max();
  if (!(low >= -kMost && high <= kMost && std::isfinite(sum))) return false;
  if (loss != nullptr) {
    Loss part;
    part.count = count;
    part.sumAbsError = sum;
    part.sumSquaredError = squares;
    part.maxAbsError = *std::max_element(rounding.most.begin(), rounding.most.end());
    part.low = low;
    part.high = high;
    part.any = count > 0;
    loss->add(part);
  }
  return true;
}

template <typename In>
bool convertFrom(const std::byte* stored, const LinearScale& scale, PixelType to, std::byte* out, std::size_t count,
                 Loss* loss) {
  if (to == PixelType::F32) {
    if constexpr (kExactAsFloat<In> && std::is_integral_v<In>) {
      if (scale.identity()) {
        runExact<In, float>(stored, out, count, loss);
        return true;
      }
    }
    return runScaled<In>(stored, scale, out, count, loss);
  }
  if (to == PixelType::F64 && scale.identity() && std::is_integral_v<In>) {
    runExact<In, double>(stored, out, count, loss);
    return true;
  }
  return false;
}

}  // namespace

bool convertElements(PixelType from, const std::byte* stored, const LinearScale& scale, PixelType to, std::byte* out,
                     std::size_t count, Loss* loss) {
  if (scale.identity() && castElements(from, stored, to, out, count, loss)) return true;
  return visitPixelType(from, [&](auto tag) {
    using In = typename decltype(tag)::type;
    if constexpr ((std::is_integral_v<In> && sizeof(In) <= 4) || std::is_same_v<In, float>) {
      return convertFrom<In>(stored, scale, to, out, count, loss);
    } else {
      return false;
    }
  });
}

void streamOut(std::byte* to, const std::byte* from, std::size_t bytes) {
#if defined(__x86_64__)
  constexpr std::size_t kLine = 64;
  const std::size_t before = std::min(bytes, (kLine - reinterpret_cast<std::uintptr_t>(to) % kLine) % kLine);
  std::memcpy(to, from, before);
  std::size_t at = before;
  for (; at + kLine <= bytes; at += kLine) {
    for (std::size_t part = 0; part < kLine; part += 16) {
      const __m128i word = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + at + part));
      _mm_stream_si128(reinterpret_cast<__m128i*>(to + at + part), word);
    }
  }
  std::memcpy(to + at, from + at, bytes - at);
#else
  std::memcpy(to, from, bytes);
#endif
}

void streamedOut() {
#if defined(__x86_64__)
  _mm_sfence();
#endif
}

}  // namespace voxmark
