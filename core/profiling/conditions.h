#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace voxmark::profiling {

/// What else may have happened to the processor's speed: read before and after a run. What the system does not tell
/// is empty.
struct Conditions {
  double load = 0;                         ///< processes that wanted a processor, averaged over a minute
  std::string governor;                    ///< of the frequency: "performance", "powersave", …
  std::optional<std::uint64_t> throttled;  ///< times that the processors slowed down for heat, all added up
  std::optional<std::uint64_t> stolenMs;   ///< that other virtual machines had our processors
  std::optional<double> mhz;               ///< of the first processor
};

[[nodiscard]] Conditions readConditions();

/// The name of the file system that holds a path: "ext4", "overlay", "tmpfs"; empty where it is not known.
[[nodiscard]] std::string fileSystemOf(const std::string& path);

/// 16 hexadecimal digits that stand for a file's content (FNV-1a over 8-byte words, 64 bits): enough to see that two
/// files are not the same, no protection against somebody who wants them to look so. Of a folder: of its files' names
/// and contents. Empty where it cannot be read.
[[nodiscard]] std::string contentHash(const std::string& path);

/// The commit that this program was built from; empty where it was built outside of a repository.
[[nodiscard]] std::string buildCommit();

}  // namespace voxmark::profiling
