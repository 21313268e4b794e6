#pragma once

#include <optional>
#include <string>

namespace voxmark {

/// The large view ("axial", "sagittal", "coronal", "3d") of a layout with three small ones beside it; nothing of any
/// other layout.
[[nodiscard]] std::optional<std::string> largeView(const std::string& layout);

/// The layout in which `view` is the large one: "1+3" for axial, else "1+3:" and its name.
[[nodiscard]] std::string layoutWithLarge(const std::string& view);

}  // namespace voxmark
