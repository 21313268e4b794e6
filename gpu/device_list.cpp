#include "gpu/device_list.h"

#include <fmt/format.h>

#include "gpu/cuda_error.h"

namespace voxmark::gpu {
namespace {

Device describe(int index) {
  Device device;
  device.index = index;
  cudaDeviceProp properties{};
  if (const cudaError_t status = cudaGetDeviceProperties(&properties, index); status != cudaSuccess) {
    static_cast<void>(cudaGetLastError());
    device.name = "CUDA device";
    device.reason = reasonFor(status);
    return device;
  }
  device.name = properties.name;
  device.memoryBytes = properties.totalGlobalMem;
  device.major = properties.major;
  device.minor = properties.minor;
  device.multiprocessors = properties.multiProcessorCount;
  device.reason = capabilityReason(device.major, device.minor, VOXMARK_CUDA_OLDEST);
  if (device.reason.empty() && properties.memoryPoolsSupported == 0) {
    device.reason = "it cannot allocate memory in stream order (as some virtual cards cannot)";
  }
  return device;
}

}  // namespace

std::string versionText(int version) {
  return version <= 0 ? "none" : fmt::format("{}.{}", version / 1000, version % 1000 / 10);
}

std::string capabilityReason(int major, int minor, int oldest) {
  if (major * 10 + minor >= oldest) return {};
  return fmt::format("its compute capability is too low (expected {}.{} or higher, found {}.{})", oldest / 10,
                     oldest % 10, major, minor);
}

void selectDevice(int index) {
  check(cudaSetDevice(index));
}

DeviceList listDevices() {
  DeviceList out;
  int driver = 0;
  int runtime = 0;
  static_cast<void>(cudaDriverGetVersion(&driver));
  static_cast<void>(cudaRuntimeGetVersion(&runtime));
  out.driver = versionText(driver);
  out.runtime = versionText(runtime);
  int count = 0;
  if (const cudaError_t status = cudaGetDeviceCount(&count); status != cudaSuccess) {
    static_cast<void>(cudaGetLastError());
    out.reason = reasonFor(status);
    return out;
  }
  if (count == 0) out.reason = reasonFor(cudaErrorNoDevice);
  for (int index = 0; index < count; ++index) out.devices.push_back(describe(index));
  return out;
}

}  // namespace voxmark::gpu
