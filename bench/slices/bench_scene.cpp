#include "bench/slices/bench_scene.h"

#include <memory>

namespace voxmark::bench {
namespace {

VolumeInfo infoOf(PixelType type) {
  VolumeInfo info;
  info.geometry.size = {kEdge, kEdge, kEdge};
  info.pixelType = type;
  return info;
}

}  // namespace

VolumePtr noiseVolume() {
  static const VolumePtr made = [] {
    auto volume = std::make_shared<Volume>(infoOf(PixelType::I16));
    auto* to = reinterpret_cast<std::int16_t*>(volume->mutableFrameData(0));
    std::uint32_t state = 20;  // a linear congruential generator: fast, and the same everywhere
    for (std::int64_t n = 0; n < kEdge * kEdge * kEdge; ++n) {
      state = state * 1664525U + 1013904223U;
      to[n] = static_cast<std::int16_t>(static_cast<int>(state >> 20) - 1024);
    }
    return volume;
  }();
  return made;
}

VolumePtr labelVolume() {
  static const VolumePtr made = [] {
    auto volume = std::make_shared<Volume>(infoOf(PixelType::U8));
    auto* to = reinterpret_cast<std::uint8_t*>(volume->mutableFrameData(0));
    for (std::int64_t k = 0; k < kEdge; ++k) {
      for (std::int64_t j = 0; j < kEdge; ++j) {
        for (std::int64_t i = 0; i < kEdge; ++i) *to++ = static_cast<std::uint8_t>((i / 40 + j / 40 + k / 40) % 8);
      }
    }
    return volume;
  }();
  return made;
}

LayerDisplay noiseDisplay(bool linear) {
  LayerDisplay display;
  display.window = {2000, 500};
  display.interpolate = linear;
  return display;
}

LayerDisplay outlineDisplay() {
  LayerDisplay display;
  display.labels = true;
  display.labelOutline = true;
  return display;
}

Rotation freeTurn() {
  return compose(rotationAbout({0, 0, 1}, 30), rotationAbout({1, 0.5, 0}, 20));
}

Vec3 scrubbed(const Geometry& geometry, std::int64_t call) {
  Vec3 at;
  for (double& x : at) x = static_cast<double>(kEdge / 4 + call % (kEdge / 2));
  return voxelToWorld(geometry, at);
}

void reportPictures(benchmark::State& state) {
  state.counters["pictures"] = benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

}  // namespace voxmark::bench
