#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace voxmark::render {

/// One colour as its four bytes lie in memory: red, green, blue, alpha.
using Rgba = std::array<std::uint8_t, 4>;
/// Opaque colours from the window's low end to its high end.
using ColorMap = std::array<Rgba, 256>;

/// gray, viridis, inferno, magma, plasma, cividis, turbo, batlow, hot, bone, jet.
[[nodiscard]] const std::vector<std::string>& colorMapNames();
/// Null for a name that is not among the above.
[[nodiscard]] const ColorMap* findColorMap(std::string_view name);
/// As findColorMap, gray for unknown names: a session of a later version still opens.
[[nodiscard]] const ColorMap& colorMapOrGray(std::string_view name);

}  // namespace voxmark::render
