#include "core/ops/affine_sampler.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/ops/sample_line.h"

namespace voxmark {
namespace {

Vec3 real(const Index3& v) {
  return {static_cast<double>(v[0]), static_cast<double>(v[1]), static_cast<double>(v[2])};
}

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

namespace {

/// Voxels [first, last) of a row that lie in the input's extent, half a voxel around it.
std::pair<std::size_t, std::size_t> insidePart(const Vec3& first, const Vec3& step, const Index3& whole,
                                               std::size_t count) {
  const auto inside = [&](std::size_t n) {
    constexpr double kSame = 1e-9;
    for (std::size_t a = 0; a < 3; ++a) {
      const double p = first[a] + static_cast<double>(n) * step[a];
      if (p < -0.5 - kSame || p > static_cast<double>(whole[a]) - 0.5 + kSame) return false;
    }
    return true;
  };
  double from = 0, to = static_cast<double>(count);
  for (std::size_t a = 0; a < 3; ++a) {
    if (std::abs(step[a]) < 1e-12) continue;
    const double one = (-0.5 - first[a]) / step[a], other = (static_cast<double>(whole[a]) - 0.5 - first[a]) / step[a];
    from = std::max(from, std::min(one, other) - 2);
    to = std::min(to, std::max(one, other) + 2);
  }
  if (!(from < to)) return {0, 0};
  auto begin = static_cast<std::size_t>(from);
  auto end = static_cast<std::size_t>(to);
  while (begin < end && !inside(begin)) ++begin;
  while (end > begin && !inside(end - 1)) --end;
  return {begin, end};
}

}  // namespace

template <typename Real>
void sampleRow(const StoredBox& box, const GridMap& map, Interpolation interpolation, const Index3& subsamples,
               const Index3& start, std::size_t count, Real fill, Real* out) {
  const Vec3 first = map.apply(real(start));
  const Vec3 step{map.matrix[0], map.matrix[3], map.matrix[6]};
  const auto [begin, end] = insidePart(first, step, box.whole, count);
  std::fill(out, out + begin, fill);
  std::fill(out + end, out + count, fill);
  if (begin == end) return;
  const std::int64_t samples = subsamples[0] * subsamples[1] * subsamples[2];
  std::vector<Real> sums(samples > 1 ? end - begin : 0, Real{0});
  for (std::int64_t s = 0; s < samples; ++s) {
    const Index3 part{s % subsamples[0], s / subsamples[0] % subsamples[1], s / (subsamples[0] * subsamples[1])};
    Vec3 voxel = real(start);
    voxel[0] += static_cast<double>(begin);
    for (std::size_t a = 0; a < 3; ++a) {
      voxel[a] += (static_cast<double>(part[a]) + 0.5) / static_cast<double>(subsamples[a]) - 0.5;
    }
    sampleLine<Real>(box, interpolation == Interpolation::Cubic, map.apply(voxel), step, end - begin, out + begin);
    for (std::size_t n = 0; n < sums.size(); ++n) sums[n] += out[begin + n];
  }
  for (std::size_t n = 0; n < sums.size(); ++n) out[begin + n] = sums[n] / static_cast<Real>(samples);
  if (box.scale.identity()) return;
  for (std::size_t n = begin; n < end; ++n) {
    out[n] = static_cast<Real>(static_cast<double>(out[n]) * box.scale.slope + box.scale.intercept);
  }
}

template void sampleRow(const StoredBox&, const GridMap&, Interpolation, const Index3&, const Index3&, std::size_t,
                        float, float*);
template void sampleRow(const StoredBox&, const GridMap&, Interpolation, const Index3&, const Index3&, std::size_t,
                        double, double*);

}  // namespace voxmark
