#include "core/ops/weighted_rows.h"

#include <algorithm>

#include "core/base/simd_targets.h"

namespace voxmark {
namespace {

template <std::size_t Taps, typename Real>
[[gnu::always_inline]] inline void alongFixed(const Real* in, const std::int32_t* first, const Real* weights,
                                              std::size_t count, Real* out) {
  for (std::size_t n = 0; n < count; ++n) {
    const Real* from = in + first[n];
    Real sum = weights[n * Taps] * from[0];
    for (std::size_t t = 1; t < Taps; ++t) sum += weights[n * Taps + t] * from[t];
    out[n] = sum;
  }
}

template <typename Real>
[[gnu::always_inline]] inline void along(const Real* in, const std::int32_t* first, const Real* weights,
                                         std::size_t taps, std::size_t count, Real* out) {
  switch (taps) {
    case 1:
      return alongFixed<1>(in, first, weights, count, out);
    case 2:
      return alongFixed<2>(in, first, weights, count, out);
    case 4:
      return alongFixed<4>(in, first, weights, count, out);
    default:
      break;
  }
  for (std::size_t n = 0; n < count; ++n) {
    const Real* from = in + first[n];
    const Real* w = weights + n * taps;
    Real sum = 0;
    for (std::size_t t = 0; t < taps; ++t) sum += w[t] * from[t];
    out[n] = sum;
  }
}

template <typename Real>
[[gnu::always_inline]] inline void add(const Real* const* rows, const Real* weights, std::size_t taps,
                                       std::size_t count, Real* out) {
  if (taps == 1) {
    const Real* a = rows[0];
    const Real w = weights[0];
    for (std::size_t n = 0; n < count; ++n) out[n] = w * a[n];
    return;
  }
  if (taps == 2) {
    const Real *a = rows[0], *b = rows[1];
    const Real u = weights[0], v = weights[1];
    for (std::size_t n = 0; n < count; ++n) out[n] = u * a[n] + v * b[n];
    return;
  }
  // Stretches that stay in the first-level cache while one row after the other is added.
  constexpr std::size_t kStretch = 1024;
  for (std::size_t begin = 0; begin < count; begin += kStretch) {
    const std::size_t length = std::min(kStretch, count - begin);
    Real* to = out + begin;
    for (std::size_t n = 0; n < length; ++n) to[n] = weights[0] * rows[0][begin + n];
    std::size_t t = 1;
    for (; t + 1 < taps; t += 2) {
      const Real *a = rows[t] + begin, *b = rows[t + 1] + begin;
      const Real u = weights[t], v = weights[t + 1];
      for (std::size_t n = 0; n < length; ++n) to[n] += u * a[n] + v * b[n];
    }
    if (t < taps) {
      const Real* a = rows[t] + begin;
      const Real u = weights[t];
      for (std::size_t n = 0; n < length; ++n) to[n] += u * a[n];
    }
  }
}

template <typename Real>
[[gnu::always_inline]] inline void doubled(const Real* in, const Real* weights, std::size_t count, Real* out) {
  const Real a = weights[0], b = weights[1], c = weights[2], d = weights[3];
  for (std::size_t n = 0; n < count; ++n) {
    out[2 * n] = a * in[n] + b * in[n + 1];
    out[2 * n + 1] = c * in[n] + d * in[n + 1];
  }
}

VOXMARK_EACH_TARGET(along, (typename Real), (Real),
                    (const Real* in, const std::int32_t* first, const Real* weights, std::size_t taps,
                     std::size_t count, Real* out),
                    along(in, first, weights, taps, count, out))
VOXMARK_EACH_TARGET(doubled, (typename Real), (Real),
                    (const Real* in, const Real* weights, std::size_t count, Real* out),
                    doubled(in, weights, count, out))
VOXMARK_EACH_TARGET(add, (typename Real), (Real),
                    (const Real* const* rows, const Real* weights, std::size_t taps, std::size_t count, Real* out),
                    add(rows, weights, taps, count, out))

}  // namespace

void alongRow(const float* in, const std::int32_t* first, const float* weights, std::size_t taps, std::size_t count,
              float* out) {
  alongFor<float>()(in, first, weights, taps, count, out);
}
void alongRow(const double* in, const std::int32_t* first, const double* weights, std::size_t taps, std::size_t count,
              double* out) {
  alongFor<double>()(in, first, weights, taps, count, out);
}
void alongDoubled(const float* in, const float* weights, std::size_t count, float* out) {
  doubledFor<float>()(in, weights, count, out);
}
void alongDoubled(const double* in, const double* weights, std::size_t count, double* out) {
  doubledFor<double>()(in, weights, count, out);
}
void addRows(const float* const* rows, const float* weights, std::size_t taps, std::size_t count, float* out) {
  addFor<float>()(rows, weights, taps, count, out);
}
void addRows(const double* const* rows, const double* weights, std::size_t taps, std::size_t count, double* out) {
  addFor<double>()(rows, weights, taps, count, out);
}

}  // namespace voxmark
