#include "tests/render/phantom.h"

#include <cmath>
#include <string_view>

namespace voxmark::testing {

std::uint8_t phantomValue(const Index3& lps) {
  const auto inside = [&](const Index3& low, const Index3& high) {
    for (std::size_t a = 0; a < 3; ++a) {
      if (lps[a] < low[a] || lps[a] > high[a]) return false;
    }
    return true;
  };
  if (inside({23, 11, 8}, {31, 19, 14})) return 250;
  if (inside({6, 13, 9}, {12, 34, 28})) return 180;
  double radius = 0;
  for (std::size_t a = 0; a < 3; ++a) {
    const double half = 0.5 * static_cast<double>(kPhantomSize[a] - 1);
    const double offset = (static_cast<double>(lps[a]) - half) / (0.95 * half);
    radius += offset * offset;
  }
  return radius <= 1 ? 100 : 0;
}

Vec3 phantomWorld(const Index3& lps) {
  Vec3 world{};
  for (std::size_t a = 0; a < 3; ++a) world[a] = kPhantomOrigin[a] + kPhantomSpacing[a] * static_cast<double>(lps[a]);
  return world;
}

VolumePtr phantom(const char* order, int flips) {
  constexpr std::string_view kLetters = "LPS";
  VolumeInfo info;
  info.pixelType = PixelType::U8;
  std::array<std::size_t, 3> patient{};
  Index3 first{};
  for (std::size_t a = 0; a < 3; ++a) patient[a] = kLetters.find(order[a]);
  info.geometry.direction = {};
  for (std::size_t a = 0; a < 3; ++a) {
    const bool flipped = ((flips >> a) & 1) != 0;
    info.geometry.size[a] = kPhantomSize[patient[a]];
    info.geometry.spacing[a] = kPhantomSpacing[patient[a]];
    info.geometry.direction[3 * patient[a] + a] = flipped ? -1 : 1;
    first[patient[a]] = flipped ? kPhantomSize[patient[a]] - 1 : 0;
  }
  info.geometry.origin = phantomWorld(first);
  Volume volume(info);
  auto* voxels = reinterpret_cast<std::uint8_t*>(volume.mutableFrameData(0));
  Index3 v{};
  for (v[2] = 0; v[2] < info.geometry.size[2]; ++v[2]) {
    for (v[1] = 0; v[1] < info.geometry.size[1]; ++v[1]) {
      for (v[0] = 0; v[0] < info.geometry.size[0]; ++v[0]) {
        Index3 lps{};
        for (std::size_t a = 0; a < 3; ++a) lps[patient[a]] = first[patient[a]] == 0 ? v[a] : first[patient[a]] - v[a];
        *voxels++ = phantomValue(lps);
      }
    }
  }
  return std::make_shared<const Volume>(std::move(volume));
}

std::vector<VolumePtr> phantomInAllOrientations() {
  std::vector<VolumePtr> all;
  for (const char* order : kAxisOrders) {
    for (int flips = 0; flips < 8; ++flips) all.push_back(phantom(order, flips));
  }
  return all;
}

Document documentOf(VolumePtr volume) {
  Document document;
  Layer layer;
  layer.id = 1;
  layer.volume = std::move(volume);
  layer.display.window = {255, 127.5};
  document.layers.push_back(std::move(layer));
  document.activeLayer = 1;
  document.views.crosshair = phantomWorld(kBrightVoxel);
  document.views.crosshairVisible = false;
  document.views.annotations = false;
  return document;
}

}  // namespace voxmark::testing
