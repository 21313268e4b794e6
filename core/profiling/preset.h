#pragma once

#include <string>
#include <string_view>

namespace voxmark::profiling {

/// How often a scenario runs. A block is the unit of the statistics: the median of its repetitions.
struct Preset {
  std::string name;
  int warmUps = 1;  ///< repetitions that are not recorded
  int blocks = 5;
  int repetitions = 1;  ///< a block
};

/// Most times that the blocks of a preset are run where they do not tell yet.
inline constexpr int kMostFactor = 4;

/// "quick" 1 + 5 blocks of 1, "default" 3 + 20 of 1, "full" 3 + 50 of 5. Throws Error(Usage) for any other name.
[[nodiscard]] Preset presetNamed(std::string_view name);
/// 0 quick, 1 default, 2 full. Throws Error(Usage).
[[nodiscard]] int presetRank(std::string_view name);

}  // namespace voxmark::profiling
