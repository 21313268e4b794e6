#include "ui/render/ray_caster.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/trace/trace.h"
#include "ui/render/label_caster.h"
#include "ui/render/ray_geometry.h"
#include "ui/render/ray_tiles.h"
#include "ui/render/voxel_sampler.h"

namespace voxmark::render {
namespace {

constexpr float kOpaque = 0.995F;  ///< what lies behind so much changes no picture
constexpr float kAmbient = 0.25F;
constexpr float kDiffuse = 0.8F;
constexpr float kSpecular = 0.12F;  ///< of white, at a sharpness of 12
constexpr float kFlat = 0.6F;       ///< how much what is no surface seems to face the eye
constexpr float kFlatLight = kAmbient + kDiffuse * kFlat;
constexpr float kFaint = 0.003F;  ///< opacity whose shading nobody sees, so that it need not be computed
constexpr float kFarSide = 0.5F;  ///< light on what faces away
/// Change from voxel to voxel, of the range of most values, at which something is half a surface and half noise.
constexpr double kNoise = 0.012;

/// What tissue adds along one step, as a mean over all values between those at the step's two ends: a surface that
/// steps pass unseen between two samples still counts for what it is (K. Engel et al., High-quality pre-integrated
/// volume rendering, 2001, less the attenuation within the step).
class StepTable {
 public:
  StepTable(const TransferTable& table, double stepMm) : entries_(TransferTable::kEntries), sums_(entries_.size() + 1) {
    std::array<double, 4> total{};
    for (std::size_t n = 0; n < entries_.size(); ++n) {
      const auto& entry = table.entries[n];
      double alpha = std::clamp(static_cast<double>(entry[3]), 0.0, 1.0);
      if (!table.maximum && alpha > 0) alpha = 1 - std::pow(1 - alpha, stepMm);
      const std::array<double, 4> scaled{entry[0] * alpha, entry[1] * alpha, entry[2] * alpha, alpha};
      for (std::size_t c = 0; c < 4; ++c) {
        const int lane = static_cast<int>(c);
        entries_[n][lane] = static_cast<float>(scaled[c]);
        total[c] += scaled[c];
        sums_[n + 1][lane] = static_cast<float>(total[c]);
      }
    }
  }

  /// Colour times opacity, and opacity.
  [[nodiscard]] F4 at(float value) const { return entries_[indexOf(value * kScale)]; }
  [[nodiscard]] F4 between(float from, float to) const {
    const float a = from * kScale;
    const float b = to * kScale;
    const float width = b - a;
    // The difference of two sums would lose its digits where they are close.
    if (std::abs(width) < 2) return entries_[indexOf(0.5F * (a + b))];
    return (sumAt(b) - sumAt(a)) * splat(1 / width);
  }

 private:
  static constexpr float kScale = 1.0F / (1 << TransferTable::kShift);
  [[nodiscard]] static std::size_t indexOf(float place) { return static_cast<std::size_t>(static_cast<int>(place)); }
  [[nodiscard]] F4 sumAt(float place) const {
    const std::size_t n = indexOf(place);
    return sums_[n] + splat(place - static_cast<float>(static_cast<int>(place))) * entries_[n];
  }

  std::vector<F4> entries_;
  std::vector<F4> sums_;  ///< of the entries before
};

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
        table_(table, rays_.stepMm()),
        bricks_(volume.bricks),
        shaded_(table.shaded),
        maximum_(table.maximum),
        leapOver_(quality.leapOver) {
    if (!maximum_) visible_ = visibleBricks(bricks_, table);
    const double range =
        volume.percentiles.empty() ? volume.high - volume.low : volume.percentiles.back() - volume.percentiles.front();
    const auto& spacing = volume.voxels->geometry().spacing;
    const double noise = kNoise * 65535 * range / (volume.high - volume.low);
    const double perMm = 2 * noise / std::min({spacing[0], spacing[1], spacing[2]});
    noiseSquared_ = static_cast<float>(perMm * perMm);
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
    VoxelSampler::Cell cells[2];  // at the two ends of a step
    float values[2] = {0, 0};
    int known = -1;  // the sample that is in cells[known % 2]
    for (int n = 0; n < ray.samples;) {
      const F4 at = ray.at(n);
      int end = n + samplesInBrick(ray, at);
      if (leapOver_ && visible_[brickAt(at)] == 0) {
        n = end - 1;  // the last step leads out of the brick
      }
      for (end = std::min(end, ray.samples); n < end; ++n) {
        for (int sample = known == n ? n + 1 : n; sample <= n + 1; ++sample) {
          cells[sample % 2] = sampler_.cellAt(ray.at(sample));
          values[sample % 2] = VoxelSampler::value(cells[sample % 2]);
        }
        known = n + 1;
        F4 tissue = table_.between(values[n % 2], values[(n + 1) % 2]);
        if (!(tissue[3] > 0)) continue;
        if (shaded_ && tissue[3] * (1 - out[3]) < kFaint) {
          tissue *= F4{kFlatLight, kFlatLight, kFlatLight, 1};
        } else if (shaded_) {
          const bool leaving = table_.at(values[n % 2])[3] > table_.at(values[(n + 1) % 2])[3];
          tissue = lit(tissue, cells[(leaving ? n : n + 1) % 2], ray);
        }
        out += splat(1 - out[3]) * tissue;
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
    return table_.at(std::max(best, 0.0F));
  }

  /// Lit from the eye: surfaces are the brighter the more they face it.
  [[nodiscard]] F4 lit(F4 tissue, const VoxelSampler::Cell& cell, const Ray& ray) const {
    const F4 gradient = rays_.toWorld(sampler_.gradient(cell));
    const float squared = sum(gradient * gradient);
    const float surface = squared / (squared + noiseSquared_);
    // Values grow into the tissue: a surface that faces the eye has its gradient along the ray. Its far side is lit as
    // well, or samples before and behind the middle of a thin sheet would draw the pattern of their places.
    const float signedAlong = sum(gradient * ray.direction);
    const float along = signedAlong > 0 ? signedAlong : -kFarSide * signedAlong;
    const float facing = kFlat + surface * (along / std::sqrt(squared + 1e-20F) - kFlat);
    const float square = facing * facing;
    const float fourth = square * square;
    const float light = kAmbient + kDiffuse * facing;
    const float shine = kSpecular * surface * fourth * fourth * fourth;
    const F4 lighted = tissue * splat(light) + splat(shine * tissue[3]);
    const F4 kept = least(lighted, splat(tissue[3]));
    return F4{kept[0], kept[1], kept[2], tissue[3]};
  }

  RayGeometry rays_;
  VoxelSampler sampler_;
  StepTable table_;
  const BrickGrid& bricks_;
  std::vector<std::uint8_t> visible_;
  float noiseSquared_ = 0;  ///< of the gradient, as the sampler counts, per mm
  bool shaded_;
  bool maximum_;
  bool leapOver_;
};

}  // namespace

RayImage castRays(const DisplayVolume& volume, const TransferTable& table, const RayCamera& camera,
                  const RayQuality& quality, JobContext& job) {
  const trace::Scope scope("cast rays", 4 * static_cast<std::size_t>(std::max(1, quality.width)) *
                                            static_cast<std::size_t>(std::max(1, quality.height)));
  job.throwIfCancelled();
  if (!table.labels.empty()) return castLabels(volume, table, camera, quality, job);
  return castTiles(Caster(volume, table, camera, quality), quality, job);
}

}  // namespace voxmark::render
