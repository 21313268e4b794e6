#pragma once

#include <functional>
#include <memory>

#include "core/ops/statistics.h"

namespace voxmark {

/// Stored elements one after the other, all of one slice's scale.
struct ElementRun {
  const std::byte* stored = nullptr;
  std::size_t count = 0;  ///< elements, `stride` elements apart
  std::int64_t stride = 1;
  LinearScale scale;
  const std::uint64_t* mask = nullptr;  ///< bits of the row's voxels; null: all take part
  std::int64_t firstBit = 0;
  std::int64_t elementsPerBit = 1;
};

/// The elements that a StatisticsRequest covers, gone through as often as needed: slab by slab, in chunks that do not
/// depend on the number of threads.
class ValueSweep {
 public:
  /// Throws Error(Usage) where the request does not fit the source. Both must outlive this.
  ValueSweep(VolumeSource& source, const StatisticsRequest& request);
  /// Calls visit(runs, chunk) for the chunks of one slab after the other, on several threads, and after each slab
  /// endSlab(chunks). Progress goes from `from` to `to`. Throws Cancelled.
  using Visit = std::function<void(const std::vector<ElementRun>& runs, std::size_t chunk)>;
  void run(const Visit& visit, const std::function<void(std::size_t chunks)>& beginSlab,
           const std::function<void()>& endSlab, JobContext& job, double from, double to) const;

 private:
  /// Where the rows of a slab are.
  struct Rows {
    const std::byte* first = nullptr;
    std::int64_t rowStep = 0;  ///< voxels from one row to the next
    std::int64_t sliceStep = 0;
  };
  void sweepSlab(const Rows& rows, const Region& part, std::int64_t frame, const Visit& visit,
                 const std::function<void(std::size_t)>& beginSlab, const JobContext& job) const;
  [[nodiscard]] std::vector<ElementRun> runsOf(const Rows& rows, const Region& part, std::int64_t frame,
                                               std::size_t begin, std::size_t end) const;

  VolumeSource& source_;
  const StatisticsRequest& request_;
  Region region_;
};

}  // namespace voxmark
