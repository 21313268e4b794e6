#include "core/document/plane_angles.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace voxmark {
std::array<Vec3, 3> alignedAxes(const Document& document) {
  std::array<Vec3, 3> out{Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}};
  const auto bottom = std::find_if(document.layers.begin(), document.layers.end(),
                                   [](const Layer& layer) { return layer.volume && layer.display.visible; });
  if (document.views.alignment == Alignment::Patient || bottom == document.layers.end()) return out;
  const Geometry& geometry = bottom->volume->geometry();
  const AxisMap map = axisMapOf(geometry);
  for (std::size_t a = 0; a < 3; ++a) {
    Vec3 direction = axisDirection(geometry, static_cast<int>(a));
    if (map.reversed[a]) direction = {-direction[0], -direction[1], -direction[2]};
    out[static_cast<std::size_t>(map.patientAxis[a])] = direction;
  }
  return out;
}

std::array<double, 3> anglesOf(const Rotation& rotation, const std::array<Vec3, 3>& axes) {
  // m[row][column]: where the turned axis `column` points, along the fixed axis `row`; m = Z(c)·Y(b)·X(a).
  double m[3][3];
  for (std::size_t column = 0; column < 3; ++column) {
    const Vec3 turned = rotate(rotation, axes[column]);
    for (std::size_t row = 0; row < 3; ++row) m[row][column] = dot(axes[row], turned);
  }
  constexpr double kDegrees = 180 / std::numbers::pi;
  const double second = std::asin(std::clamp(-m[2][0], -1.0, 1.0));
  if (std::hypot(m[0][0], m[1][0]) <
      1e-9) {  // the first and the third turn about the same line: all of it is the third
    return {0, second * kDegrees, std::atan2(-m[0][1], m[1][1]) * kDegrees};
  }
  return {std::atan2(m[2][1], m[2][2]) * kDegrees, second * kDegrees, std::atan2(m[1][0], m[0][0]) * kDegrees};
}

Rotation rotationOf(const std::array<double, 3>& degrees, const std::array<Vec3, 3>& axes) {
  if (degrees == std::array<double, 3>{}) return {};  // exactly
  Rotation out;
  for (std::size_t n = 0; n < 3; ++n) out = compose(rotationAbout(axes[n], degrees[n]), out);
  return out;
}

}  // namespace voxmark
