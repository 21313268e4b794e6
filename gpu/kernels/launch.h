#pragma once

#include <cstdint>
#include <vector>

#include "gpu/device_buffer.h"
#include "gpu/event.h"
#include "gpu/kernels/pass_functors.h"
#include "gpu/stream.h"

namespace voxmark::gpu {

/// Computes the pass's output elements densely into `output`. Returns the losses, joined in a fixed order: the same
/// bits on every run. Waits for the kernel; `clock`, where given, encloses it alone.
[[nodiscard]] LossCell launchTransform(const PassParameters& pass, const std::vector<LinearScale>& scales,
                                       const DeviceBuffer& input, const DeviceBuffer& output, const Stream& stream,
                                       DeviceClock* clock = nullptr);

/// Moments of the values that the parameters describe, joined in a fixed order. Waits for the kernel, as above.
[[nodiscard]] MomentsCell launchMoments(const PassParameters& pass, const std::vector<LinearScale>& scales,
                                        const DeviceBuffer& input, bool nonzero, const Stream& stream,
                                        DeviceClock* clock = nullptr);

}  // namespace voxmark::gpu
