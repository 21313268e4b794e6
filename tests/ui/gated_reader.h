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
  std::atomic<int> slices{0};        ///< published before the gate, from the last one down: no order is promised
  std::atomic<bool> damaged{false};  ///< the read fails behind the gate
  std::atomic<int> frames{1};        ///< that a file opened now has
  std::atomic<int> reads{0};         ///< begun
};

constexpr int kGatedSize = 8;
/// The voxels of a slice of a gated file.
[[nodiscard]] constexpr int gatedValue(int frame, int k) {
  return 20 * (k + 1) + frame;
}

/// Reads files that end in ".gated": 8³ voxels whose reading goes on until the gate opens or the job is cancelled, as a
/// slow disk would have it.
[[nodiscard]] Reader gatedReader(std::shared_ptr<Gate> gate);

}  // namespace voxmark::testing
