#include "ui/render/label_caster.h"

#include <array>
#include <cmath>

#include "ui/render/ray_geometry.h"
#include "ui/render/ray_tiles.h"

namespace voxmark::render {
namespace {

constexpr float kOpaque = 0.995F;
constexpr float kAmbient = 0.3F;
constexpr float kDiffuse = 0.75F;
constexpr float kSpecular = 0.1F;  ///< of white, at a sharpness of 12
constexpr int kRefinements = 4;    ///< halvings of a step towards the surface within it
/// Voxels about a surface from whose labels its slope is taken, and the width of their weights: labels have no values
/// between them, and a narrower look would light every voxel's own faces.
constexpr int kReach = 2;
constexpr float kWidth = 1.1F;

class LabelCaster {
 public:
  LabelCaster(const DisplayVolume& volume, const TransferTable& table, const RayCamera& camera,
              const RayQuality& quality)
      : rays_(volume.voxels->geometry(), camera, quality.width, quality.height, quality.step, /*jitter=*/false),
        voxels_(reinterpret_cast<const std::uint16_t*>(volume.voxels->frameData(0))),
        size_(volume.voxels->geometry().size),
        colours_(table.labels),
        bricks_(volume.bricks),
        leapOver_(quality.leapOver) {
    std::vector<std::uint32_t> seen(colours_.size() + 1, 0);  // labels before this one that can be seen
    for (std::size_t n = 0; n < colours_.size(); ++n) seen[n + 1] = seen[n] + (colours_[n][3] > 0 ? 1 : 0);
    for (const BrickGrid::Range& range : bricks_.ranges) visible_.push_back(seen[range.high + 1U] > seen[range.low]);
  }

  [[nodiscard]] F4 pixel(int x, int y) const {
    const Ray ray = rays_.through(x, y);
    F4 out{};
    std::uint16_t before = 0;
    for (int n = 0; n < ray.samples; ++n) {
      const F4 at = ray.at(n);
      if (leapOver_ && !visible_[brickAt(at)]) {
        before = 0;  // nothing that is seen
        continue;
      }
      const std::uint16_t label = labelAt(at);
      if (label == before) continue;
      before = label;
      const auto& colour = colours_[label];
      if (!(colour[3] > 0)) continue;
      const F4 surface = n == 0 ? at : refined(ray.at(n - 1), at, label);
      const float alpha = colour[3] * (1 - out[3]);
      out += splat(alpha) * lit(colour, surface, label, ray);
      if (out[3] > kOpaque) break;
    }
    return out;
  }

 private:
  [[nodiscard]] std::int32_t kept(float at, std::size_t axis) const {
    const auto last = static_cast<std::int32_t>(size_[axis] - 1);
    return std::clamp(static_cast<std::int32_t>(std::floor(at + 0.5F)), 0, last);
  }
  [[nodiscard]] std::uint16_t labelAt(F4 at) const {
    return voxels_[(std::int64_t{kept(at[2], 2)} * size_[1] + kept(at[1], 1)) * size_[0] + kept(at[0], 0)];
  }
  /// The nearest voxel may be that after the cell, whose brick begins one cell later: both bricks hold it.
  [[nodiscard]] std::size_t brickAt(F4 at) const {
    std::array<std::int64_t, 3> brick{};
    for (std::size_t a = 0; a < 3; ++a) {
      const auto cell = static_cast<std::int64_t>(std::clamp(at[static_cast<int>(a)], 0.0F, 1e9F));
      brick[a] =
          std::min(std::min(cell, std::max<std::int64_t>(size_[a] - 2, 0)) >> BrickGrid::kShift, bricks_.size[a] - 1);
    }
    return static_cast<std::size_t>((brick[2] * bricks_.size[1] + brick[1]) * bricks_.size[0] + brick[0]);
  }

  /// The place between two samples from which on there is `label`.
  [[nodiscard]] F4 refined(F4 outside, F4 inside, std::uint16_t label) const {
    for (int n = 0; n < kRefinements; ++n) {
      const F4 middle = splat(0.5F) * (outside + inside);
      (labelAt(middle) == label ? inside : outside) = middle;
    }
    return inside;
  }

  /// Towards more voxels of `label`, in voxels.
  [[nodiscard]] F4 slope(F4 at, std::uint16_t label) const {
    F4 out{};
    for (int z = -kReach; z <= kReach; ++z) {
      for (int y = -kReach; y <= kReach; ++y) {
        for (int x = -kReach; x <= kReach; ++x) {
          const F4 place{static_cast<float>(kept(at[0], 0) + x), static_cast<float>(kept(at[1], 1) + y),
                         static_cast<float>(kept(at[2], 2) + z), 0};
          bool in = true;
          for (int a = 0; a < 3; ++a) {
            in = in && place[a] >= 0 && place[a] < static_cast<float>(size_[static_cast<std::size_t>(a)]);
          }
          if (!in || labelAt(place) != label) continue;
          F4 away = place - at;
          away[3] = 0;
          out += splat(std::exp(-sum(away * away) / (2 * kWidth * kWidth))) * away;
        }
      }
    }
    return out;
  }

  /// Lit from the eye, as castRays lights tissue.
  [[nodiscard]] F4 lit(const std::array<float, 4>& colour, F4 at, std::uint16_t label, const Ray& ray) const {
    const F4 gradient = rays_.toWorld(slope(at, label));
    const float facing = std::abs(sum(gradient * ray.direction)) / std::sqrt(sum(gradient * gradient) + 1e-12F);
    const float light = kAmbient + kDiffuse * facing;
    const float fourth = facing * facing * facing * facing;
    const float shine = kSpecular * fourth * fourth * fourth;
    return F4{std::min(1.0F, colour[0] * light + shine), std::min(1.0F, colour[1] * light + shine),
              std::min(1.0F, colour[2] * light + shine), 1};
  }

  RayGeometry rays_;
  const std::uint16_t* voxels_;
  Index3 size_;
  const std::vector<std::array<float, 4>>& colours_;
  const BrickGrid& bricks_;
  std::vector<bool> visible_;
  bool leapOver_;
};

}  // namespace

RayImage castLabels(const DisplayVolume& volume, const TransferTable& table, const RayCamera& camera,
                    const RayQuality& quality, JobContext& job) {
  return castTiles(LabelCaster(volume, table, camera, quality), quality, job);
}

}  // namespace voxmark::render
