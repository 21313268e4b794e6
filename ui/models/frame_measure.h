#pragma once

#include <QTimer>
#include <algorithm>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "core/document/document.h"
#include "ui/models/job_controller.h"

namespace voxmark::ui {

/// Something computed of one frame of a layer in a job, once it is complete and has been looked at for a moment, and
/// kept for when it is looked at again. Used by the GUI's thread.
template <typename T>
class FrameMeasure {
 public:
  using Compute = std::function<T(const Volume& volume, std::int64_t frame, JobContext& job)>;
  /// Of several measures with one `slot`, only the newest job runs. `changed` is called whenever result() may have.
  FrameMeasure(JobController& jobs, QString slot, Compute compute, std::function<void()> changed)
      : jobs_(jobs), slot_(std::move(slot)), compute_(std::move(compute)), changed_(std::move(changed)) {
    timer_.setSingleShot(true);
    timer_.setInterval(kPatienceMs);
    QObject::connect(&timer_, &QTimer::timeout, &timer_, [this] { start(); });
  }

  /// What is looked at now; null: nothing. The frame is clamped. Call it again whenever voxels have come in.
  void follow(const VolumePtr& volume, std::int64_t frame) {
    if (volume) frame = std::clamp<std::int64_t>(frame, 0, volume->info().frames - 1);
    const bool same = volume == volume_ && frame == frame_;
    if (!same) {
      volume_ = volume;
      frame_ = frame;
      result_ = find();
      running_ = false;
      changed_();
    }
    if (!volume_ || result_ || running_ || !volume_->complete(frame_) || !volume_->onHost()) return;
    if (!same || !timer_.isActive()) timer_.start();
  }
  /// Null until it is there.
  [[nodiscard]] const std::shared_ptr<const T>& result() const { return result_; }
  [[nodiscard]] const VolumePtr& volume() const { return volume_; }
  [[nodiscard]] std::int64_t frame() const { return frame_; }

 private:
  static constexpr int kPatienceMs = 100;  // frames that only pass by are not worth the work
  static constexpr std::size_t kKept = 64;
  struct Kept {
    std::weak_ptr<const Volume> volume;
    std::int64_t frame;
    std::shared_ptr<const T> result;
  };

  [[nodiscard]] std::shared_ptr<const T> find() const {
    for (const Kept& one : kept_) {
      if (one.frame == frame_ && volume_ && one.volume.lock() == volume_) return one.result;
    }
    return nullptr;
  }
  void start() {
    if (!volume_ || result_) return;
    running_ = true;
    const auto made = std::make_shared<std::shared_ptr<const T>>();
    jobs_.startLatest(
        slot_, QString(),
        [made, compute = compute_, volume = volume_, frame = frame_](JobContext& job) {
          *made = std::make_shared<const T>(compute(*volume, frame, job));
        },
        [this, made, volume = volume_, frame = frame_, alive = std::weak_ptr<int>(alive_)](const JobResult&) {
          if (alive.expired()) return;
          if (*made) keep({volume, frame, *made});
          if (volume != volume_ || frame != frame_) return;
          running_ = *made == nullptr;  // what has failed is not tried again and again
          result_ = *made;
          changed_();
        });
  }
  void keep(Kept entry) {
    std::erase_if(kept_, [](const Kept& one) { return one.volume.expired(); });
    if (kept_.size() >= kKept) kept_.erase(kept_.begin());
    kept_.push_back(std::move(entry));
  }

  JobController& jobs_;
  QString slot_;
  Compute compute_;
  std::function<void()> changed_;
  QTimer timer_;
  VolumePtr volume_;
  std::int64_t frame_ = 0;
  bool running_ = false;
  std::shared_ptr<const T> result_;
  std::vector<Kept> kept_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace voxmark::ui
