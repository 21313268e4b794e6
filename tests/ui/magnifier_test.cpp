#include <algorithm>
#include <cmath>

#include "tests/ui/tools_test.h"

namespace voxmark::testing {
namespace {

class Magnifier : public ToolsTest {};

/// Between the voxels of one frame, in double.
double interpolated(const Volume& volume, const Vec3& at) {
  double out = 0;
  for (int corner = 0; corner < 8; ++corner) {
    Index3 voxel{};
    double weight = 1;
    for (std::size_t a = 0; a < 3; ++a) {
      const double below = std::floor(at[a]);
      const bool upper = ((corner >> a) & 1) != 0;
      voxel[a] = static_cast<std::int64_t>(below) + (upper ? 1 : 0);
      weight *= upper ? at[a] - below : 1 - (at[a] - below);
    }
    if (weight > 0) out += weight * volume.valueAt(0, voxel);
  }
  return out;
}

TEST_F(Magnifier, TheMagnifierShowsWhatIsUnderItAndLeavesNothingBehind) {
  take("m", "magnifier");
  ui::SliceView* axial = view(Plane::Axial);
  const Document before = document();
  driver_.moveTo(axial, middle(Plane::Axial));
  letRun(50);
  const QImage picture = axial->grabFramebuffer();
  driver_.button(axial, middle(Plane::Axial), true);
  auto* lens = axial->findChild<QWidget*>("lens");
  ASSERT_NE(lens, nullptr);
  EXPECT_TRUE(lens->isVisible());
  const QImage seen = lens->grab().toImage();
  // What the voxels are a third as far from the pointer, not what the view's pixels are: between voxels as well.
  const auto under =
      axial->slices().worldAt(axial->toRenderer(middle(Plane::Axial)).x(), axial->toRenderer(middle(Plane::Axial)).y());
  ASSERT_TRUE(under);
  const auto axes = axial->slices().axes();
  const double mm = axial->slices().mmPerPixel() / 3;
  const DisplayWindow& window = active().display.window;
  const Volume& volume = *active().volume;
  double worst = 0;
  for (int dx = -60; dx <= 60; dx += 12) {
    // The lens' middle lies between four of its pixels.
    const QColor there = seen.pixelColor(seen.width() / 2 + dx, seen.height() / 2 - 31);
    Vec3 world = *under;
    for (std::size_t a = 0; a < 3; ++a) world[a] += mm * ((dx + 0.5) * axes[0][a] + 30.5 * axes[1][a]);
    const double value = interpolated(volume, worldToVoxel(volume.geometry(), world));
    const double grey = std::clamp((value - window.level) / window.width + 0.5, 0.0, 1.0) * 255;
    worst = std::max(worst, std::abs(grey - there.value()));
  }
  EXPECT_LT(worst, 12) << "the lens does not show the voxels";
  const auto slice = axial->slices().slice();
  driver_.wheel(axial, middle(Plane::Axial), 2);
  EXPECT_EQ(axial->slices().slice(), slice);
  EXPECT_NE(lens->grab().toImage(), seen);
  driver_.button(axial, middle(Plane::Axial), false);
  EXPECT_EQ(axial->findChild<QWidget*>("lens"), nullptr);
  EXPECT_TRUE(document().sameContent(before));
  letRun(50);
  EXPECT_EQ(axial->grabFramebuffer(), picture);
}

}  // namespace
}  // namespace voxmark::testing
