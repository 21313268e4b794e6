#pragma once

#include <cstdint>

#include "core/profiling/block_runner.h"
#include "core/profiling/preset.h"
#include "core/profiling/verdict.h"

namespace voxmark::profiling {

struct InterleavingOptions {
  Preset preset;
  double tolerancePercent = kDefaultTolerancePercent;
  std::uint64_t seed = 1;  ///< of the order
};

/// Two sides of a comparison, measured in turns.
struct PairResult {
  RunResult baseline;
  RunResult current;
};

/// Draws blocks of both sides, in each pair in random order, so that what drifts meets both alike; twice as many while
/// the verdict is inconclusive, up to kMostFactor times the preset's. Where one side fails the other one stops; what
/// was measured is kept. Never throws for what a side does.
[[nodiscard]] PairResult runInterleaved(BlockRunner& baseline, BlockRunner& current, const InterleavingOptions& options,
                                        JobContext& job);

}  // namespace voxmark::profiling
