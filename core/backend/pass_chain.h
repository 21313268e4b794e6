#pragma once

#include <memory>
#include <vector>

#include "core/backend/backend.h"
#include "core/io/volume_source.h"
#include "core/ops/plan.h"

namespace voxmark {

class SweepSource;

/// The passes of a plan as sources on top of one another, up to what the last pass sweeps over. A part of it is
/// computed when it is read, so that a pipeline streams slab by slab; a result of which statistics are needed is kept
/// in memory where it fits well, so that it is not computed twice.
class PassChain {
 public:
  /// `source` must outlive this. Reads it where a step of an earlier pass needs statistics.
  PassChain(const Plan& plan, VolumeSource& source, int threads, JobContext& job);

  [[nodiscard]] VolumeSource& source() const { return *current_; }
  /// What the steps of all passes but the last have lost so far: each slice of a pass counts when it is first read.
  [[nodiscard]] std::vector<StepLoss> losses() const;
  /// The same, together.
  [[nodiscard]] Loss loss() const;
  /// The last pass as a plan of its own over source().
  [[nodiscard]] const Plan& last() const { return last_; }

 private:
  void add(std::unique_ptr<VolumeSource> source);
  void keepForStatistics(const Pass& pass, JobContext& job);

  VolumeSource* current_;
  std::vector<const SweepSource*> sweeps_;  ///< of owned_
  std::vector<std::unique_ptr<VolumeSource>> owned_;
  Plan last_;
};

}  // namespace voxmark
