#include "gpu/register_cuda.h"

namespace voxmark::gpu {

void registerCudaBackends(BackendRegistry& registry) {
  registry.addUnavailable({"cuda:0", "CUDA", "", 0, false, "this program was built without CUDA (no nvcc was found)"});
}

}  // namespace voxmark::gpu
