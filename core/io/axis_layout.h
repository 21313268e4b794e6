#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/io/layout_source.h"

namespace voxmark {

/// What a format knows about one axis of the file before roles are given.
struct DeclaredAxis {
  enum class Meaning { Unknown, Space, Component, Frame };
  std::int64_t size = 1;
  Meaning meaning = Meaning::Unknown;
};

/// Gives every axis its role: the first three axes of space are i, j, k; a component axis may lie anywhere; what is
/// left are frames. Fills size, components, frames and frameAxes of layout.info, and layout.axes. Returns for every
/// axis its place in space (0 to 2) or -1. Throws Error: Format (sizes below 1 or absurd), Unsupported (two component
/// axes, frame axes apart).
std::vector<int> assignAxes(RawLayout& layout, const std::vector<DeclaredAxis>& axes);

/// Sets the geometry from the directions of its axes (LPS, mm a voxel; columns). Missing columns (all zero, for images
/// with fewer axes) are completed at right angles. Falls back to unit spacing, and warns, where that cannot be used.
void setDirections(VolumeInfo& info, Mat3 columns, const Vec3& origin);
/// Adds a warning where the axes of the geometry are not perpendicular.
void warnOfShear(VolumeInfo& info);

}  // namespace voxmark
