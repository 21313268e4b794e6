#pragma once

#include "core/backend/backend.h"

namespace voxmark::gpu {

/// Adds every CUDA device that can be used, and lists the others (or the lack of any) with the reason. Where the
/// program was built without CUDA, the stub behind the same name says so.
void registerCudaBackends(BackendRegistry& registry);

}  // namespace voxmark::gpu
