#include "ui/models/step_preview.h"

#include <algorithm>
#include <cstring>

#include "core/document/load_layer.h"
#include "core/document/plane_voxels.h"
#include "core/ops/statistics.h"

namespace voxmark::ui {
namespace {

constexpr std::int64_t kTried = 9;  ///< slices

/// Resolves the references of all steps; where that fails, finds out at which step.
bool lookUp(Pipeline& steps, VolumeSource& source, const OpenFile& open, std::optional<StepFailure>& failure,
            JobContext& job) {
  if (std::none_of(steps.begin(), steps.end(), [](const Operation& step) { return needsLookup(step); })) return true;
  for (std::size_t n = 0; n < steps.size(); ++n) {
    if (!needsLookup(steps[n])) continue;
    Pipeline part(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(n) + 1);
    try {
      resolveReferences(part, source, open, job);
    } catch (const Error& error) {
      failure = StepFailure{n, error.what()};
      return false;
    }
    steps[n] = part[n];
  }
  return true;
}

/// Slices spread over one frame of the result, on one another.
std::shared_ptr<Volume> trySlices(PlanSource& output, std::int64_t frame, JobContext& job) {
  const VolumeInfo& whole = output.info();
  const std::int64_t slices = whole.geometry.size[2];
  const std::int64_t count = std::min(kTried, slices);
  VolumeInfo info = whole;
  info.geometry.size[2] = count;
  info.frames = 1;
  info.frameAxes.clear();
  if (info.scale.perSlice()) info.scale = {};  // none of the steps that change units leaves such
  auto out = std::make_shared<Volume>(info);
  const std::size_t bytes = info.frameBytes() / static_cast<std::size_t>(count);
  for (std::int64_t n = 0; n < count; ++n) {
    const std::int64_t k = (2 * n + 1) * slices / (2 * count);
    output.read({slab(wholeOf(whole.geometry.size), k, k + 1), frame},
                {out->mutableFrameData(0) + static_cast<std::size_t>(n) * bytes, bytes}, {}, job);
  }
  return out;
}

}  // namespace

PreviewRequest previewRequest(const Document& document) {
  const Layer* active = document.active();
  Pipeline steps = document.pipeline();
  if (active == nullptr || !active->volume || active->opening || steps.empty() || active->history == steps) return {};
  PreviewRequest out{active->volume, sourceOf(*active), std::move(steps), std::nullopt};
  const bool measures = std::any_of(out.steps.begin(), out.steps.end(), needsStatistics);
  const FilledSlices* filled = active->volume->filled();
  if (measures && filled != nullptr && !filled->complete()) {
    out.frame = std::clamp<std::int64_t>(document.views.frame, 0, active->volume->info().frames - 1);
  }
  return out;
}

std::shared_ptr<PreparedSteps> prepareSteps(const PreviewRequest& request, const OpenFile& open,
                                            std::optional<StepFailure>& failure, JobContext& job) {
  auto out = std::make_shared<PreparedSteps>();
  out->input = request.source;
  out->alone = request.frame.has_value();
  out->lookedUp = request.steps;
  if (!lookUp(out->lookedUp, *out->input, open, failure, job)) return nullptr;
  std::vector<PipelineStep> steps;
  for (const Operation& operation : out->lookedUp) steps.push_back({operation, true, {}});
  const auto checks = checkSteps(steps, out->input->info());
  for (std::size_t n = 0; n < checks.size(); ++n) {
    if (checks[n].state == StepCheck::State::Fine) continue;
    failure = StepFailure{n, checks[n].problem};
    return nullptr;
  }
  const Plan made = plan(out->lookedUp, out->input->info(), request.frame);
  out->output = std::make_shared<PlanSource>(made, *out->input, 0, job);
  const auto tried = trySlices(*out->output, 0, job);
  LossEstimate& estimate = out->estimate;
  estimate.steps = out->output->losses();
  estimate.loss = out->output->loss();
  estimate.slices = tried->info().geometry.size[2];
  estimate.ofSlices = made.output.geometry.size[2];
  if (!keepsUnits(request.steps)) {
    const auto [low, high] = robustRange(*tried, 0);
    out->window = DisplayWindow{high - low, (high + low) / 2};
  }
  return out;
}

}  // namespace voxmark::ui
