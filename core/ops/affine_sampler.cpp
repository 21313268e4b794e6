#include "core/ops/affine_sampler.h"

#include <algorithm>
#include <cmath>

namespace voxmark {
namespace {

Vec3 real(const Index3& v) {
  return {static_cast<double>(v[0]), static_cast<double>(v[1]), static_cast<double>(v[2])};
}

/// Weights of the four samples about a position with the fraction t, by Keys.
template <typename Real>
void keysWeights(Real t, Real* w) {
  w[0] = ((Real(-0.5) * t + 1) * t - Real(0.5)) * t;
  w[1] = (Real(1.5) * t - Real(2.5)) * t * t + 1;
  w[2] = ((Real(-1.5) * t + 2) * t + Real(0.5)) * t;
  w[3] = (Real(0.5) * t - Real(0.5)) * t * t;
}

template <typename Real>
struct Sampler {
  const RealBox<Real>& box;
  Index3 stride;
  Vec3 most;  ///< index of the last voxel

  explicit Sampler(const RealBox<Real>& of)
      : box(of),
        stride{1, of.region.size[0], of.region.size[0] * of.region.size[1]},
        most{static_cast<double>(of.whole[0] - 1), static_cast<double>(of.whole[1] - 1),
             static_cast<double>(of.whole[2] - 1)} {}

  [[nodiscard]] bool inside(const Vec3& p) const {
    constexpr double kHalf = 0.5 + 1e-9;
    return p[0] >= -kHalf && p[1] >= -kHalf && p[2] >= -kHalf && p[0] <= most[0] + kHalf && p[1] <= most[1] + kHalf &&
           p[2] <= most[2] + kHalf;
  }

  [[nodiscard]] Real linear(const Vec3& p) const {
    std::int64_t at = 0;
    std::int64_t step[3];
    Real f[3];
    for (std::size_t a = 0; a < 3; ++a) {
      const double x = std::clamp(p[a], 0.0, most[a]);
      const double low = std::min(std::floor(x), std::max(0.0, most[a] - 1));
      f[a] = static_cast<Real>(x - low);
      step[a] = most[a] > 0 ? stride[a] : 0;
      at += (static_cast<std::int64_t>(low) - box.region.start[a]) * stride[a];
    }
    const Real* v = box.data + at;
    const auto mix = [](Real a, Real b, Real t) { return a + t * (b - a); };
    const auto edge = [&](const Real* q) { return mix(q[0], q[step[0]], f[0]); };
    const auto face = [&](const Real* q) { return mix(edge(q), edge(q + step[1]), f[1]); };
    return mix(face(v), face(v + step[2]), f[2]);
  }

  [[nodiscard]] Real cubic(const Vec3& p) const {
    std::int64_t offset[3][4];
    Real w[3][4];
    for (std::size_t a = 0; a < 3; ++a) {
      const double x = std::clamp(p[a], -0.5, most[a] + 0.5);
      const double low = std::floor(x);
      keysWeights(static_cast<Real>(x - low), w[a]);
      for (std::int64_t t = 0; t < 4; ++t) {
        const auto n = std::clamp<std::int64_t>(static_cast<std::int64_t>(low) - 1 + t, 0, box.whole[a] - 1);
        offset[a][t] = (n - box.region.start[a]) * stride[a];
      }
    }
    Real sum = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      for (std::size_t j = 0; j < 4; ++j) {
        const Real* row = box.data + offset[2][k] + offset[1][j];
        Real line = 0;
        for (std::size_t i = 0; i < 4; ++i) line += w[0][i] * row[offset[0][i]];
        sum += w[2][k] * w[1][j] * line;
      }
    }
    return sum;
  }
};

}  // namespace

Vec3 GridMap::apply(const Vec3& v) const {
  Vec3 out = offset;
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t c = 0; c < 3; ++c) out[row] += matrix[3 * row + c] * v[c];
  }
  return out;
}

bool GridMap::parallel() const {
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t c = 0; c < 3; ++c) {
      if (row != c && std::abs(matrix[3 * row + c]) > 1e-6 * std::abs(matrix[4 * c])) return false;
    }
  }
  return true;
}

GridMap mapBetween(const Geometry& from, const Geometry& to) {
  GridMap out;
  out.offset = worldToVoxel(to, from.origin);
  for (std::size_t c = 0; c < 3; ++c) {
    Vec3 unit{0, 0, 0};
    unit[c] = 1;
    const Vec3 next = worldToVoxel(to, voxelToWorld(from, unit));
    for (std::size_t row = 0; row < 3; ++row) out.matrix[3 * row + c] = next[row] - out.offset[row];
  }
  return out;
}

Region sampledRegion(const GridMap& map, const Region& output, const Index3& inputSize, double reach) {
  Vec3 low = map.apply(real(output.start));
  Vec3 high = low;
  for (int corner = 0; corner < 8; ++corner) {
    Vec3 at{};
    for (std::size_t a = 0; a < 3; ++a) {
      // Subsamples lie up to half an output voxel beside its centre.
      at[a] = (corner >> a & 1) != 0 ? static_cast<double>(output.end()[a]) - 0.5
                                     : static_cast<double>(output.start[a]) - 0.5;
    }
    const Vec3 p = map.apply(at);
    for (std::size_t a = 0; a < 3; ++a) {
      low[a] = std::min(low[a], p[a]);
      high[a] = std::max(high[a], p[a]);
    }
  }
  Region out;
  for (std::size_t a = 0; a < 3; ++a) {
    const auto last = static_cast<double>(inputSize[a] - 1);
    if (high[a] < -0.5 - 1e-6 || low[a] > last + 0.5 + 1e-6) return {};
    const auto begin = static_cast<std::int64_t>(std::clamp(std::floor(low[a] - reach), 0.0, last));
    const auto end = static_cast<std::int64_t>(std::clamp(std::ceil(high[a] + reach), 0.0, last));
    out.start[a] = begin;
    out.size[a] = end - begin + 1;
  }
  return out;
}

Index3 subsamplesOf(const GridMap& map) {
  constexpr double kMost = 64;
  Index3 out{1, 1, 1};
  for (std::size_t c = 0; c < 3; ++c) {
    double longest = 1;
    for (std::size_t row = 0; row < 3; ++row) longest = std::max(longest, std::abs(map.matrix[3 * row + c]));
    out[c] = static_cast<std::int64_t>(std::ceil(std::min(longest, kMost) - 1e-6));
  }
  return out;
}

template <typename Real>
void sampleRow(const RealBox<Real>& box, const GridMap& map, Interpolation interpolation, const Index3& subsamples,
               const Index3& start, std::size_t count, Real fill, Real* out) {
  const Sampler<Real> sampler(box);
  const std::int64_t samples = subsamples[0] * subsamples[1] * subsamples[2];
  const auto share = Real(1) / static_cast<Real>(samples);
  const Vec3 first = real(start);
  for (std::size_t n = 0; n < count; ++n) {
    const Vec3 voxel{first[0] + static_cast<double>(n), first[1], first[2]};
    if (!sampler.inside(map.apply(voxel))) {
      out[n] = fill;
      continue;
    }
    Real sum = 0;
    for (std::int64_t s = 0; s < samples; ++s) {
      const Index3 part{s % subsamples[0], s / subsamples[0] % subsamples[1], s / (subsamples[0] * subsamples[1])};
      Vec3 at = voxel;
      for (std::size_t a = 0; a < 3; ++a) {
        at[a] += (static_cast<double>(part[a]) + 0.5) / static_cast<double>(subsamples[a]) - 0.5;
      }
      const Vec3 p = map.apply(at);
      sum += interpolation == Interpolation::Cubic ? sampler.cubic(p) : sampler.linear(p);
    }
    out[n] = samples == 1 ? sum : sum * share;
  }
}

template void sampleRow(const RealBox<float>&, const GridMap&, Interpolation, const Index3&, const Index3&, std::size_t,
                        float, float*);
template void sampleRow(const RealBox<double>&, const GridMap&, Interpolation, const Index3&, const Index3&,
                        std::size_t, double, double*);

}  // namespace voxmark
