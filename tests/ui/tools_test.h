#pragma once

#include <cmath>

#include "tests/ui/window_test.h"
#include "ui/widgets/mouse_bindings.h"

namespace voxmark::testing {

using render::Plane;

/// A window with the sample, and what a person does with the tools in it.
class ToolsTest : public WindowTest {
 protected:
  void SetUp() override { open(sample()); }
  [[nodiscard]] QPoint middle(Plane plane) const { return view(plane)->rect().center(); }
  [[nodiscard]] Vec3 worldAt(Plane plane, const QPoint& at) const {
    const QPointF pixel = view(plane)->toRenderer(at);
    return view(plane)->slices().worldAt(pixel.x(), pixel.y()).value();
  }
  /// The widget position of a place.
  [[nodiscard]] QPoint pointOf(Plane plane, const Vec3& world) const {
    const auto pixel = view(plane)->slices().pixelOf(world).value();
    const double ratio = view(plane)->devicePixelRatio();
    return QPointF(pixel[0] / ratio, view(plane)->height() - 1 - pixel[1] / ratio).toPoint();
  }
  [[nodiscard]] const std::vector<Mark>& marks() const { return document().marks; }
  /// Picks a tool by its key.
  void take(const char* key, const char* name) {
    driver_.key(key);
    ASSERT_EQ(document().views.tool, name);
  }
  void drag(Plane plane, const QPoint& from, const QPoint& to) { driver_.drag(view(plane), from, to); }
  static void expectNear(const Vec3& a, const Vec3& b, double tolerance) {
    for (std::size_t n = 0; n < 3; ++n) EXPECT_NEAR(a[n], b[n], tolerance);
  }
  static double distance(const Vec3& a, const Vec3& b) { return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]); }
};

}  // namespace voxmark::testing
