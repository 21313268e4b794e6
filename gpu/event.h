#pragma once

#include <cuda_runtime_api.h>

#include "gpu/cuda_error.h"
#include "gpu/stream.h"

namespace voxmark::gpu {

/// A place in a stream that the host can wait for, and whose time the device notes.
class Event {
 public:
  enum class Timed : bool { No, Yes };
  explicit Event(Timed timed = Timed::No) {
    check(cudaEventCreateWithFlags(&event_, timed == Timed::Yes ? cudaEventDefault : cudaEventDisableTiming));
  }
  ~Event() { static_cast<void>(cudaEventDestroy(event_)); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  void record(const Stream& stream) { check(cudaEventRecord(event_, stream.get())); }
  /// Returns at once where the event was never recorded.
  void wait() const { check(cudaEventSynchronize(event_)); }
  /// Seconds of the device's clock from `earlier` to this; both are timed, recorded and have been waited for.
  [[nodiscard]] double secondsSince(const Event& earlier) const {
    float milliseconds = 0;
    check(cudaEventElapsedTime(&milliseconds, earlier.event_, event_));
    return static_cast<double>(milliseconds) / 1000;
  }

 private:
  cudaEvent_t event_ = nullptr;
};

/// The device's time for a piece of work, without what the host does before and after it.
struct DeviceClock {
  Event begin{Event::Timed::Yes};
  Event end{Event::Timed::Yes};

  [[nodiscard]] double seconds() const {
    end.wait();
    return end.secondsSince(begin);
  }
};

}  // namespace voxmark::gpu
