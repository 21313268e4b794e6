#include "ui/render/label_picture.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <unordered_map>

#include "core/base/parallel_for.h"
#include "ui/render/color_map.h"

namespace voxmark::render {
namespace {

constexpr std::int64_t kNoLabel = std::numeric_limits<std::int64_t>::min();

/// The labels of one row of pixels.
template <typename T>
void labelRow(const SliceVoxels& voxels, const SliceGrid& grid, std::int64_t row, std::int64_t* out) {
  const T* data = voxels.data<T>();
  for (std::int64_t n = 0; n < grid.columns; ++n) {
    Index3 at{};
    bool in = true;
    for (std::size_t a = 0; a < 3; ++a) {
      const double p =
          grid.start[a] + static_cast<double>(row) * grid.stepV[a] + static_cast<double>(n) * grid.stepU[a];
      in = in && p >= -0.5 && p < static_cast<double>(voxels.size[a]) - 0.5;
      if (in) at[a] = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(p + 0.5)), 0, voxels.size[a] - 1);
    }
    out[n] = kNoLabel;
    if (!in || !voxels.has(at[2])) continue;
    const LinearScale scale = voxels.scale(at[2]);
    const double value =
        static_cast<double>(data[at[0] * voxels.stride[0] + at[1] * voxels.stride[1] + at[2] * voxels.stride[2]]) *
            scale.slope +
        scale.intercept;
    if (std::isfinite(value) && std::abs(value) < 9e15) out[n] = std::llround(value);
  }
}

/// Colours of labels, looked up once each.
class Colours {
 public:
  explicit Colours(const LabelTable* table) : table_(table) {}
  const Rgba& of(std::int64_t label) {
    if (label == last_) return colour_;
    const auto [found, isNew] = known_.try_emplace(label);
    if (isNew && label != kNoLabel) {
      const Label entry = labelOf(table_, label);
      const double alpha = entry.visible ? std::clamp(entry.opacity, 0.0, 1.0) : 0.0;
      found->second = {entry.colour[0], entry.colour[1], entry.colour[2], static_cast<std::uint8_t>(alpha * 255 + 0.5)};
    }
    last_ = label;
    return colour_ = found->second;
  }

 private:
  const LabelTable* table_;
  std::unordered_map<std::int64_t, Rgba> known_;
  std::int64_t last_ = kNoLabel;
  Rgba colour_{0, 0, 0, 0};
};

/// Whether another label begins within `line` pixels: to the right, left, above or below.
bool atRim(const std::vector<std::int64_t>& labels, const SliceGrid& grid, std::int64_t column, std::int64_t row,
           int line) {
  const auto at = [&](std::int64_t c, std::int64_t r) {
    return labels[static_cast<std::size_t>(r * grid.columns + c)];
  };
  const std::int64_t mine = at(column, row);
  for (int n = 1; n <= line; ++n) {
    if (column >= n && at(column - n, row) != mine) return true;
    if (column + n < grid.columns && at(column + n, row) != mine) return true;
    if (row >= n && at(column, row - n) != mine) return true;
    if (row + n < grid.rows && at(column, row + n) != mine) return true;
  }
  return false;
}

}  // namespace

void paintLabels(const SliceVoxels& voxels, const SliceGrid& grid, const LayerDisplay& display, int line,
                 std::uint8_t* rgba) {
  std::vector<std::int64_t> labels(static_cast<std::size_t>(grid.columns * grid.rows));
  const auto rows = static_cast<std::size_t>(grid.rows);
  visitPixelType(voxels.volume.info().pixelType, [&](auto tag) {
    using T = typename decltype(tag)::type;
    parallelFor(rows, 64, 0, [&](std::size_t begin, std::size_t end, std::size_t) {
      for (std::size_t row = begin; row < end; ++row) {
        labelRow<T>(voxels, grid, static_cast<std::int64_t>(row),
                    labels.data() + row * static_cast<std::size_t>(grid.columns));
      }
    });
  });
  parallelFor(rows, 64, 0, [&](std::size_t begin, std::size_t end, std::size_t) {
    Colours colours(display.labelTable.get());
    for (auto row = static_cast<std::int64_t>(begin); row < static_cast<std::int64_t>(end); ++row) {
      for (std::int64_t column = 0; column < grid.columns; ++column) {
        const auto pixel = static_cast<std::size_t>(row * grid.columns + column);
        Rgba colour = colours.of(labels[pixel]);
        if (display.labelOutline && colour[3] != 0 && !atRim(labels, grid, column, row, line)) colour = {0, 0, 0, 0};
        std::memcpy(rgba + 4 * pixel, colour.data(), 4);
      }
    }
  });
}

}  // namespace voxmark::render
