#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "core/ops/counter_pool.h"
#include "core/ops/order_ranks.h"

namespace voxmark {

/// Exact order statistics by radix selection: each sweep over the values counts the next bits of those that share the
/// leading bits of a wanted one, so that nothing but counters is kept (and, at the end, the last few candidates).
/// Values are numbers of one type, mapped to unsigned keys of the same order: 8- and 16-bit integers take one sweep,
/// 32-bit ones and f32 two, f64 up to four. Counting commutes: any number of threads may add, in any order.
class RadixSelector {
 public:
  /// `percents` of the values to come lie below the wanted ones, interpolated linearly between order statistics.
  RadixSelector(int keyBits, std::vector<double> percents);
  ~RadixSelector();

  /// Shows values of this sweep; finite ones only. T: u8 … i32, float, double, as keyBits says (16, 32 or 64).
  template <typename T>
  void add(const T* values, std::size_t count);
  /// Ends a sweep. Whether the same values must be shown once more.
  [[nodiscard]] bool next();
  /// When no sweep is needed any more: for each percent, as T; empty where there were no values.
  template <typename T>
  [[nodiscard]] std::vector<OrderBetween> found() const;
  template <typename T>
  static constexpr int keyBitsOf() {
    return sizeof(T) <= 2 ? 16 : static_cast<int>(8 * sizeof(T));
  }

 private:
  struct Counter;
  /// An order statistic that is looked for: the `rank`-th of the values whose leading bits are `prefix`.
  struct Wanted {
    std::uint64_t prefix = 0;
    std::uint64_t rank = 0;
  };
  [[nodiscard]] std::unique_ptr<Counter> take();
  void give(std::unique_ptr<Counter> counter);
  void flush(Counter& counter);
  void startRanks();
  void narrow();
  void settle();
  void prepare();

  int keyBits_;
  int bitsLeft_;           ///< behind the prefixes
  int digitBits_;          ///< counted in this sweep
  bool collects_ = false;  ///< candidates instead of counts
  std::vector<double> percents_;
  std::vector<Wanted> wanted_;           ///< two a percent
  std::vector<std::uint64_t> prefixes_;  ///< different ones, rising
  std::vector<std::uint32_t> firstOf_;   ///< by the leading 16 bits: the first prefix that has them
  std::vector<std::uint64_t> counts_;    ///< one table of 2^digitBits a prefix
  std::vector<std::uint64_t> candidates_;
  std::uint64_t total_ = 0;
  std::mutex mutex_;  ///< of counts_ and candidates_ while threads add
  CounterPool<Counter> pool_;
};

}  // namespace voxmark
