#pragma once

#include <memory>

#include "core/backend/backend.h"
#include "gpu/device_list.h"

namespace voxmark::gpu {

/// Runs plans on one CUDA device. `driver` and `runtime` are versions for info(). Percentiles are measured on the
/// host; everything else of a plan runs on the device, in double precision, without fused multiply-add, so that its
/// values equal the CPU backend's but for the last digits of means and deviations.
[[nodiscard]] std::shared_ptr<Backend> makeCudaBackend(const Device& device, const std::string& driver,
                                                       const std::string& runtime);

/// What info() says of a device.
[[nodiscard]] BackendInfo describe(const Device& device, const std::string& driver, const std::string& runtime);

}  // namespace voxmark::gpu
