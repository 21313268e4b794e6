#include "ui/render/slice_sampler.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace voxmark::render {
namespace {

constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();

template <typename T>
float valueOf(T stored, const LinearScale& scale, double base) {
  return static_cast<float>(static_cast<double>(stored) * scale.slope + (scale.intercept - base));
}

/// Between which two voxels along an axis a position lies, and how far behind the first.
struct Between {
  std::int64_t low = 0;
  std::int64_t high = 0;
  float fraction = 0;
};

bool inside(double position, std::int64_t size) {
  return position >= -0.5 && position < static_cast<double>(size) - 0.5;
}

Between place(double position, std::int64_t size, bool linear) {
  if (!linear) {
    const auto nearest = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(position + 0.5)), 0, size - 1);
    return {nearest, nearest, 0};
  }
  const double p = std::clamp(position, 0.0, static_cast<double>(size - 1));
  const auto low = static_cast<std::int64_t>(p);
  return {low, std::min(low + 1, size - 1), static_cast<float>(p - static_cast<double>(low))};
}

/// Puts samples of a slab together, NaN left aside.
struct Together {
  explicit Together(SlabMode of) : mode(of) {}
  void add(float value) {
    if (std::isnan(value)) return;
    if (count++ == 0) {
      sum = value;
    } else if (mode == SlabMode::Maximum) {
      sum = std::max(sum, value);
    } else if (mode == SlabMode::Minimum) {
      sum = std::min(sum, value);
    } else {
      sum += value;
    }
  }
  [[nodiscard]] float result() const {
    if (count == 0) return kNothing;
    return mode == SlabMode::Mean ? sum / static_cast<float>(count) : sum;
  }
  SlabMode mode;
  float sum = 0;
  int count = 0;
};

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
    for (int n = -grid.reach; n <= grid.reach; ++n) {
      const double at = grid.start[w_] + n * grid.stepN[w_];
      if (inside(at, voxels_.size[w_])) depths_.push_back(place(at, voxels_.size[w_], linear));
    }
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
    for (std::size_t n = 0; n < length(); ++n) {
      Together sum(grid_.slab);
      for (const Between& depth : depths_) {
        const float a = scratch.planes[static_cast<std::size_t>(depth.low - low) * length() + n];
        const float b = scratch.planes[static_cast<std::size_t>(depth.high - low) * length() + n];
        sum.add(depth.fraction > 0 ? mixed(a, b, depth.fraction) : a);
      }
      out[n] = sum.result();
    }
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

/// Planes of any orientation.
template <typename T>
class ObliqueSampler final : public SliceSampler {
 public:
  ObliqueSampler(const SliceVoxels& voxels, const SliceGrid& grid, int component, bool linear, double base)
      : voxels_(voxels), grid_(grid), component_(component), linear_(linear && voxels.there.empty()), base_(base) {
    for (std::int64_t k = 0; k < voxels.size[2]; ++k) scales_.push_back(voxels.scale(k));
  }

  void row(std::int64_t row, SamplerScratch&, float* out) const override {
    for (std::int64_t n = 0; n < grid_.columns; ++n) {
      Vec3 p;
      for (std::size_t a = 0; a < 3; ++a) {
        p[a] = grid_.start[a] + static_cast<double>(row) * grid_.stepV[a] + static_cast<double>(n) * grid_.stepU[a];
      }
      if (grid_.reach == 0) {
        out[n] = at(p);
        continue;
      }
      Together sum(grid_.slab);
      for (int s = -grid_.reach; s <= grid_.reach; ++s) {
        sum.add(at({p[0] + s * grid_.stepN[0], p[1] + s * grid_.stepN[1], p[2] + s * grid_.stepN[2]}));
      }
      out[n] = sum.result();
    }
  }

 private:
  [[nodiscard]] float at(const Vec3& p) const {
    if (!inside(p[0], voxels_.size[0]) || !inside(p[1], voxels_.size[1]) || !inside(p[2], voxels_.size[2])) {
      return kNothing;
    }
    const Between i = place(p[0], voxels_.size[0], linear_);
    const Between j = place(p[1], voxels_.size[1], linear_);
    const Between k = place(p[2], voxels_.size[2], linear_);
    const T* data = voxels_.template data<T>() + component_;
    const auto value = [&](std::int64_t x, std::int64_t y, std::int64_t z) {
      return valueOf(data[x * voxels_.stride[0] + y * voxels_.stride[1] + z * voxels_.stride[2]],
                     scales_[static_cast<std::size_t>(z)], base_);
    };
    if (!linear_) return voxels_.has(k.low) ? value(i.low, j.low, k.low) : kNothing;
    const auto mix = [](float a, float b, float t) { return a + t * (b - a); };
    const auto face = [&](std::int64_t z) {
      const float low = mix(value(i.low, j.low, z), value(i.high, j.low, z), i.fraction);
      const float high = mix(value(i.low, j.high, z), value(i.high, j.high, z), i.fraction);
      return mix(low, high, j.fraction);
    };
    return k.fraction > 0 ? mix(face(k.low), face(k.high), k.fraction) : face(k.low);
  }

  const SliceVoxels& voxels_;
  const SliceGrid& grid_;
  int component_;
  bool linear_;
  double base_;
  std::vector<LinearScale> scales_;
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
