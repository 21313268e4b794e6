#include "core/profiling/preset.h"

#include <array>

#include <fmt/format.h>

#include "core/base/error.h"

namespace voxmark::profiling {
namespace {

const std::array<Preset, 3>& presets() {
  static const std::array<Preset, 3> all{{{"quick", 1, 5, 1}, {"default", 3, 20, 1}, {"full", 3, 50, 5}}};
  return all;
}

}  // namespace

int presetRank(std::string_view name) {
  for (std::size_t rank = 0; rank < presets().size(); ++rank) {
    if (presets()[rank].name == name) return static_cast<int>(rank);
  }
  throw Error(ErrorCode::Usage,
              fmt::format("there is no preset of that name (expected quick, default or full, found {})", name));
}

Preset presetNamed(std::string_view name) {
  return presets()[static_cast<std::size_t>(presetRank(name))];
}

}  // namespace voxmark::profiling
