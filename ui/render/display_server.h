#pragma once

namespace voxmark::render {

/// Throws Error(Display) unless the X server that DISPLAY names can be reached.
void requireDisplay();

}  // namespace voxmark::render
