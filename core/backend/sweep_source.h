#pragma once

#include <mutex>
#include <vector>

#include "core/backend/row_sweep.h"
#include "core/io/volume_source.h"

namespace voxmark {

/// A sweep whose result is the input of another pass: a part of it is computed when it is read.
class SweepSource final : public VolumeSource {
 public:
  /// `plan` has one pass. `input` must outlive this; it is read where a step needs statistics.
  SweepSource(Plan plan, VolumeSource& input, int threads, JobContext& job);
  [[nodiscard]] const VolumeInfo& info() const override { return pass().output; }
  [[nodiscard]] std::vector<std::string> readWarnings() const override;
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override;
  /// What the steps have lost in all slices that were read, each counted the first time.
  [[nodiscard]] std::vector<StepLoss> losses() const;
  /// See RowSweep::together.
  [[nodiscard]] Loss loss() const;

 private:
  [[nodiscard]] const Pass& pass() const { return plan_.passes.front(); }
  [[nodiscard]] char& counted(std::int64_t frame, std::int64_t k) {
    return counted_[static_cast<std::size_t>(frame * info().geometry.size[2] + k)];
  }

  Plan plan_;
  VolumeSource& input_;
  int threads_;
  RowSweep sweep_;
  mutable std::mutex mutex_;
  std::vector<char> counted_;  ///< by frame and slice
  std::vector<Loss> losses_;
};

}  // namespace voxmark
