#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace voxmark::gpu {

/// One CUDA device as the runtime describes it.
struct Device {
  int index = 0;
  std::string name;  ///< "NVIDIA H100 80GB HBM3"
  std::uint64_t memoryBytes = 0;
  int major = 0;  ///< compute capability
  int minor = 0;
  int multiprocessors = 0;
  std::string reason;  ///< why it cannot be used; empty where it can
};

struct DeviceList {
  std::vector<Device> devices;
  std::string reason;   ///< why there are none, where there are none
  std::string driver;   ///< CUDA version that the driver supports, "13.0"; "none" without a driver
  std::string runtime;  ///< CUDA version that this program was built with
};

/// Asks the runtime. Never throws: what goes wrong becomes a reason.
[[nodiscard]] DeviceList listDevices();

/// Makes the device the calling thread's: streams, memory and kernels that follow are on it. Throws Error(Device).
void selectDevice(int index);

/// 13020 → "13.2", the runtime's encoding of its versions; 0 → "none".
[[nodiscard]] std::string versionText(int version);

/// Why a card of this compute capability cannot run the program's device code, built for `oldest` (such as 75) and
/// newer; empty where it can.
[[nodiscard]] std::string capabilityReason(int major, int minor, int oldest);

}  // namespace voxmark::gpu
