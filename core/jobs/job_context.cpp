#include "core/jobs/job_context.h"

namespace voxmark {

void JobContext::report(double fraction, std::string_view phase) {
  if (!listener_) return;
  Progress progress;
  {
    std::lock_guard lock(mutex_);
    const auto time = std::chrono::steady_clock::now();
    const bool newPhase = phase != phase_;
    const bool firstEnd = fraction >= 1.0 && !ended_;
    if (!newPhase && !firstEnd && time - last_ < std::chrono::milliseconds(50)) return;
    ended_ = fraction >= 1.0;
    last_ = time;
    phase_ = phase;
    progress = {fraction, phase_};
  }
  listener_(progress);
}

std::unique_ptr<JobContext> JobContext::part(double from, double to) {
  return std::make_unique<JobContext>(token_, [this, from, to](const Progress& progress) {
    report(from + (to - from) * progress.fraction, progress.phase);
  });
}

}  // namespace voxmark
