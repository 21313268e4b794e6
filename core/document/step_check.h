#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/document/document.h"

namespace voxmark {

/// What is known of a step of the Process panel before anything runs.
struct StepCheck {
  enum class State {
    Fine,      ///< fits; `output` is what it leaves
    Disabled,  ///< switched off
    Wrong,     ///< does not fit what comes to it, for the reason `problem`
    Unknown    ///< a step before it is wrong, or what it refers to is not looked up yet
  };
  State state = State::Unknown;
  std::string problem;
  std::optional<VolumeInfo> output;
  std::optional<Loss> loss;  ///< estimated or measured, of steps that lose
};

/// Whether the operation names a file, or voxels, that must be looked at before the operation can be planned.
[[nodiscard]] bool needsLookup(const Operation& operation);

/// Tries the steps one after the other on what a header says. `lookedUp` holds the enabled operations in turn with
/// their references resolved, as far as that has been done.
[[nodiscard]] std::vector<StepCheck> checkSteps(const std::vector<PipelineStep>& steps, const VolumeInfo& input,
                                                const Pipeline& lookedUp = {});

/// Whether values keep their meaning, so that a window that suited the input suits the output.
[[nodiscard]] bool keepsUnits(const Pipeline& pipeline);

}  // namespace voxmark
