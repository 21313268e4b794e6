#pragma once

#include "core/backend/pass_chain.h"
#include "core/backend/sweep_source.h"

namespace voxmark {

/// What a plan gives, as a source: a part is computed when it is read, one slice alone too. What steps need to know of
/// the whole volume is measured once, when this is made. Thread-safe. Any number of threads gives the same bits, those
/// that Backend::execute gives.
class PlanSource final : public VolumeSource {
 public:
  /// `source` must outlive this. Throws what the source throws, and Cancelled.
  PlanSource(const Plan& plan, VolumeSource& source, int threads, JobContext& job)
      : chain_(plan, source, threads, job), sweep_(chain_.last(), chain_.source(), threads, job) {}

  [[nodiscard]] const VolumeInfo& info() const override { return sweep_.info(); }
  [[nodiscard]] std::vector<std::string> readWarnings() const override { return sweep_.readWarnings(); }
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override {
    sweep_.read(request, target, onFilled, job);
  }
  /// What the steps have lost in the slices along k that were read until now, in their order.
  [[nodiscard]] std::vector<StepLoss> losses() const {
    std::vector<StepLoss> out = chain_.losses();
    for (StepLoss& one : sweep_.losses()) out.push_back(one);
    return out;
  }

  /// The same, together: see ExecutionReport.
  [[nodiscard]] Loss loss() const {
    Loss out = chain_.loss();
    out.follow(sweep_.loss());
    return out;
  }

 private:
  PassChain chain_;
  SweepSource sweep_;
};

}  // namespace voxmark
