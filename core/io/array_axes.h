#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/io/layout_source.h"

namespace voxmark {

/// Our arrays lie as volumes do in memory: in C order, the last axis running fastest, with the axes frame, k, j, i and
/// component, where those of frames and components are left out if there is only one.
[[nodiscard]] std::vector<std::int64_t> arrayShape(const VolumeInfo& info);
/// The names of these axes, slowest first: "frame k j i component".
[[nodiscard]] std::string arrayAxes(const VolumeInfo& info);

/// The axes of an array that nothing is known of: "i", "j i", "k j i", "frame k j i", and for five the batches of
/// neural networks, "frame component k j i". Empty for any other number of axes.
[[nodiscard]] std::string usualAxes(std::size_t count);

/// Gives every axis of `shape` the role of its name in `names`: sizes, components and frames of layout.info, and
/// layout.axes. The first axis of the shape runs fastest in the file where `firstFastest` (Fortran order), else the
/// last. Throws Error: Format (another number of names, unknown or repeated ones, sizes below 1), Unsupported (more
/// than 65536 components).
void placeArrayAxes(RawLayout& layout, const std::vector<std::int64_t>& shape, const std::string& names,
                    bool firstFastest);

}  // namespace voxmark
