#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace voxmark {

/// Shared by the side that asks a job to stop and the job that looks.
class CancelToken {
 public:
  void cancel() { flag_.store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool cancelled() const { return flag_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> flag_{false};
};

struct Progress {
  double fraction = 0;  ///< 0…1
  std::string phase;    ///< "Reading", "Normalising"
};

/// What running work knows of its surroundings: where to report progress, and whether to stop. A default-made context
/// reports nowhere and is never cancelled. Thread-safe.
class JobContext {
 public:
  using Listener = std::function<void(const Progress&)>;
  JobContext() : token_(std::make_shared<CancelToken>()) {}
  JobContext(std::shared_ptr<CancelToken> token, Listener listener)
      : token_(std::move(token)), listener_(std::move(listener)) {}

  /// Says how far the work is. Cheap to call often: the listener hears at most 20 a second, plus every new phase and
  /// the end.
  void report(double fraction, std::string_view phase);
  [[nodiscard]] bool cancelled() const { return token_->cancelled(); }
  void throwIfCancelled() const {
    if (token_->cancelled()) throw Cancelled();
  }
  [[nodiscard]] const std::shared_ptr<CancelToken>& token() const { return token_; }
  /// A part of this job: its 0…1 is shown as [from, to] of ours. Same cancellation. `this` must outlive it.
  [[nodiscard]] std::unique_ptr<JobContext> part(double from, double to);

 private:
  std::shared_ptr<CancelToken> token_;
  Listener listener_;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point last_;
  std::string phase_;
  bool ended_ = false;  ///< the end of this phase has been heard
};

}  // namespace voxmark
