#include "core/backend/pass_chain.h"

#include <algorithm>

#include "core/backend/grid_stage.h"
#include "core/backend/row_sweep.h"
#include "core/base/cpu_info.h"

namespace voxmark {
namespace {

/// A sweep whose result is the input of another pass.
class SweepSource final : public VolumeSource {
 public:
  SweepSource(Plan plan, VolumeSource& input, int threads, JobContext& job)
      : plan_(std::move(plan)),
        input_(input),
        threads_(threads),
        sweep_(pass(), resolveValues(plan_, pass(), input, threads, job)) {}
  [[nodiscard]] const VolumeInfo& info() const override { return pass().output; }
  [[nodiscard]] std::vector<std::string> readWarnings() const override { return input_.readWarnings(); }
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override {
    checkRequest(request, target);
    const Region region = inputRegion(pass(), request.region);
    const std::int64_t frame = plan_.firstFrame() + request.frame;
    std::unique_ptr<Storage> buffer;
    const InputSlab in = fetchSlab(input_, region, frame, buffer, job);
    Loss ignored;
    sweep_.run(in, request.region, pass().input.frames == 1 ? 0 : frame, threads_, target.data(), ignored, job);
    if (onFilled) onFilled(request.region);
  }

 private:
  [[nodiscard]] const Pass& pass() const { return plan_.passes.front(); }

  Plan plan_;
  VolumeSource& input_;
  int threads_;
  RowSweep sweep_;
};

}  // namespace

PassChain::PassChain(const Plan& plan, VolumeSource& source, int threads, JobContext& job) : current_(&source) {
  for (std::size_t n = 0; n < plan.passes.size(); ++n) {
    const Pass& pass = plan.passes[n];
    const std::int64_t firstFrame = owned_.empty() ? plan.firstFrame() : 0;
    if (pass.first) add(makeGridStage(*pass.first, *current_, pass.input, firstFrame, threads));
    keepForStatistics(pass, job);
    // What was made here holds no other frames than those asked for.
    last_ = {current_->info(), pass.output, owned_.empty() ? plan.frame : std::nullopt, {pass}};
    last_.passes.front().first.reset();
    if (n + 1 < plan.passes.size()) add(std::make_unique<SweepSource>(last_, *current_, threads, job));
  }
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
