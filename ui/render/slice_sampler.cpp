#include "ui/render/slice_sampler.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "ui/render/oblique_sampler.h"
#include "ui/render/sample_place.h"
#include "ui/render/slab_row.h"

namespace voxmark::render {
namespace {

/// The one axis that a step runs along, if it is one.
std::optional<std::size_t> axisOf(const Vec3& step) {
  std::optional<std::size_t> found;
  for (std::size_t a = 0; a < 3; ++a) {
    if (std::abs(step[a]) < 1e-9) continue;
    if (found) return std::nullopt;
    found = a;
  }
  return found;
}

/// Planes along the voxel axes: columns and rows are the same voxels all over the picture, so that each source line is
/// loaded and scaled once and rows are sums of two of them.
template <typename T>
class StraightSampler final : public SliceSampler {
 public:
  StraightSampler(const SliceVoxels& voxels, const SliceGrid& grid, int component, bool linear, double base,
                  std::size_t u, std::size_t v)
      : voxels_(voxels), grid_(grid), component_(component), linear_(linear), base_(base), u_(u), v_(v), w_(3 - u - v) {
    for (std::int64_t n = 0; n < grid.columns; ++n) {
      const double at = grid.start[u_] + static_cast<double>(n) * grid.stepU[u_];
      if (!inside(at, voxels_.size[u_])) continue;
      if (columns_.empty()) first_ = n;
      columns_.push_back(place(at, voxels_.size[u_], linear));
    }
    if (columns_.empty()) return;
    const auto [low, high] = std::minmax(columns_.front().low, columns_.back().low);
    begin_ = low;
    end_ = std::max(columns_.front().high, columns_.back().high) + 1;
    (void)high;
    findDepths();
  }

  void row(std::int64_t row, SamplerScratch& scratch, float* out) const override {
    const double at = grid_.start[v_] + static_cast<double>(row) * grid_.stepV[v_];
    if (columns_.empty() || depths_.empty() || !inside(at, voxels_.size[v_])) {
      std::fill(out, out + grid_.columns, kNothing);
      return;
    }
    const Between rows = place(at, voxels_.size[v_], linear_);
    const float* low = line(rows.low, scratch);
    const float* source = low;
    if (rows.fraction > 0) {
      const float* high = line(rows.high, scratch);
      scratch.sums.resize(length());
      for (std::size_t n = 0; n < length(); ++n) scratch.sums[n] = mixed(low[n], high[n], rows.fraction);
      source = scratch.sums.data();
    }
    std::fill(out, out + first_, kNothing);
    float* to = out + first_;
    for (std::size_t n = 0; n < columns_.size(); ++n) {
      const Between& column = columns_[n];
      const float a = source[column.low - begin_];
      to[n] = column.fraction > 0 ? mixed(a, source[column.high - begin_], column.fraction) : a;
    }
    std::fill(to + columns_.size(), out + grid_.columns, kNothing);
  }

 private:
  [[nodiscard]] std::size_t length() const { return static_cast<std::size_t>(end_ - begin_); }

  void findDepths() {
    for (int n = -grid_.reach; n <= grid_.reach; ++n) {
      double at = grid_.start[w_] + n * grid_.stepN[w_];
      if (grid_.reach > 0 && std::abs(at - std::round(at)) < 1e-6) at = std::round(at);
      if (inside(at, voxels_.size[w_])) depths_.push_back(place(at, voxels_.size[w_], linear_));
    }
    if (grid_.slab != SlabMode::Maximum && grid_.slab != SlabMode::Minimum) return;
    // What lies between two voxels of the slab is never beyond both.
    std::vector<std::int64_t> whole;
    for (const Between& depth : depths_) {
      if (!(depth.fraction > 0)) whole.push_back(depth.low);
    }
    const auto has = [&](std::int64_t k) { return std::find(whole.begin(), whole.end(), k) != whole.end(); };
    std::erase_if(depths_, [&](const Between& d) { return d.fraction > 0 && has(d.low) && has(d.high); });
  }

  /// Where one of two voxels is missing, the other one stands for both.
  [[nodiscard]] float mixed(float a, float b, float t) const {
    if (voxels_.there.empty()) return a + t * (b - a);
    if (std::isnan(a)) return t > 0.5F ? b : a;
    return std::isnan(b) ? (t < 0.5F ? a : b) : a + t * (b - a);
  }

  /// Line `j` of the source, the slab's samples put together.
  const float* line(std::int64_t j, SamplerScratch& scratch) const {
    const auto slot = static_cast<std::size_t>(j & 1);
    std::vector<float>& out = scratch.lines[slot];
    if (scratch.held[slot] == j) return out.data();
    scratch.held[slot] = j;
    out.resize(length());
    if (depths_.size() == 1 && grid_.reach == 0) {
      const Between& depth = depths_.front();
      load(j, depth.low, out.data());
      if (depth.fraction > 0) {
        scratch.planes.resize(length());
        load(j, depth.high, scratch.planes.data());
        for (std::size_t n = 0; n < length(); ++n) out[n] = mixed(out[n], scratch.planes[n], depth.fraction);
      }
      return out.data();
    }
    slab(j, scratch, out.data());
    return out.data();
  }

  void slab(std::int64_t j, SamplerScratch& scratch, float* out) const {
    const auto [low, high] = std::minmax(depths_.front().low, depths_.back().low);
    const std::int64_t last = std::max({high, depths_.front().high, depths_.back().high});
    const auto planes = static_cast<std::size_t>(last - low + 1);
    scratch.planes.resize(planes * length());
    for (std::size_t p = 0; p < planes; ++p) {
      load(j, low + static_cast<std::int64_t>(p), scratch.planes.data() + p * length());
    }
    SlabRow together(grid_.slab, out, length(), scratch.counts);
    for (const Between& depth : depths_) {
      const float* a = scratch.planes.data() + static_cast<std::size_t>(depth.low - low) * length();
      const float* b = scratch.planes.data() + static_cast<std::size_t>(depth.high - low) * length();
      const float t = depth.fraction;
      if (!(t > 0)) {
        together.add(0, length(), [a](std::size_t n) { return a[n]; });
      } else if (voxels_.there.empty()) {
        together.add(0, length(), [a, b, t](std::size_t n) { return a[n] + t * (b[n] - a[n]); });
      } else {
        together.add(0, length(), [&](std::size_t n) { return mixed(a[n], b[n], t); });
      }
    }
    together.finish();
  }

  /// The voxels (begin…end, j, depth), scaled; NaN where they were not read yet.
  void load(std::int64_t j, std::int64_t depth, float* out) const {
    Index3 at{};
    at[u_] = begin_;
    at[v_] = j;
    at[w_] = depth;
    const std::int64_t step = voxels_.stride[u_];
    const T* from = voxels_.template data<T>() + component_ + at[0] * voxels_.stride[0] + at[1] * voxels_.stride[1] +
                    at[2] * voxels_.stride[2];
    if (u_ == 2) {
      for (std::size_t n = 0; n < length(); ++n) {
        const std::int64_t k = begin_ + static_cast<std::int64_t>(n);
        out[n] =
            voxels_.has(k) ? valueOf(from[static_cast<std::int64_t>(n) * step], voxels_.scale(k), base_) : kNothing;
      }
      return;
    }
    if (!voxels_.has(at[2])) {
      std::fill(out, out + length(), kNothing);
      return;
    }
    const LinearScale scale = voxels_.scale(at[2]);
    if (step == 1) {
      for (std::size_t n = 0; n < length(); ++n) out[n] = valueOf(from[n], scale, base_);
    } else {
      for (std::size_t n = 0; n < length(); ++n)
        out[n] = valueOf(from[static_cast<std::int64_t>(n) * step], scale, base_);
    }
  }

  const SliceVoxels& voxels_;
  const SliceGrid& grid_;
  int component_;
  bool linear_;
  double base_;
  std::size_t u_, v_, w_;   ///< voxel axes of columns and rows, and the third
  std::int64_t first_ = 0;  ///< first column inside
  std::int64_t begin_ = 0;  ///< voxels of a source line that are needed
  std::int64_t end_ = 0;
  std::vector<Between> columns_;
  std::vector<Between> depths_;
};

}  // namespace

std::unique_ptr<SliceSampler> makeSliceSampler(const SliceVoxels& voxels, const SliceGrid& grid, int component,
                                               bool linear, double base) {
  const auto u = axisOf(grid.stepU);
  const auto v = axisOf(grid.stepV);
  bool straight = u && v && *u != *v;
  if (straight && grid.reach > 0) straight = axisOf(grid.stepN) == 3 - *u - *v;
  return visitPixelType(voxels.volume.info().pixelType, [&](auto tag) -> std::unique_ptr<SliceSampler> {
    using T = typename decltype(tag)::type;
    if (straight) return std::make_unique<StraightSampler<T>>(voxels, grid, component, linear, base, *u, *v);
    return std::make_unique<ObliqueSampler<T>>(voxels, grid, component, linear, base);
  });
}

}  // namespace voxmark::render
