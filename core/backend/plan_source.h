#pragma once

#include <mutex>

#include "core/backend/pass_chain.h"
#include "core/backend/row_sweep.h"
#include "core/ops/voxel_values.h"

namespace voxmark {

/// What a plan gives, as a source: a part is computed when it is read, one slice alone too. What steps need to know of
/// the whole volume is measured once, when this is made. Thread-safe. Any number of threads gives the same bits, those
/// that Backend::execute gives.
class PlanSource final : public VolumeSource {
 public:
  /// `source` must outlive this. Throws what the source throws, and Cancelled.
  PlanSource(const Plan& plan, VolumeSource& source, int threads, JobContext& job);

  [[nodiscard]] const VolumeInfo& info() const override { return pass().output; }
  [[nodiscard]] std::vector<std::string> readWarnings() const override { return chain_.source().readWarnings(); }
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override;
  /// What storing the voxels that were read until now has cost.
  [[nodiscard]] Loss loss() const;

 private:
  [[nodiscard]] const Pass& pass() const { return chain_.last().passes.front(); }

  PassChain chain_;
  int threads_;
  RowSweep sweep_;
  mutable std::mutex mutex_;
  Loss loss_;
};

}  // namespace voxmark
