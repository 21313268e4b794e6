#pragma once

#include <source_location>
#include <string>

#include <cuda_runtime_api.h>

namespace voxmark::gpu {

/// What an error of the runtime means to somebody who only wants to use the card: a sentence without a final stop.
[[nodiscard]] std::string reasonFor(cudaError_t error);

/// Throws Error(Memory) for memory that ran out and Error(Device) for everything else, naming the call's place. The
/// runtime's remembered error is cleared, so that the next call does not report it again.
void check(cudaError_t status, std::source_location where = std::source_location::current());

}  // namespace voxmark::gpu
