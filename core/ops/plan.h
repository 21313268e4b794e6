#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/ops/operations.h"

namespace voxmark {

/// A value step of a plan, with the box of input voxels (of the plan's input) that its statistics span.
struct ValueStep {
  Operation operation;  ///< Normalize, HistogramMatch, Clamp, ScaleShift or Cast
  Region domain;
  AxisPermutation axes;  ///< from that box to the voxels that the step sees
  std::size_t step = 0;  ///< its place in the pipeline
};

/// Steps that one sweep over the voxels can do: gather each output voxel from one input voxel, then change its value.
/// A pass may begin with an operation that makes voxels of several others.
struct Pass {
  std::optional<Operation> first;  ///< changesGrid(); gives `input`
  VolumeInfo input;
  VolumeInfo output;
  Region inputRegion;    ///< box of the input that the output is made of
  AxisPermutation axes;  ///< from that box to the output
  std::vector<ValueStep> values;
};

/// A pipeline validated against a volume and fused: neighbouring crops become one box that is read and nothing else,
/// value steps become one sweep. What a Backend executes.
struct Plan {
  VolumeInfo input;
  VolumeInfo output;
  std::optional<std::int64_t> frame;  ///< only this frame of the input, or all
  std::vector<Pass> passes;           ///< at least one; each one's output is the next one's input
  [[nodiscard]] std::int64_t firstFrame() const { return frame.value_or(0); }
};

/// Throws Error(Usage) naming the step where the pipeline does not fit the volume. Runs nothing.
[[nodiscard]] Plan plan(const Pipeline& pipeline, const VolumeInfo& input,
                        std::optional<std::int64_t> frame = std::nullopt);

/// Region of a pass's input (behind `first`) for a part of its output.
[[nodiscard]] Region inputRegion(const Pass& pass, const Region& outputRegion);
/// Whether the plan is a single sweep.
[[nodiscard]] bool isSweep(const Plan& plan);

}  // namespace voxmark
