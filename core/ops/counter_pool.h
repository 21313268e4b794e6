#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace voxmark {

/// Counters that threads take, add to and give back, so that there are no more of them than threads at work.
template <typename Counter>
class CounterPool {
 public:
  /// One that was given back, or a new one by `make`.
  template <typename Make>
  [[nodiscard]] std::unique_ptr<Counter> take(const Make& make) {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto out = std::move(idle_.back());
        idle_.pop_back();
        return out;
      }
    }
    return make();
  }
  void give(std::unique_ptr<Counter> counter) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(counter));
  }
  /// When no thread is at work: all there are.
  [[nodiscard]] const std::vector<std::unique_ptr<Counter>>& all() const { return idle_; }
  void clear() { idle_.clear(); }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Counter>> idle_;
};

}  // namespace voxmark
