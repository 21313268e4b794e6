#include "ui/render/slice_image.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/base/parallel_for.h"
#include "core/trace/trace.h"
#include "ui/render/color_map.h"
#include "ui/render/label_picture.h"
#include "ui/render/slice_sampler.h"

namespace voxmark::render {
namespace {

/// The window and colour map of a layer, ready for use on values less the window's low end.
struct Look {
  double low = 0;
  double gain = 255;
  double hideBelow = -std::numeric_limits<double>::infinity();
  double hideAbove = std::numeric_limits<double>::infinity();
  ColorMap map{};

  explicit Look(const LayerDisplay& display) : map(colorMapOrGray(display.colorMap)) {
    const double width = std::max(display.window.width, 1e-200);  // a window without width is a step
    low = display.window.level - 0.5 * width;
    gain = 255.0 / width;
    if (display.invert) std::reverse(map.begin(), map.end());
    if (display.hideBelow) hideBelow = *display.hideBelow - low;
    if (display.hideAbove) hideAbove = *display.hideAbove - low;
  }
  [[nodiscard]] std::size_t level(double value) const {
    return static_cast<std::size_t>(std::clamp(value * gain, 0.0, 255.0) + 0.5);
  }
  [[nodiscard]] Rgba colour(float value) const {
    // Comparisons with NaN fail.
    return value >= hideBelow && value <= hideAbove ? map[level(static_cast<double>(value))] : Rgba{0, 0, 0, 0};
  }
};

/// Stripes on dark grey, in the picture's own millimetres: no tissue looks like this.
Rgba missingColour(const SliceGrid& grid, std::int64_t column, std::int64_t row) {
  const double extent =
      std::max(static_cast<double>(grid.columns) * grid.spacing[0], static_cast<double>(grid.rows) * grid.spacing[1]);
  const double place =
      (static_cast<double>(column) * grid.spacing[0] + static_cast<double>(row) * grid.spacing[1]) / extent * 28;
  return place - std::floor(place) < 0.35 ? Rgba{40, 44, 51, 255} : Rgba{24, 26, 30, 255};
}

/// Stripes where the voxel nearest to a pixel is not there yet.
void stripe(const SliceVoxels& voxels, const SliceGrid& grid, std::int64_t row, std::uint8_t* out) {
  for (std::int64_t column = 0; column < grid.columns; ++column) {
    Index3 at{};
    bool in = true;
    for (std::size_t a = 0; a < 3; ++a) {
      const double p =
          grid.start[a] + static_cast<double>(row) * grid.stepV[a] + static_cast<double>(column) * grid.stepU[a];
      in = in && p >= -0.5 && p < static_cast<double>(voxels.size[a]) - 0.5;
      if (in) at[a] = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(p + 0.5)), 0, voxels.size[a] - 1);
    }
    if (in && !voxels.has(at[2])) std::memcpy(out + 4 * column, missingColour(grid, column, row).data(), 4);
  }
}

/// What is sampled of a volume, and how the values of a pixel become its colour.
class Painter {
 public:
  Painter(const SliceVoxels& voxels, const SliceGrid& grid, const LayerDisplay& display)
      : voxels_(voxels), grid_(grid), display_(display), look_(display) {
    const VolumeInfo& info = voxels.volume.info();
    const bool colour = info.meaning == ComponentMeaning::Colour && (info.components == 3 || info.components == 4);
    const bool vector = info.meaning == ComponentMeaning::Vector && info.components > 1;
    kind_ = colour ? Kind::Colour : vector ? Kind::Length : Kind::Value;
    if (vector && info.components == 3 && display.vectors == VectorStyle::Direction) kind_ = Kind::Direction;
    exact_ = info.pixelType == PixelType::U8 && info.scale.identity();
    const int count = kind_ == Kind::Value ? 1 : info.components;
    // Windows far from 0 keep their digits where values are counted from the window's low end.
    const double base = kind_ == Kind::Value ? look_.low : kind_ == Kind::Colour && !exact_ ? look_.low : 0;
    for (int c = 0; c < count; ++c) {
      samplers_.push_back(makeSliceSampler(voxels, grid, c, display.interpolate, base));
    }
  }

  void paint(std::uint8_t* rgba) const {
    const auto rowsAtOnce = static_cast<std::size_t>(std::max<std::int64_t>(8, 65536 / grid_.columns));
    parallelFor(static_cast<std::size_t>(grid_.rows), rowsAtOnce, 0,
                [&](std::size_t begin, std::size_t end, std::size_t) {
                  std::vector<SamplerScratch> scratch(samplers_.size());
                  std::vector<float> values(samplers_.size() * static_cast<std::size_t>(grid_.columns));
                  for (std::size_t row = begin; row < end; ++row) {
                    const auto r = static_cast<std::int64_t>(row);
                    for (std::size_t c = 0; c < samplers_.size(); ++c) {
                      samplers_[c]->row(r, scratch[c], values.data() + c * static_cast<std::size_t>(grid_.columns));
                    }
                    std::uint8_t* out = rgba + row * static_cast<std::size_t>(grid_.columns) * 4;
                    colourRow(values.data(), out);
                    if (!voxels_.there.empty()) stripe(voxels_, grid_, r, out);
                  }
                });
  }

 private:
  enum class Kind { Value, Colour, Length, Direction };

  void colourRow(const float* values, std::uint8_t* out) const {
    const auto columns = static_cast<std::size_t>(grid_.columns);
    for (std::size_t n = 0; n < columns; ++n) {
      const Rgba colour = kind_ == Kind::Value ? look_.colour(values[n]) : several(values + n, columns);
      std::memcpy(out + 4 * n, colour.data(), 4);
    }
  }

  /// Of the components of one pixel, `step` apart.
  [[nodiscard]] Rgba several(const float* v, std::size_t step) const {
    for (std::size_t c = 0; c < samplers_.size(); ++c) {
      if (std::isnan(v[c * step])) return {0, 0, 0, 0};
    }
    if (kind_ == Kind::Colour) {
      Rgba out{0, 0, 0, 255};
      for (std::size_t c = 0; c < 3; ++c) {
        const auto value = static_cast<double>(v[c * step]);
        const auto level = static_cast<std::uint8_t>(
            exact_ ? static_cast<std::size_t>(std::clamp(value, 0.0, 255.0) + 0.5) : look_.level(value));
        out[c] = display_.invert ? static_cast<std::uint8_t>(255 - level) : level;
      }
      if (exact_ && samplers_.size() == 4) out[3] = static_cast<std::uint8_t>(v[3 * step] + 0.5F);
      return out;
    }
    double squares = 0;
    for (std::size_t c = 0; c < samplers_.size(); ++c) {
      squares += static_cast<double>(v[c * step]) * static_cast<double>(v[c * step]);
    }
    const double length = std::sqrt(squares);
    const auto shown = static_cast<float>(length - look_.low);
    if (kind_ == Kind::Length || length == 0) return look_.colour(shown);
    if (!(shown >= look_.hideBelow && shown <= look_.hideAbove)) return {0, 0, 0, 0};
    const double bright = static_cast<double>(look_.level(shown)) / 255;
    Rgba out{0, 0, 0, 255};
    for (std::size_t c = 0; c < 3; ++c) {
      out[c] = static_cast<std::uint8_t>(255 * bright * std::abs(static_cast<double>(v[c * step])) / length + 0.5);
    }
    return out;
  }

  const SliceVoxels& voxels_;
  const SliceGrid& grid_;
  const LayerDisplay& display_;
  Look look_;
  Kind kind_ = Kind::Value;
  bool exact_ = false;
  std::vector<std::unique_ptr<SliceSampler>> samplers_;
};

}  // namespace

void paintSlice(const Volume& volume, std::int64_t frame, const SliceGrid& grid, const LayerDisplay& display,
                std::uint8_t* rgba, int line) {
  if (grid.columns <= 0 || grid.rows <= 0) return;
  const trace::Scope scope("slice", static_cast<std::uint64_t>(grid.columns * grid.rows) * volume.info().voxelBytes());
  const SliceVoxels voxels(volume, frame);
  const bool scalar = volume.info().meaning == ComponentMeaning::Scalar || volume.info().components == 1;
  if (display.labels && scalar) {
    paintLabels(voxels, grid, display, line, rgba);
    return;
  }
  Painter(voxels, grid, display).paint(rgba);
}

std::vector<std::uint8_t> sliceImage(const Volume& volume, std::int64_t frame, const SliceGrid& grid,
                                     const LayerDisplay& display) {
  std::vector<std::uint8_t> rgba(static_cast<std::size_t>(grid.columns * grid.rows) * 4);
  paintSlice(volume, frame, grid, display, rgba.data());
  return rgba;
}

void blendLayer(const std::uint8_t* layer, std::size_t pixels, Blend blend, double opacity, std::uint8_t* picture) {
  const auto strength = static_cast<unsigned>(std::lround(std::clamp(opacity, 0.0, 1.0) * 256));
  parallelFor(pixels, 65536, 0, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t n = begin; n < end; ++n) {
      const std::uint8_t* from = layer + 4 * n;
      std::uint8_t* to = picture + 4 * n;
      const unsigned alpha = from[3] * strength;  // 65280 is opaque
      if (alpha == 0) continue;
      for (std::size_t c = 0; c < 3; ++c) {
        const unsigned added = (from[c] * alpha + 32640) / 65280;
        unsigned out = added;
        if (blend == Blend::Over) out = (from[c] * alpha + to[c] * (65280 - alpha) + 32640) / 65280;
        if (blend == Blend::Add) out = std::min(255U, to[c] + added);
        if (blend == Blend::Maximum) out = std::max<unsigned>(to[c], added);
        to[c] = static_cast<std::uint8_t>(out);
      }
    }
  });
}

}  // namespace voxmark::render
