#pragma once

#include <string>

namespace voxmark::render {

enum class Plane { Axial, Sagittal, Coronal };

/// "axial", "sagittal", "coronal": the keys of ViewsState::slices.
[[nodiscard]] std::string planeKey(Plane plane);

}  // namespace voxmark::render
