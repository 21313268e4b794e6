#include "gpu/register_cuda.h"

#include <cstdlib>
#include <string_view>

#include "gpu/cuda_backend.h"
#include "gpu/device_list.h"

namespace voxmark::gpu {
namespace {

constexpr const char* kUnverified =
    "its operations have not been verified on this kind of card; set VOXMARK_CUDA_UNVERIFIED=1 to use it";

bool unverifiedAllowed() {
  const char* value = std::getenv("VOXMARK_CUDA_UNVERIFIED");
  return value != nullptr && std::string_view(value) == "1";
}

}  // namespace

void registerCudaBackends(BackendRegistry& registry) {
  const DeviceList list = listDevices();
  if (list.devices.empty()) {
    registry.addUnavailable({"cuda:0", "CUDA", "built with CUDA " + list.runtime, 0, false, list.reason});
  }
  for (const Device& device : list.devices) {
    BackendInfo info = describe(device, list.driver, list.runtime);
    if (info.available && unverifiedAllowed()) {
      registry.add(makeCudaBackend(device, list.driver, list.runtime));
      continue;
    }
    if (info.reason.empty()) info.reason = kUnverified;
    registry.addUnavailable(std::move(info));
  }
}

}  // namespace voxmark::gpu
