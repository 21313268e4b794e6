#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/backend/plan_source.h"
#include "core/backend/references.h"
#include "core/document/step_check.h"

namespace voxmark::ui {

/// Steps and the layer that they are to be tried on.
struct PreviewRequest {
  VolumePtr volume;                      ///< of the layer; null: there is nothing to try
  std::shared_ptr<VolumeSource> source;  ///< its voxels
  Pipeline steps;                        ///< enabled ones
  std::optional<std::int64_t> frame;     ///< alone, where what steps measure of all frames would have to be read first
  friend bool operator==(const PreviewRequest& a, const PreviewRequest& b) {
    return a.volume == b.volume && a.steps == b.steps && a.frame == b.frame;
  }
};

/// What the Process panel asks of the document: the layer that the steps apply to, with the enabled ones. No volume
/// where there are no steps, or the layer is not there yet, or their result is, and it or another result is active.
[[nodiscard]] PreviewRequest previewRequest(const Document& document);

/// What was lost in the slices that were tried.
struct LossEstimate {
  Loss loss;
  std::vector<StepLoss> steps;  ///< by place among the enabled ones
  std::int64_t slices = 0;
  std::int64_t ofSlices = 0;
};

/// Steps ready to be computed slice by slice.
struct PreparedSteps {
  Pipeline lookedUp;  ///< with their references resolved
  std::shared_ptr<VolumeSource> input;
  std::shared_ptr<PlanSource> output;
  std::optional<DisplayWindow> window;  ///< where the values mean something else than before
  LossEstimate estimate;
  bool alone = false;  ///< of one frame, by whose values alone the steps go
};

/// Where preparing has failed.
struct StepFailure {
  std::size_t step = 0;  ///< among the enabled ones
  std::string why;
};

/// Resolves references, measures what the steps need to know, and tries a few slices for window and loss. Sets
/// `failure` and returns null where a step does not work out. Throws Error for what is nobody's fault, and Cancelled.
[[nodiscard]] std::shared_ptr<PreparedSteps> prepareSteps(const PreviewRequest& request, const OpenFile& open,
                                                          std::optional<StepFailure>& failure, JobContext& job);

}  // namespace voxmark::ui
