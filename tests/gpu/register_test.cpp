#include <cstdlib>

#include <gtest/gtest.h>

#include "gpu/device_list.h"
#include "gpu/register_cuda.h"

namespace voxmark::gpu {
namespace {

std::vector<BackendInfo> registered() {
  BackendRegistry registry;
  registerCudaBackends(registry);
  return registry.list();
}

TEST(Register, EveryDeviceIsListedAndNoneIsUsedUnasked) {
  ::unsetenv("VOXMARK_CUDA_UNVERIFIED");
  const DeviceList devices = listDevices();
  const std::vector<BackendInfo> list = registered();
  ASSERT_EQ(list.size(), devices.devices.empty() ? 1U : devices.devices.size());
  for (const BackendInfo& info : list) {
    EXPECT_FALSE(info.available);
    EXPECT_FALSE(info.reason.empty());
    EXPECT_TRUE(info.id.starts_with("cuda:")) << info.id;
  }
  if (devices.devices.empty()) {
    EXPECT_EQ(list[0].reason, devices.reason);
  }
}

TEST(Register, UsableDevicesAreUsedWhereTheUserSaysSo) {
  ::setenv("VOXMARK_CUDA_UNVERIFIED", "1", 1);
  const DeviceList devices = listDevices();
  const std::vector<BackendInfo> list = registered();
  ::unsetenv("VOXMARK_CUDA_UNVERIFIED");
  std::size_t usable = 0;
  for (const Device& device : devices.devices) usable += device.reason.empty() ? 1 : 0;
  std::size_t available = 0;
  for (const BackendInfo& info : list) available += info.available ? 1 : 0;
  EXPECT_EQ(available, usable);
}

}  // namespace
}  // namespace voxmark::gpu
