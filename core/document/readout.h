#pragma once

#include <cstdint>
#include <string>

#include "core/document/document.h"

namespace voxmark {

/// The number that a voxel of a label map stands for: its value, rounded as it is drawn.
[[nodiscard]] std::int64_t labelValueAt(const Layer& layer, std::int64_t frame, const Index3& voxel);
/// What a layer that is shown as labels calls the voxel; empty where it is not, where its table has no name for it, or
/// where the voxel lies outside or has not been read yet. `frame` is clamped.
[[nodiscard]] std::string labelNameAt(const Layer& layer, std::int64_t frame, const Index3& voxel);

}  // namespace voxmark
