#pragma once

#include <array>

#include "core/document/document.h"

namespace voxmark {

/// The directions (unit vectors, LPS) towards left, posterior and superior that the unturned planes are cut along: the
/// patient's axes, or those of the bottom layer's voxel axes that follow them.
[[nodiscard]] std::array<Vec3, 3> alignedAxes(const Document& document);

/// A rotation as three turns: first about axes[0], then about axes[1], then about axes[2], each right-handed, degrees.
/// The second lies within ±90, the others within ±180. `axes` are the fixed ones, of alignedAxes.
[[nodiscard]] std::array<double, 3> anglesOf(const Rotation& rotation, const std::array<Vec3, 3>& axes);
/// The inverse.
[[nodiscard]] Rotation rotationOf(const std::array<double, 3>& degrees, const std::array<Vec3, 3>& axes);

}  // namespace voxmark
