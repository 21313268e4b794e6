#pragma once

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <vector>

#include "ui/render/sample_place.h"
#include "ui/render/slab_row.h"
#include "ui/render/slice_grid.h"
#include "ui/render/slice_sampler.h"

namespace voxmark::render {

/// Planes of any orientation.
template <typename T>
class ObliqueSampler final : public SliceSampler {
 public:
  ObliqueSampler(const SliceVoxels& voxels, const SliceGrid& grid, int component, bool linear, double base)
      : voxels_(voxels), grid_(grid), component_(component), linear_(linear && voxels.there.empty()), base_(base) {
    for (std::int64_t k = 0; k < voxels.size[2]; ++k) scales_.push_back(voxels.scale(k));
  }

  void row(std::int64_t row, SamplerScratch& scratch, float* out) const override {
    Vec3 from;
    for (std::size_t a = 0; a < 3; ++a) from[a] = grid_.start[a] + static_cast<double>(row) * grid_.stepV[a];
    const auto columns = static_cast<std::size_t>(grid_.columns);
    if (grid_.reach == 0) {
      std::fill(out, out + columns, kNothing);
      line(from, within(from, -0.5, -0.5), out);
      return;
    }
    scratch.sums.resize(columns);
    SlabRow together(grid_.slab, out, columns, scratch.counts);
    for (int s = -grid_.reach; s <= grid_.reach; ++s) {
      Vec3 moved = from;
      for (std::size_t a = 0; a < 3; ++a) moved[a] += s * grid_.stepN[a];
      const Range in = within(moved, -0.5, -0.5);
      line(moved, in, scratch.sums.data());
      const float* values = scratch.sums.data() + in.begin;
      together.add(static_cast<std::size_t>(in.begin), static_cast<std::size_t>(in.end - in.begin),
                   [values](std::size_t n) { return values[n]; });
    }
    together.finish();
  }

 private:
  /// Columns of a row.
  struct Range {
    std::int64_t begin = 0;
    std::int64_t end = 0;
  };

  [[nodiscard]] Vec3 positionAt(const Vec3& from, std::int64_t column) const {
    const auto n = static_cast<double>(column);
    return {from[0] + n * grid_.stepU[0], from[1] + n * grid_.stepU[1], from[2] + n * grid_.stepU[2]};
  }

  /// The columns of a row whose positions lie in [low, size + high) along every axis: of a convex box, one stretch.
  [[nodiscard]] Range within(const Vec3& from, double low, double high) const {
    Range range{0, grid_.columns};
    for (std::size_t a = 0; a < 3; ++a) {
      const double end = static_cast<double>(voxels_.size[a]) + high;
      const double step = grid_.stepU[a];
      const auto in = [&](std::int64_t n) {
        const double p = from[a] + static_cast<double>(n) * step;
        return p >= low && p < end;
      };
      if (step != 0) {
        // One more on either side, as divisions round.
        const double one = ((step > 0 ? low : end) - from[a]) / step;
        const double other = ((step > 0 ? end : low) - from[a]) / step;
        const auto last = static_cast<double>(grid_.columns);
        range.begin = std::max(range.begin, static_cast<std::int64_t>(std::clamp(std::floor(one) - 1, 0.0, last)));
        range.end = std::min(range.end, static_cast<std::int64_t>(std::clamp(std::ceil(other) + 2, 0.0, last)));
      }
      while (range.begin < range.end && !in(range.begin)) ++range.begin;
      while (range.begin < range.end && !in(range.end - 1)) --range.end;
    }
    return range.begin < range.end ? range : Range{};
  }

  /// The row that begins at `from`, in those columns of it that are inside.
  void line(const Vec3& from, const Range& in, float* out) const {
    Range simple{in.end, in.end};  // columns that need no look at edges
    if (voxels_.there.empty()) {
      simple = linear_ ? within(from, 0, -1) : in;
      if (simple.begin >= simple.end) simple = {in.end, in.end};
    }
    for (std::int64_t n = in.begin; n < simple.begin; ++n) out[n] = at(positionAt(from, n));
    if (voxels_.perSlice) {
      stretch(from, simple, out, [&](std::int64_t k) { return scales_[static_cast<std::size_t>(k)]; });
    } else {
      stretch(from, simple, out, [common = voxels_.common](std::int64_t) { return common; });
    }
    for (std::int64_t n = simple.end; n < in.end; ++n) out[n] = at(positionAt(from, n));
  }

  /// Columns all of whose neighbours exist.
  template <typename Scale>
  void stretch(const Vec3& from, const Range& range, float* out, const Scale& scale) const {
    const T* data = voxels_.template data<T>() + component_;
    const auto [x, y, z] = voxels_.stride;
    const Index3 last{voxels_.size[0] - 1, voxels_.size[1] - 1, voxels_.size[2] - 1};
    for (std::int64_t n = range.begin; n < range.end; ++n) {
      const Vec3 p = positionAt(from, n);
      if (!linear_) {
        const auto nearest = [&](std::size_t a) { return std::min(static_cast<std::int64_t>(p[a] + 0.5), last[a]); };
        const std::int64_t k = nearest(2);
        out[n] = valueOf(data[nearest(0) * x + nearest(1) * y + k * z], scale(k), base_);
        continue;
      }
      const auto i = static_cast<std::int64_t>(p[0]);
      const auto j = static_cast<std::int64_t>(p[1]);
      const auto k = static_cast<std::int64_t>(p[2]);
      const T* corner = data + i * x + j * y + k * z;
      const auto fx = static_cast<float>(p[0] - static_cast<double>(i));
      const auto fy = static_cast<float>(p[1] - static_cast<double>(j));
      const auto fz = static_cast<float>(p[2] - static_cast<double>(k));
      const auto face = [&](const T* at, const auto& value) {
        const float low = mix(value(at[0]), value(at[x]), fx);
        return mix(low, mix(value(at[y]), value(at[x + y]), fx), fy);
      };
      const auto scaled = [&](std::int64_t slice) {
        return [&, of = scale(slice)](T stored) { return valueOf(stored, of, base_); };
      };
      // Short integers are exact in single precision, so that scaling once will do.
      if (std::is_integral_v<T> && sizeof(T) <= 2 && !voxels_.perSlice) {
        const auto plain = [](T stored) { return static_cast<float>(stored); };
        out[n] = valueOf(mix(face(corner, plain), face(corner + z, plain), fz), scale(k), base_);
      } else {
        const float below = face(corner, scaled(k));
        out[n] = fz > 0 ? mix(below, face(corner + z, scaled(k + 1)), fz) : below;
      }
    }
  }

  [[nodiscard]] static float mix(float a, float b, float t) { return a + t * (b - a); }

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

}  // namespace voxmark::render
