#include "app/render_scenario.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/ops/statistics.h"
#include "ui/render/slice_image.h"
#include "ui/render/slice_layout.h"

namespace voxmark::app {
namespace {

constexpr std::int64_t kPixels = 800;

render::Plane planeOf(const std::string& name) {
  if (name == "sagittal") return render::Plane::Sagittal;
  return name == "coronal" ? render::Plane::Coronal : render::Plane::Axial;
}

class RenderScenario final : public profiling::Scenario {
 public:
  RenderScenario(const profiling::ScenarioSpec& spec, profiling::ScenarioInfo info,
                 std::shared_ptr<profiling::InputStore> store)
      : Scenario(std::move(info)), spec_(spec), store_(std::move(store)), picture_(4 * kPixels * kPixels) {}

  void prepare(JobContext& job) override {
    volume_ = store_->volume(spec_, job);
    const Geometry& geometry = volume_->geometry();
    const auto layout = render::layoutOf(geometry, planeOf(spec_.value("plane")), true);
    const std::array<double, 2> extent = layout.extent();
    const double mm = std::max(extent[0], extent[1]) / static_cast<double>(kPixels);
    const auto plane = render::pixelPlane(layout, {0, 0}, layout.offsetOf(layout.count / 2), mm, kPixels, kPixels, {});
    grid_ = render::gridIn(plane, geometry);
    const auto [low, high] = robustRange(*volume_, 0);
    display_.window = {std::max(high - low, 1e-6), (low + high) / 2};
    if (volume_->info().components == 1) compareWithVoxels();
    display_.interpolate = true;
    run(job);
    expected_ = picture_;
  }
  void run(JobContext&) override { render::paintSlice(*volume_, 0, grid_, display_, picture_.data()); }
  void check() override {
    if (picture_ != expected_) throw Error(ErrorCode::Verification, "two pictures of the same slice differ");
    std::fill(picture_.begin(), picture_.end(), std::uint8_t{0});
  }
  void release() override {
    volume_.reset();
    expected_ = {};
  }

 private:
  /// Grey of the nearest voxel, by the window alone; where two are nearest, and outside, nothing is asked.
  void compareWithVoxels() {
    display_.interpolate = false;
    render::paintSlice(*volume_, 0, grid_, display_, picture_.data());
    for (std::int64_t row = 0; row < kPixels; row += 7) {
      for (std::int64_t column = 0; column < kPixels; column += 7) {
        Index3 voxel{};
        bool plain = true;
        for (std::size_t axis = 0; axis < 3; ++axis) {
          const double at = grid_.start[axis] + static_cast<double>(column) * grid_.stepU[axis] +
                            static_cast<double>(row) * grid_.stepV[axis];
          voxel[axis] = std::llround(at);
          plain = plain && std::abs(at - std::floor(at) - 0.5) > 1e-3 && voxel[axis] >= 0 &&
                  voxel[axis] < volume_->geometry().size[axis];
        }
        const double value = plain ? volume_->valueAt(0, voxel) : 0;
        if (!plain || !std::isfinite(value)) continue;
        const double share = (value - display_.window.level) / display_.window.width + 0.5;
        const double grey = std::clamp(share, 0.0, 1.0) * 255;
        const double found = picture_[static_cast<std::size_t>(4 * (row * kPixels + column))];
        if (std::abs(found - grey) > 1.5) {
          throw Error(ErrorCode::Verification, fmt::format("a pixel at {},{} is wrong (expected {:.0f}, found {:.0f})",
                                                           column, row, grey, found));
        }
      }
    }
  }

  profiling::ScenarioSpec spec_;
  std::shared_ptr<profiling::InputStore> store_;
  VolumePtr volume_;
  render::SliceGrid grid_;
  LayerDisplay display_;
  std::vector<std::uint8_t> picture_;
  std::vector<std::uint8_t> expected_;
};

}  // namespace

std::unique_ptr<profiling::Scenario> makeRenderScenario(const profiling::ScenarioSpec& spec,
                                                        profiling::ScenarioInfo info,
                                                        const std::shared_ptr<profiling::InputStore>& store) {
  return std::make_unique<RenderScenario>(spec, std::move(info), store);
}

}  // namespace voxmark::app
