#include "core/backend/pass_chain.h"

#include <algorithm>

#include "core/backend/grid_stage.h"
#include "core/backend/sweep_source.h"
#include "core/base/cpu_info.h"

namespace voxmark {
PassChain::PassChain(const Plan& plan, VolumeSource& source, int threads, JobContext& job) : current_(&source) {
  for (std::size_t n = 0; n < plan.passes.size(); ++n) {
    const Pass& pass = plan.passes[n];
    const std::int64_t firstFrame = owned_.empty() ? plan.firstFrame() : 0;
    if (pass.first) add(makeGridStage(*pass.first, *current_, pass.input, firstFrame, threads));
    keepForStatistics(pass, job);
    // What was made here holds no other frames than those asked for.
    last_ = {current_->info(), pass.output, owned_.empty() ? plan.frame : std::nullopt, {pass}};
    last_.passes.front().first.reset();
    if (n + 1 == plan.passes.size()) continue;
    auto sweep = std::make_unique<SweepSource>(last_, *current_, threads, job);
    sweeps_.push_back(sweep.get());
    add(std::move(sweep));
  }
}

std::vector<StepLoss> PassChain::losses() const {
  std::vector<StepLoss> out;
  for (const SweepSource* sweep : sweeps_) {
    for (StepLoss& one : sweep->losses()) out.push_back(one);
  }
  return out;
}

Loss PassChain::loss() const {
  Loss out;
  for (const SweepSource* sweep : sweeps_) out.follow(sweep->loss());
  return out;
}

void PassChain::add(std::unique_ptr<VolumeSource> source) {
  owned_.push_back(std::move(source));
  current_ = owned_.back().get();
}

void PassChain::keepForStatistics(const Pass& pass, JobContext& job) {
  const bool measured = std::any_of(pass.values.begin(), pass.values.end(),
                                    [](const ValueStep& step) { return needsStatistics(step.operation); });
  if (owned_.empty() || !measured || current_->resident() != nullptr) return;
  if (current_->info().totalBytes() > availableMemory() / 4) return;
  add(std::make_unique<MemorySource>(readVolume(*current_, job)));
}

}  // namespace voxmark
