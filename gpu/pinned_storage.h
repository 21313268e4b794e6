#pragma once

#include <cstdint>
#include <memory>

#include "core/volume/storage.h"

namespace voxmark::gpu {

/// Host memory that the operating system may not move, which is what a device copies from at full speed. Throws
/// Error(Memory) where there is not enough.
[[nodiscard]] std::unique_ptr<Storage> allocatePinned(std::uint64_t bytes);

}  // namespace voxmark::gpu
