#include "ui/render/ray_caster.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/base/parallel_for.h"
#include "core/trace/trace.h"
#include "ui/render/ray_geometry.h"
#include "ui/render/voxel_sampler.h"

namespace voxmark::render {
namespace {

constexpr int kTile = 16;          ///< pixels along the side of the squares that threads take in turn
constexpr float kOpaque = 0.995F;  ///< what lies behind so much changes no picture
constexpr float kAmbient = 0.3F;
constexpr float kDiffuse = 0.95F;
constexpr float kSpecular = 0.15F;  ///< of white, at a sharpness of 12

/// Colours and opacities of one step instead of one millimetre.
std::vector<F4> forStep(const TransferTable& table, double mm) {
  std::vector<F4> out(TransferTable::kEntries);
  for (std::size_t n = 0; n < out.size(); ++n) {
    const auto& entry = table.entries[n];
    double alpha = std::clamp(static_cast<double>(entry[3]), 0.0, 1.0);
    if (!table.maximum && alpha > 0) alpha = 1 - std::pow(1 - alpha, mm);
    out[n] = F4{entry[0], entry[1], entry[2], static_cast<float>(alpha)};
  }
  return out;
}

/// For each brick, whether any value in its range is not wholly transparent.
std::vector<std::uint8_t> visibleBricks(const BrickGrid& bricks, const TransferTable& table) {
  std::vector<std::uint32_t> seen(TransferTable::kEntries + 1, 0);  // entries before this one that can be seen
  for (std::size_t n = 0; n < TransferTable::kEntries; ++n) seen[n + 1] = seen[n] + (table.entries[n][3] > 0 ? 1 : 0);
  std::vector<std::uint8_t> out(bricks.ranges.size());
  for (std::size_t n = 0; n < out.size(); ++n) {
    const BrickGrid::Range& range = bricks.ranges[n];
    out[n] = seen[(range.high >> TransferTable::kShift) + 1U] > seen[range.low >> TransferTable::kShift] ? 1 : 0;
  }
  return out;
}

class Caster {
 public:
  Caster(const DisplayVolume& volume, const TransferTable& table, const RayCamera& camera, const RayQuality& quality)
      : rays_(volume.voxels->geometry(), camera, quality.width, quality.height, quality.step,
              /*jitter=*/!table.maximum),
        sampler_(reinterpret_cast<const std::uint16_t*>(volume.voxels->frameData(0)), volume.voxels->geometry().size),
        entries_(forStep(table, rays_.stepMm())),
        bricks_(volume.bricks),
        shaded_(table.shaded),
        maximum_(table.maximum),
        leapOver_(quality.leapOver) {
    if (!maximum_) visible_ = visibleBricks(bricks_, table);
  }

  [[nodiscard]] F4 pixel(int x, int y) const {
    const Ray ray = rays_.through(x, y);
    if (ray.samples <= 0) return F4{};
    return maximum_ ? maximum(ray) : composite(ray);
  }

 private:
  [[nodiscard]] std::size_t brickAt(F4 at) const {
    const I4 brick = sampler_.cellIndex(at) >> BrickGrid::kShift;
    return static_cast<std::size_t>((brick[2] * bricks_.size[1] + brick[1]) * bricks_.size[0] + brick[0]);
  }

  /// Samples from `at` on, itself included, that lie in its brick for certain.
  [[nodiscard]] int samplesInBrick(const Ray& ray, F4 at) const {
    const I4 brick = sampler_.cellIndex(at) >> BrickGrid::kShift;
    const I4 exit = (brick + (ray.step > 0 ? I4{1, 1, 1, 1} : I4{0, 0, 0, 0})) << BrickGrid::kShift;
    const F4 steps = (__builtin_convertvector(exit, F4) - at) * ray.perStep;
    const float few = std::min({steps[0], steps[1], steps[2], 65536.0F});
    return std::max(1, static_cast<int>(few));
  }

  [[nodiscard]] F4 composite(const Ray& ray) const {
    F4 out{};
    for (int n = 0; n < ray.samples;) {
      const F4 at = ray.at(n);
      const int end = std::min(ray.samples, n + samplesInBrick(ray, at));
      if (leapOver_ && visible_[brickAt(at)] == 0) {
        n = end;
        continue;
      }
      for (; n < end; ++n) {
        const VoxelSampler::Cell cell = sampler_.cellAt(ray.at(n));
        const F4 entry = entryOf(VoxelSampler::value(cell));
        if (!(entry[3] > 0)) continue;
        const F4 colour = shaded_ ? lit(entry, cell, ray) : entry;
        const float weight = (1 - out[3]) * entry[3];
        out += splat(weight) * F4{colour[0], colour[1], colour[2], 1};
        if (out[3] > kOpaque) return out;
      }
    }
    return out;
  }

  [[nodiscard]] F4 maximum(const Ray& ray) const {
    float best = -1;
    for (int n = 0; n < ray.samples;) {
      const F4 at = ray.at(n);
      const int end = std::min(ray.samples, n + samplesInBrick(ray, at));
      if (leapOver_ && static_cast<float>(bricks_.ranges[brickAt(at)].high) <= best) {
        n = end;
        continue;
      }
      for (; n < end; ++n) best = std::max(best, VoxelSampler::value(sampler_.cellAt(ray.at(n))));
    }
    const F4 entry = entryOf(std::max(best, 0.0F));
    return entry * F4{entry[3], entry[3], entry[3], 1};
  }

  [[nodiscard]] F4 entryOf(float value) const {
    return entries_[static_cast<std::size_t>(static_cast<int>(value) >> TransferTable::kShift)];
  }

  /// Lit from the eye: surfaces are the brighter the more they face it.
  [[nodiscard]] F4 lit(F4 colour, const VoxelSampler::Cell& cell, const Ray& ray) const {
    const F4 gradient = rays_.toWorld(sampler_.gradient(cell));
    const float squared = sum(gradient * gradient);
    if (!(squared > 0)) return colour;
    // Values grow into the tissue: a surface that faces the eye has its gradient along the ray.
    const float facing = std::max(0.0F, sum(gradient * ray.direction) / std::sqrt(squared));
    const float square = facing * facing;
    const float fourth = square * square;
    const float light = kAmbient + kDiffuse * facing;
    const float shine = kSpecular * fourth * fourth * fourth;
    return least(colour * splat(light) + splat(shine), splat(1));
  }

  RayGeometry rays_;
  VoxelSampler sampler_;
  std::vector<F4> entries_;
  const BrickGrid& bricks_;
  std::vector<std::uint8_t> visible_;
  bool shaded_;
  bool maximum_;
  bool leapOver_;
};

void castTile(const Caster& caster, int left, int bottom, RayImage& image) {
  for (int y = bottom; y < std::min(bottom + kTile, image.height); ++y) {
    std::uint8_t* out = image.rgba.data() + (static_cast<std::ptrdiff_t>(y) * image.width + left) * 4;
    for (int x = left; x < std::min(left + kTile, image.width); ++x, out += 4) {
      const F4 pixel = caster.pixel(x, y);
      for (int c = 0; c < 4; ++c) {
        out[c] = static_cast<std::uint8_t>(std::clamp(pixel[c], 0.0F, 1.0F) * 255.0F + 0.5F);
      }
    }
  }
}

}  // namespace

RayImage castRays(const DisplayVolume& volume, const TransferTable& table, const RayCamera& camera,
                  const RayQuality& quality, JobContext& job) {
  RayImage image{std::max(1, quality.width), std::max(1, quality.height), {}};
  image.rgba.assign(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 4, 0);
  const trace::Scope scope("cast rays", image.rgba.size());
  job.throwIfCancelled();
  const Caster caster(volume, table, camera, quality);
  const int columns = (image.width + kTile - 1) / kTile;
  const int rows = (image.height + kTile - 1) / kTile;
  parallelFor(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), 1, quality.threads,
              [&](std::size_t tile, std::size_t, std::size_t) {
                job.throwIfCancelled();
                const int n = static_cast<int>(tile);
                castTile(caster, n % columns * kTile, n / columns * kTile, image);
              });
  return image;
}

}  // namespace voxmark::render
