#pragma once

#include <algorithm>
#include <cstdint>

#include "core/base/parallel_for.h"
#include "ui/render/ray_caster.h"
#include "ui/render/voxel_sampler.h"

namespace voxmark::render {

/// Asks `caster.pixel(x, y)` for every pixel, in squares that threads take in turn. Throws Cancelled.
template <typename Caster>
RayImage castTiles(const Caster& caster, const RayQuality& quality, JobContext& job) {
  constexpr int kTile = 16;  // pixels along the side of a square
  RayImage image{std::max(1, quality.width), std::max(1, quality.height), {}};
  image.rgba.assign(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 4, 0);
  const int columns = (image.width + kTile - 1) / kTile;
  const int rows = (image.height + kTile - 1) / kTile;
  const auto tile = [&](int left, int bottom) {
    for (int y = bottom; y < std::min(bottom + kTile, image.height); ++y) {
      std::uint8_t* out = image.rgba.data() + (static_cast<std::ptrdiff_t>(y) * image.width + left) * 4;
      for (int x = left; x < std::min(left + kTile, image.width); ++x, out += 4) {
        const F4 pixel = caster.pixel(x, y);
        for (int c = 0; c < 4; ++c) {
          out[c] = static_cast<std::uint8_t>(std::clamp(pixel[c], 0.0F, 1.0F) * 255.0F + 0.5F);
        }
      }
    }
  };
  parallelFor(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), 1, quality.threads,
              [&](std::size_t n, std::size_t, std::size_t) {
                job.throwIfCancelled();
                tile(static_cast<int>(n) % columns * kTile, static_cast<int>(n) / columns * kTile);
              });
  return image;
}

}  // namespace voxmark::render
