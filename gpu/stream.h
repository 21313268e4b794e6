#pragma once

#include <cuda_runtime_api.h>

#include "gpu/cuda_error.h"

namespace voxmark::gpu {

/// A stream of its own on the current device. Work put on it runs in order; the default stream is never used, and no
/// number turns into a stream by accident.
class Stream {
 public:
  Stream() { check(cudaStreamCreateWithFlags(&stream_, cudaStreamNonBlocking)); }
  ~Stream() { static_cast<void>(cudaStreamDestroy(stream_)); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  explicit Stream(int) = delete;

  [[nodiscard]] cudaStream_t get() const { return stream_; }
  /// Waits for everything put on it; throws what that work has failed with.
  void synchronize() const { check(cudaStreamSynchronize(stream_)); }

 private:
  cudaStream_t stream_ = nullptr;
};

}  // namespace voxmark::gpu
