#include "core/ops/sample_line.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/simd_targets.h"

namespace voxmark {
namespace {

/// Weights of the four samples about a position with the fraction t, by Keys.
template <typename Real>
[[gnu::always_inline]] inline void keysWeights(Real t, Real* w) {
  w[0] = ((Real(-0.5) * t + 1) * t - Real(0.5)) * t;
  w[1] = (Real(1.5) * t - Real(2.5)) * t * t + 1;
  w[2] = ((Real(-1.5) * t + 2) * t + Real(0.5)) * t;
  w[3] = (Real(0.5) * t - Real(0.5)) * t * t;
}

constexpr std::size_t kBlock = 128;

/// Where the voxels of a stretch begin, and how far behind them the positions lie.
struct Places {
  alignas(64) std::int32_t offset[kBlock];  ///< elements from the box's first
  alignas(64) float fraction[3][kBlock];
};

[[gnu::always_inline]] inline void findPlaces(const Vec3& first, const Vec3& step, const Index3& start,
                                              const Index3& stride, std::size_t count, Places& out) {
  const std::int32_t strides[3] = {static_cast<std::int32_t>(stride[0]), static_cast<std::int32_t>(stride[1]),
                                   static_cast<std::int32_t>(stride[2])};
  for (std::size_t a = 0; a < 3; ++a) {
    const double from = first[a] - static_cast<double>(start[a]), by = step[a];
    for (std::size_t n = 0; n < count; ++n) {
      const double p = from + static_cast<double>(static_cast<std::int32_t>(n)) * by;
      const auto low = static_cast<std::int32_t>(p);
      out.fraction[a][n] = static_cast<float>(p - static_cast<double>(low));
      const std::int32_t before = a == 0 ? 0 : out.offset[n];
      out.offset[n] = before + low * strides[a];
    }
  }
}

VOXMARK_EACH_TARGET(findPlaces, (typename T), (T),
                    (const Vec3& first, const Vec3& step, const T& start, const T& stride, std::size_t count,
                     Places& out),
                    findPlaces(first, step, start, stride, count, out))

using Four = float __attribute__((vector_size(16)));

/// Four neighbouring elements.
template <typename T>
[[gnu::always_inline]] inline Four fourAt(const T* in) {
  using Vector [[gnu::vector_size(4 * sizeof(T))]] = T;
  Vector out;
  std::memcpy(&out, in, sizeof out);
  return __builtin_convertvector(out, Four);
}
template <>
[[gnu::always_inline]] inline Four fourAt(const float* in) {
  Four out;
  std::memcpy(&out, in, sizeof out);
  return out;
}

/// Two neighbouring elements at one place, and two at another.
template <typename T>
[[gnu::always_inline]] inline Four pairsAt(const T* a, const T* b) {
  T four[4];
  std::memcpy(four, a, 2 * sizeof(T));
  std::memcpy(four + 2, b, 2 * sizeof(T));
  return fourAt(four);
}

template <typename T>
inline constexpr bool kQuick = std::is_same_v<T, float> || (std::is_integral_v<T> && sizeof(T) <= 2);

/// Two positions at a time: their neighbours along x side by side.
template <typename T>
void linearBlock(const T* data, const Places& at, const Index3& stride, std::size_t count, float* out) {
  const std::int64_t up = stride[1], on = stride[2];
  for (std::size_t n = 0; n < count; n += 2) {
    const std::size_t m = std::min(n + 1, count - 1);
    const T *a = data + at.offset[n], *b = data + at.offset[m];
    const Four y = {at.fraction[1][n], at.fraction[1][n], at.fraction[1][m], at.fraction[1][m]};
    const Four z = {at.fraction[2][n], at.fraction[2][n], at.fraction[2][m], at.fraction[2][m]};
    const Four near = pairsAt(a, b), nearUp = pairsAt(a + up, b + up);
    const Four far = pairsAt(a + on, b + on), farUp = pairsAt(a + on + up, b + on + up);
    const Four front = near + y * (nearUp - near);
    const Four back = far + y * (farUp - far);
    const Four line = front + z * (back - front);
    out[n] = line[0] + at.fraction[0][n] * (line[1] - line[0]);
    out[m] = line[2] + at.fraction[0][m] * (line[3] - line[2]);
  }
}

/// `offset` is that of the second of the four voxels along each axis.
template <typename T>
void cubicBlock(const T* data, const Places& at, const Index3& stride, std::size_t count, float* out) {
  for (std::size_t n = 0; n < count; ++n) {
    float w[3][4];
    for (std::size_t a = 0; a < 3; ++a) keysWeights(at.fraction[a][n], w[a]);
    const T* first = data + at.offset[n] - stride[0] - stride[1] - stride[2];
    Four sum = {0, 0, 0, 0};
    for (std::int64_t k = 0; k < 4; ++k) {
      Four plane = {0, 0, 0, 0};
      for (std::int64_t j = 0; j < 4; ++j) plane += w[1][j] * fourAt(first + k * stride[2] + j * stride[1]);
      sum += w[2][k] * plane;
    }
    out[n] = sum[0] * w[0][0] + sum[1] * w[0][1] + (sum[2] * w[0][2] + sum[3] * w[0][3]);
  }
}

/// One position anywhere.
template <typename T, typename Real>
struct Sampler {
  const StoredBox& box;
  const T* data = reinterpret_cast<const T*>(box.data);

  [[nodiscard]] Real at(std::int64_t offset) const { return static_cast<Real>(data[offset]); }
  [[nodiscard]] double most(std::size_t a) const { return static_cast<double>(box.whole[a] - 1); }

  [[nodiscard]] Real linear(const Vec3& p) const {
    std::int64_t first = 0;
    std::int64_t step[3];
    Real f[3];
    for (std::size_t a = 0; a < 3; ++a) {
      const double x = std::clamp(p[a], 0.0, most(a));
      const double low = std::min(std::floor(x), std::max(0.0, most(a) - 1));
      f[a] = static_cast<Real>(x - low);
      step[a] = most(a) > 0 ? box.stride[a] : 0;
      first += (static_cast<std::int64_t>(low) - box.region.start[a]) * box.stride[a];
    }
    const auto mix = [](Real a, Real b, Real t) { return a + t * (b - a); };
    // Across first, along x last, as where two positions are done at a time.
    const auto line = [&](std::int64_t o) {
      const Real front = mix(at(o), at(o + step[1]), f[1]);
      const Real back = mix(at(o + step[2]), at(o + step[2] + step[1]), f[1]);
      return mix(front, back, f[2]);
    };
    return mix(line(first), line(first + step[0]), f[0]);
  }

  [[nodiscard]] Real cubic(const Vec3& p) const {
    std::int64_t offset[3][4];
    Real w[3][4];
    for (std::size_t a = 0; a < 3; ++a) {
      const double x = std::clamp(p[a], -0.5, most(a) + 0.5);
      const double low = std::floor(x);
      keysWeights(static_cast<Real>(x - low), w[a]);
      for (std::int64_t t = 0; t < 4; ++t) {
        const auto n = std::clamp<std::int64_t>(static_cast<std::int64_t>(low) - 1 + t, 0, box.whole[a] - 1);
        offset[a][t] = (n - box.region.start[a]) * box.stride[a];
      }
    }
    Real sum = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      for (std::size_t j = 0; j < 4; ++j) {
        const std::int64_t row = offset[2][k] + offset[1][j];
        Real line = 0;
        for (std::size_t i = 0; i < 4; ++i) line += w[0][i] * at(row + offset[0][i]);
        sum += w[2][k] * w[1][j] * line;
      }
    }
    return sum;
  }
};

Vec3 placeOf(const Vec3& first, const Vec3& step, std::size_t n) {
  const auto by = static_cast<double>(n);
  return {first[0] + by * step[0], first[1] + by * step[1], first[2] + by * step[2]};
}

/// The part of a line whose positions have all their neighbours, from `below` before them to `above` behind.
std::pair<std::size_t, std::size_t> innerPart(const StoredBox& box, const Vec3& first, const Vec3& step,
                                              std::size_t count, double below, double above) {
  constexpr double kMargin = 1e-6;
  double from = 0, to = static_cast<double>(count);
  for (std::size_t a = 0; a < 3; ++a) {
    const double low = below + kMargin, high = static_cast<double>(box.whole[a] - 1) - above - kMargin;
    if (!(high > low)) return {0, 0};
    if (std::abs(step[a]) < 1e-12) {
      if (first[a] < low || first[a] > high) return {0, 0};
      continue;
    }
    const double one = (low - first[a]) / step[a], other = (high - first[a]) / step[a];
    from = std::max(from, std::ceil(std::min(one, other)));
    to = std::min(to, std::floor(std::max(one, other)) + 1);
  }
  if (!(from < to)) return {0, 0};
  return {static_cast<std::size_t>(from), static_cast<std::size_t>(to)};
}

bool offsetsFit(const StoredBox& box) {
  std::int64_t most = 0;
  for (std::size_t a = 0; a < 3; ++a) most += box.region.size[a] * box.stride[a];
  return box.stride[0] == 1 && most < std::numeric_limits<std::int32_t>::max();
}

template <typename T, typename Real>
void sampleAs(const StoredBox& box, bool cubic, const Vec3& first, const Vec3& step, std::size_t count, Real* out) {
  const Sampler<T, Real> sampler{box};
  const auto slowly = [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) {
      const Vec3 p = placeOf(first, step, n);
      out[n] = cubic ? sampler.cubic(p) : sampler.linear(p);
    }
  };
  if constexpr (kQuick<T> && std::is_same_v<Real, float>) {
    auto [begin, end] = innerPart(box, first, step, count, cubic ? 1 : 0, cubic ? 2 : 1);
    if (!offsetsFit(box)) begin = end = 0;
    slowly(0, begin);
    const auto places = findPlacesFor<Index3>();
    Places at;
    for (std::size_t n = begin; n < end; n += kBlock) {
      const std::size_t length = std::min(kBlock, end - n);
      places(placeOf(first, step, n), step, box.region.start, box.stride, length, at);
      if (cubic) {
        cubicBlock(sampler.data, at, box.stride, length, out + n);
      } else {
        linearBlock(sampler.data, at, box.stride, length, out + n);
      }
    }
    slowly(end, count);
  } else {
    slowly(0, count);
  }
}

}  // namespace

template <typename Real>
void sampleLine(const StoredBox& box, bool cubic, const Vec3& first, const Vec3& step, std::size_t count, Real* out) {
  visitPixelType(box.type, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_same_v<T, double> == std::is_same_v<Real, double>) {
      sampleAs<T, Real>(box, cubic, first, step, count, out);
    }
  });
}

template void sampleLine(const StoredBox&, bool, const Vec3&, const Vec3&, std::size_t, float*);
template void sampleLine(const StoredBox&, bool, const Vec3&, const Vec3&, std::size_t, double*);

}  // namespace voxmark
