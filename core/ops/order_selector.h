#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/ops/bracket_select.h"
#include "core/ops/radix_select.h"

namespace voxmark {

/// Exact order statistics by whichever way needs the fewest and fastest sweeps: a few of many values from between
/// brackets (BracketSelector), all others, and those that a sample misled, by radix selection.
class OrderSelector {
 public:
  /// `percents` of the values to come lie below the wanted ones, interpolated linearly between order statistics.
  /// `expected`: how many values there are at the most.
  OrderSelector(int keyBits, std::vector<double> percents, std::uint64_t expected)
      : keyBits_(keyBits), percents_(std::move(percents)) {
    if (BracketSelector::suits(keyBits, percents_.size(), expected)) {
      brackets_ = std::make_unique<BracketSelector>(keyBits, percents_, expected);
    } else {
      radix_ = std::make_unique<RadixSelector>(keyBits, percents_);
    }
  }

  /// Shows values of this sweep; finite ones only. T as keyBits says (RadixSelector::keyBitsOf). Any thread.
  template <typename T>
  void add(const T* values, std::size_t count) {
    if constexpr (sizeof(T) >= 4) {
      if (brackets_) return brackets_->add(values, count);
    }
    radix_->add(values, count);
  }
  /// Ends a sweep. Whether the same values must be shown once more.
  [[nodiscard]] bool next() {
    if (!brackets_) return radix_->next();
    const BracketSelector::Outcome outcome = brackets_->next();
    if (outcome == BracketSelector::Outcome::Failed) {
      brackets_.reset();
      radix_ = std::make_unique<RadixSelector>(keyBits_, percents_);
    }
    return outcome != BracketSelector::Outcome::Found;
  }
  /// When no sweep is needed any more: for each percent, as T; empty where there were no values.
  template <typename T>
  [[nodiscard]] std::vector<OrderBetween> found() const {
    if constexpr (sizeof(T) >= 4) {
      if (brackets_) return brackets_->found<T>();
    }
    return radix_->found<T>();
  }

 private:
  int keyBits_;
  std::vector<double> percents_;
  std::unique_ptr<BracketSelector> brackets_;
  std::unique_ptr<RadixSelector> radix_;
};

}  // namespace voxmark
