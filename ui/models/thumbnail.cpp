#include "ui/models/thumbnail.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace voxmark::ui {
namespace {

/// Half the extent of the volume along the patient's x and y, mm.
double halfExtent(const Geometry& geometry) {
  const Vec3 centre = centreOf(geometry);
  double out = 0;
  for (int corner = 0; corner < 8; ++corner) {
    Vec3 voxel;
    for (std::size_t a = 0; a < 3; ++a) {
      voxel[a] = ((corner >> a) & 1) != 0 ? static_cast<double>(geometry.size[a]) - 0.5 : -0.5;
    }
    const Vec3 world = voxelToWorld(geometry, voxel);
    out = std::max({out, std::abs(world[0] - centre[0]), std::abs(world[1] - centre[1])});
  }
  return out;
}

int grey(const LayerDisplay& display, double value) {
  if (!std::isfinite(value)) return 0;
  const double low = display.window.level - display.window.width / 2;
  const double share = std::clamp((value - low) / std::max(display.window.width, 1e-300), 0.0, 1.0);
  return static_cast<int>(std::lround(255 * (display.invert ? 1 - share : share)));
}

QRgb colourAt(const Layer& layer, std::int64_t frame, const Index3& voxel) {
  const VolumeInfo& info = layer.volume->info();
  if (info.meaning != ComponentMeaning::Colour || info.components < 3) {
    const int value = grey(layer.display, layer.volume->valueAt(frame, voxel, 0));
    return qRgb(value, value, value);
  }
  std::array<int, 3> rgb{};
  for (int c = 0; c < 3; ++c) {
    const double value = layer.volume->valueAt(frame, voxel, c);
    rgb[static_cast<std::size_t>(c)] =
        info.pixelType == PixelType::U8 ? static_cast<int>(value) : grey(layer.display, value);
  }
  return qRgb(rgb[0], rgb[1], rgb[2]);
}

}  // namespace

QImage thumbnailOf(const Layer& layer, std::int64_t frame, int pixels) {
  QImage out(pixels, pixels, QImage::Format_RGB32);
  out.fill(Qt::black);
  const Geometry& geometry = layer.volume->geometry();
  Vec3 centre = worldToVoxel(geometry, centreOf(geometry));
  for (double& x : centre) x = std::floor(x);  // a voxel, not the face between two
  const Vec3 middle = voxelToWorld(geometry, centre);
  const double step = 2 * halfExtent(geometry) / pixels;
  const Region whole = wholeOf(geometry.size);
  for (int y = 0; y < pixels; ++y) {
    auto* line = reinterpret_cast<QRgb*>(out.scanLine(y));
    for (int x = 0; x < pixels; ++x) {  // the patient's left on the right, the nose up
      const Vec3 world{middle[0] + (x + 0.5 - pixels / 2.0) * step, middle[1] + (y + 0.5 - pixels / 2.0) * step,
                       middle[2]};
      const Vec3 at = worldToVoxel(geometry, world);
      const Index3 voxel{std::llround(at[0]), std::llround(at[1]), std::llround(at[2])};
      if (whole.contains(voxel)) line[x] = colourAt(layer, frame, voxel);
    }
  }
  return out;
}

}  // namespace voxmark::ui
