#pragma once

#include <atomic>
#include <memory>

#include "core/io/source_registry.h"

namespace voxmark::testing {

/// What a test sees of, and says to, a read in progress.
struct Gate {
  std::atomic<bool> reading{false};
  std::atomic<bool> cancelled{false};
  std::atomic<bool> open{false};
};

/// Reads files that end in ".gated": 8³ voxels whose reading goes on until the gate opens or the job is cancelled, as a
/// slow disk would have it.
[[nodiscard]] Reader gatedReader(std::shared_ptr<Gate> gate);

}  // namespace voxmark::testing
