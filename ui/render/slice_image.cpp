#include "ui/render/slice_image.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/base/parallel_for.h"
#include "core/trace/trace.h"
#include "ui/render/color_map.h"

namespace voxmark::render {
namespace {

/// The window and colour map of a layer, ready for use: the colour of a value is map[round((value - low)·gain)].
struct Look {
  double low = 0;
  double gain = 255;
  ColorMap map{};

  explicit Look(const LayerDisplay& display) : map(colorMapOrGray(display.colorMap)) {
    const double width = std::max(display.window.width, 1e-200);  // a window without width is a step
    low = display.window.level - 0.5 * width;
    gain = 255.0 / width;
    if (display.invert) std::reverse(map.begin(), map.end());
  }
  [[nodiscard]] std::size_t level(double value) const {
    return static_cast<std::size_t>(std::clamp((value - low) * gain, 0.0, 255.0) + 0.5);
  }
  [[nodiscard]] Rgba colour(double value) const { return std::isnan(value) ? Rgba{0, 0, 0, 0} : map[level(value)]; }
};

/// A grid in whole voxels: no coordinate needs rounding and none lies outside.
bool isWhole(const SliceGrid& grid, const Index3& size) {
  for (std::size_t a = 0; a < 3; ++a) {
    const double u = grid.stepU[a] * static_cast<double>(grid.columns - 1);
    const double v = grid.stepV[a] * static_cast<double>(grid.rows - 1);
    const double low = grid.start[a] + std::min(u, 0.0) + std::min(v, 0.0);
    const double high = grid.start[a] + std::max(u, 0.0) + std::max(v, 0.0);
    if (low < 0 || high > static_cast<double>(size[a] - 1)) return false;
    for (const double x : {grid.start[a], grid.stepU[a], grid.stepV[a]}) {
      if (x != std::floor(x)) return false;
    }
  }
  return true;
}

Index3 whole(const Vec3& v) {
  return {static_cast<std::int64_t>(v[0]), static_cast<std::int64_t>(v[1]), static_cast<std::int64_t>(v[2])};
}

/// Stripes on dark grey, in the picture's own millimetres: no tissue looks like this.
Rgba missingColour(const SliceGrid& grid, std::int64_t column, std::int64_t row) {
  const double extent =
      std::max(static_cast<double>(grid.columns) * grid.spacing[0], static_cast<double>(grid.rows) * grid.spacing[1]);
  const double place =
      (static_cast<double>(column) * grid.spacing[0] + static_cast<double>(row) * grid.spacing[1]) / extent * 28;
  return place - std::floor(place) < 0.35 ? Rgba{40, 44, 51, 255} : Rgba{24, 26, 30, 255};
}

struct Voxels {
  const Volume& volume;
  std::int64_t frame;
  Index3 size;
  Index3 stride;  ///< elements
  bool perSlice;
  LinearScale common;
  std::vector<char> there;  ///< one entry a slice along k; empty: everything is there

  Voxels(const Volume& v, std::int64_t f)
      : volume(v),
        frame(f),
        size(v.geometry().size),
        stride{v.info().components, v.info().components * size[0], v.info().components * size[0] * size[1]},
        perSlice(v.info().scale.perSlice()),
        common(v.info().scale.common()) {
    if (!volume.complete(frame)) there = volume.filled()->mask(frame);
  }
  [[nodiscard]] bool has(std::int64_t k) const { return there.empty() || there[static_cast<std::size_t>(k)] != 0; }
  [[nodiscard]] LinearScale scale(std::int64_t k) const {
    return perSlice ? volume.info().scale.at(frame, k, size[2]) : common;
  }
  [[nodiscard]] std::int64_t offset(const Index3& p) const {
    return p[0] * stride[0] + p[1] * stride[1] + p[2] * stride[2];
  }
};

template <typename T, typename Pixel>
void wholeRow(const Voxels& voxels, const T* data, const SliceGrid& grid, std::int64_t row, const Pixel& pixel,
              std::uint8_t* out) {
  const Index3 start = whole(grid.start);
  const Index3 u = whole(grid.stepU);
  const Index3 v = whole(grid.stepV);
  const T* p = data + voxels.offset(start) + row * voxels.offset(v);
  const std::int64_t step = voxels.offset(u);
  std::int64_t k = start[2] + row * v[2];
  LinearScale scale = voxels.scale(k);
  for (std::int64_t column = 0; column < grid.columns; ++column, out += 4) {
    if (voxels.perSlice && u[2] != 0) scale = voxels.scale(k + column * u[2]);
    const Rgba colour =
        voxels.has(k + column * u[2]) ? pixel(p + column * step, scale) : missingColour(grid, column, row);
    std::memcpy(out, colour.data(), 4);
  }
}

template <typename T, typename Pixel>
void nearestRow(const Voxels& voxels, const T* data, const SliceGrid& grid, std::int64_t row, const Pixel& pixel,
                std::uint8_t* out) {
  for (std::int64_t column = 0; column < grid.columns; ++column, out += 4) {
    Index3 index{};
    bool inside = true;
    for (std::size_t a = 0; a < 3; ++a) {
      const double x =
          grid.start[a] + static_cast<double>(column) * grid.stepU[a] + static_cast<double>(row) * grid.stepV[a];
      inside = inside && x >= -0.5 && x < static_cast<double>(voxels.size[a]) - 0.5;
      if (inside) index[a] = static_cast<std::int64_t>(std::floor(x + 0.5));
    }
    Rgba colour{0, 0, 0, 0};
    if (inside && !voxels.has(index[2])) {
      colour = missingColour(grid, column, row);
    } else if (inside) {
      colour = pixel(data + voxels.offset(index), voxels.scale(index[2]));
    }
    std::memcpy(out, colour.data(), 4);
  }
}

template <typename T, typename Pixel>
void sweep(const Voxels& voxels, const SliceGrid& grid, const Pixel& pixel, std::uint8_t* rgba) {
  const T* data = reinterpret_cast<const T*>(voxels.volume.frameData(voxels.frame));
  const bool exact = isWhole(grid, voxels.size);
  const auto rowsAtOnce = static_cast<std::size_t>(std::max<std::int64_t>(1, 65536 / grid.columns));
  parallelFor(static_cast<std::size_t>(grid.rows), rowsAtOnce, 0, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t row = begin; row < end; ++row) {
      std::uint8_t* out = rgba + row * static_cast<std::size_t>(grid.columns) * 4;
      const auto r = static_cast<std::int64_t>(row);
      if (exact) {
        wholeRow<T>(voxels, data, grid, r, pixel, out);
      } else {
        nearestRow<T>(voxels, data, grid, r, pixel, out);
      }
    }
  });
}

template <typename T>
Rgba colourVoxel(const T* p, const LinearScale& scale, bool alpha, bool invert, const Look& look) {
  Rgba out{0, 0, 0, 255};
  for (std::size_t c = 0; c < 3; ++c) {
    if constexpr (std::is_same_v<T, std::uint8_t>) {
      out[c] = invert ? static_cast<std::uint8_t>(255 - p[c]) : p[c];
    } else {
      const double value = scale.apply(static_cast<double>(p[c]));
      if (std::isnan(value)) return {0, 0, 0, 0};
      const auto level = static_cast<std::uint8_t>(look.level(value));
      out[c] = invert ? static_cast<std::uint8_t>(255 - level) : level;
    }
  }
  if constexpr (std::is_same_v<T, std::uint8_t>) {
    if (alpha) out[3] = p[3];
  }
  return out;
}

template <typename T>
void paintTyped(const Voxels& voxels, const SliceGrid& grid, const LayerDisplay& display, std::uint8_t* rgba) {
  const Look look(display);
  const VolumeInfo& info = voxels.volume.info();
  if (info.meaning == ComponentMeaning::Colour && (info.components == 3 || info.components == 4)) {
    sweep<T>(
        voxels, grid,
        [&look, alpha = info.components == 4, invert = display.invert](const T* p, const LinearScale& scale) {
          return colourVoxel(p, scale, alpha, invert, look);
        },
        rgba);
  } else if (info.meaning == ComponentMeaning::Vector && info.components > 1) {
    sweep<T>(
        voxels, grid,
        [&look, count = info.components](const T* p, const LinearScale& scale) {
          double sum = 0;
          for (int c = 0; c < count; ++c) {
            const double value = scale.apply(static_cast<double>(p[c]));
            sum += value * value;
          }
          return look.colour(std::sqrt(sum));
        },
        rgba);
  } else {
    sweep<T>(
        voxels, grid,
        [&look](const T* p, const LinearScale& scale) { return look.colour(scale.apply(static_cast<double>(*p))); },
        rgba);
  }
}

}  // namespace

void paintSlice(const Volume& volume, std::int64_t frame, const SliceGrid& grid, const LayerDisplay& display,
                std::uint8_t* rgba) {
  if (grid.columns <= 0 || grid.rows <= 0) return;
  const trace::Scope scope("slice", static_cast<std::uint64_t>(grid.columns * grid.rows) * volume.info().voxelBytes());
  const Voxels voxels(volume, frame);
  visitPixelType(volume.info().pixelType,
                 [&](auto tag) { paintTyped<typename decltype(tag)::type>(voxels, grid, display, rgba); });
}

std::vector<std::uint8_t> sliceImage(const Volume& volume, std::int64_t frame, const SliceGrid& grid,
                                     const LayerDisplay& display) {
  std::vector<std::uint8_t> rgba(static_cast<std::size_t>(grid.columns * grid.rows) * 4);
  paintSlice(volume, frame, grid, display, rgba.data());
  return rgba;
}

}  // namespace voxmark::render
