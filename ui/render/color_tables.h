#pragma once

#include <string_view>

namespace voxmark::render::tables {

/// 256 colours as "rrggbb" one after another; empty for a name that is no table.
[[nodiscard]] std::string_view find(std::string_view name);

}  // namespace voxmark::render::tables
