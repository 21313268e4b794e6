#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/backend/backend.h"
#include "core/backend/input_slab.h"
#include "core/backend/transpose.h"
#include "core/backend/value_chain.h"
#include "core/jobs/job_context.h"
#include "core/ops/transform_elements.h"

namespace voxmark {

/// A pass with its constants resolved, ready to turn input slabs into output slabs.
class RowSweep {
 public:
  RowSweep(const Pass& pass, ValueChain chain);

  /// The stored bytes go through unchanged, at most rearranged.
  [[nodiscard]] bool verbatim() const { return verbatim_; }
  /// As verbatim, in the same order: input bytes are output bytes.
  [[nodiscard]] bool passesThrough() const { return verbatim_ && pass_.axes.identity(); }

  /// Computes output voxels `part` of a frame densely into `out` from a slab that holds all their inputs. `scaleFrame`
  /// is the frame whose scale applies. `losses` (see noLosses) are added to. The same bits for any
  /// number of threads.
  void run(const InputSlab& in, const Region& part, std::int64_t scaleFrame, int threads, std::byte* out,
           std::vector<Loss>& losses, JobContext& job) const;
  /// For run().
  [[nodiscard]] std::vector<Loss> noLosses() const { return std::vector<Loss>(lossOf_.size() + 1); }
  /// By the pipeline's steps.
  [[nodiscard]] std::vector<StepLoss> byStep(const std::vector<Loss>& losses) const;
  /// Of all of them: what the result differs from that of the same steps without any loss.
  [[nodiscard]] Loss together(const std::vector<Loss>& losses) const;
  /// What is to be known of the constants that were found.
  [[nodiscard]] std::vector<std::string> warnings() const { return warningsOf(chain_); }

 private:
  struct Row;
  [[nodiscard]] bool rowsFollow(const InputSlab& in, const Region& part) const;
  [[nodiscard]] Row rowAt(const InputSlab& in, const Region& part, std::size_t index) const;
  /// How the part lies in the slab, as a whole.
  [[nodiscard]] Rearrangement rearrangement(const InputSlab& in, const Region& part) const;
  /// Elements that follow each other, straight from their type to the output's.
  [[nodiscard]] bool convertPart(const std::byte* from, const LinearScale& scale, std::byte* out, std::size_t count,
                                 Loss& loss) const;
  void copyRow(const Row& row, std::byte* out) const;
  void convertRow(const Row& row, std::int64_t scaleFrame, std::byte* out, Loss* losses) const;
  void convertBlock(const Row& row, std::size_t at, std::size_t length, const LinearScale& scale, std::byte* out,
                    Loss* losses) const;
  /// For rows of neighbouring voxels whose values are only stored as another type; false where there is no short way.
  [[nodiscard]] bool convertDirectly(const Row& row, std::size_t at, std::size_t length, const LinearScale& scale,
                                     std::byte* out, Loss* losses) const;

  /// The way of several lossy steps: what they come to together is counted beside each one's loss.
  void convertCounting(double* values, std::size_t length, std::byte* out, Loss* losses) const;

  const Pass& pass_;
  ValueChain chain_;
  std::vector<ValueChain> singly_;  ///< the chain's steps, where several of the pass lose something; else empty
  bool clampsOnly_ = false;
  std::optional<LinearMap> map_;                    ///< what the chain comes to, where that is linear
  std::vector<std::optional<std::size_t>> lossOf_;  ///< steps of the pipeline, for each of the chain
  bool castLast_ = false;
  bool verbatim_ = false;
  bool streams_ = false;  ///< the result is too large to be looked at from the caches
};

}  // namespace voxmark
