#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/ops/counter_pool.h"
#include "core/ops/order_ranks.h"

namespace voxmark {

/// Exact order statistics in two sweeps at the speed of memory. The first one takes a sample, which says of each wanted
/// value between which two it must lie, almost certainly; the second one counts what is below these two, and keeps the
/// few values between them (after Floyd & Rivest, Expected Time Bounds for Selection, 1975). Where a wanted value is
/// one of many equal ones a third sweep may count these. Where the sample has misled, that is noticed: then the values
/// have to be selected in another way. Any number of threads may add, in any order; the result does not depend on it.
class BracketSelector {
 public:
  enum class Outcome { Again, Found, Failed };

  /// Whether it is worth it: for a few percentiles of many values that are wider than 16 bits.
  [[nodiscard]] static bool suits(int keyBits, std::size_t percents, std::uint64_t expected);
  /// `expected`: about how many values there will be, rather more than fewer.
  BracketSelector(int keyBits, std::vector<double> percents, std::uint64_t expected);
  ~BracketSelector();

  /// Shows values of this sweep; finite ones only. T: u32, i32, float (32 bits), double (64).
  template <typename T>
  void add(const T* values, std::size_t count);
  /// Ends a sweep. Again: the same values must be shown once more. Failed: they must be shown to somebody else.
  [[nodiscard]] Outcome next();
  /// After Found: for each percent; empty where there were no values.
  template <typename T>
  [[nodiscard]] std::vector<OrderBetween> found() const;

 private:
  struct Counter;
  /// Between which keys (radix::signedKeyOf) the order statistics of one percent lie.
  struct Bracket {
    std::int64_t low = 0;
    std::int64_t high = 0;
    std::optional<std::int64_t> single;  ///< the only key between low and high, which is not kept
    std::uint64_t upToLow = 0, belowHigh = 0;
    std::vector<std::int64_t> between;

    [[nodiscard]] std::optional<std::int64_t> keyOf(std::uint64_t rank);
  };
  [[nodiscard]] std::unique_ptr<Counter> take();
  template <typename T>
  void sample(const T* values, std::size_t count, Counter& counter) const;
  template <typename T>
  void count(const T* values, std::size_t count, Counter& counter) const;
  [[nodiscard]] bool layBrackets();
  void enclose(Bracket& bracket, std::int64_t key) const;
  [[nodiscard]] Outcome settle();

  std::int64_t lowest_, highest_;
  std::vector<double> percents_;
  std::uint64_t gap_;  ///< about how many values there are to one of the sample
  bool sampling_ = true;
  std::uint64_t total_ = 0;
  std::size_t mostBetween_ = 0;  ///< values kept by one counter of one bracket, before it is given up
  std::vector<std::int64_t> sample_;
  std::vector<Bracket> brackets_;                              ///< one a percent
  std::vector<std::pair<std::int64_t, std::int64_t>> wanted_;  ///< keys of the two order statistics of each percent
  CounterPool<Counter> pool_;
};

}  // namespace voxmark
