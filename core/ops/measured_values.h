#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "core/ops/moments.h"
#include "core/ops/order_selector.h"
#include "core/ops/value_sweep.h"

namespace voxmark {

/// What is measured of the elements of a sweep: moments, order statistics, a histogram. Elements of integers up to 32
/// bits, f16, bf16 and f32 are measured as they are stored, where nothing but a scale that all share lies between them
/// and their values; all others as float64 values, a block at a time.
class MeasuredValues {
 public:
  [[nodiscard]] static std::unique_ptr<MeasuredValues> over(const VolumeInfo& info, const StatisticsRequest& request);
  virtual ~MeasuredValues() = default;

  /// The first sweep: moments of a chunk, and a look for the order statistics.
  [[nodiscard]] virtual Moments measure(const std::vector<ElementRun>& runs) = 0;
  /// Another look at the same chunk; several threads.
  virtual void select(const std::vector<ElementRun>& runs) = 0;
  /// Counts a chunk's values into the bins; several threads.
  virtual void count(const std::vector<ElementRun>& runs) = 0;

  [[nodiscard]] virtual int sweeps() const = 0;
  /// Whether the order statistics need another sweep.
  [[nodiscard]] bool selectNext() { return selector_ != nullptr && selector_->next(); }
  [[nodiscard]] virtual std::vector<std::pair<double, double>> percentiles() const = 0;
  void layBins(std::size_t bins, double low, double high);
  [[nodiscard]] const std::vector<std::uint64_t>& histogram() const { return bins_; }

 protected:
  explicit MeasuredValues(const StatisticsRequest& request) : request_(request) {}
  void countBlock(const double* values, std::size_t count, std::vector<std::uint64_t>& part) const;
  void addBins(const std::vector<std::uint64_t>& part);

  const StatisticsRequest& request_;
  std::unique_ptr<OrderSelector> selector_;
  std::vector<std::uint64_t> bins_;
  double low_ = 0;
  double high_ = 1;
  std::mutex mutex_;
};

}  // namespace voxmark
