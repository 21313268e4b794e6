#include "core/document/step_check.h"

#include <algorithm>

#include "core/base/error.h"

namespace voxmark {

bool needsLookup(const Operation& operation) {
  if (const auto* resample = std::get_if<Resample>(&operation)) return !resample->like.empty() && !resample->grid;
  if (const auto* mask = std::get_if<CropToMask>(&operation)) return !mask->box;
  if (const auto* normalize = std::get_if<Normalize>(&operation)) return !normalize->mask.empty() && !normalize->voxels;
  if (const auto* match = std::get_if<HistogramMatch>(&operation)) {
    return !match->file.empty() && match->landmarks.empty();
  }
  return false;
}

std::vector<StepCheck> checkSteps(const std::vector<PipelineStep>& steps, const VolumeInfo& input,
                                  const Pipeline& lookedUp) {
  std::vector<StepCheck> out;
  VolumeInfo info = input;
  std::size_t enabled = 0;
  bool known = true;
  for (const PipelineStep& step : steps) {
    StepCheck& check = out.emplace_back();
    if (!step.enabled) {
      check.state = StepCheck::State::Disabled;
      continue;
    }
    const Operation& operation = enabled < lookedUp.size() ? lookedUp[enabled] : step.operation;
    ++enabled;
    if (!known || needsLookup(operation)) {
      known = false;
      continue;
    }
    try {
      info = outputInfo(operation, info);
      check.state = StepCheck::State::Fine;
      check.output = info;
    } catch (const Error& error) {
      check.state = StepCheck::State::Wrong;
      check.problem = error.what();
      known = false;
    }
  }
  return out;
}

bool keepsUnits(const Pipeline& pipeline) {
  return std::all_of(pipeline.begin(), pipeline.end(), [](const Operation& operation) {
    return std::holds_alternative<Crop>(operation) || std::holds_alternative<Reorient>(operation) ||
           std::holds_alternative<Clamp>(operation) || std::holds_alternative<Cast>(operation) ||
           std::holds_alternative<Resample>(operation) || std::holds_alternative<FitShape>(operation) ||
           std::holds_alternative<Smooth>(operation) || std::holds_alternative<CropToMask>(operation);
  });
}

}  // namespace voxmark
