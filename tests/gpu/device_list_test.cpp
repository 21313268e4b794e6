#include "gpu/device_list.h"

#include <gtest/gtest.h>

namespace voxmark::gpu {
namespace {

TEST(DeviceList, VersionsAreReadable) {
  EXPECT_EQ(versionText(0), "none");
  EXPECT_EQ(versionText(13000), "13.0");
  EXPECT_EQ(versionText(12080), "12.8");
}

TEST(DeviceList, OldCardsAreRefusedWithBothNumbers) {
  EXPECT_EQ(capabilityReason(7, 5, 75), "");
  EXPECT_EQ(capabilityReason(12, 0, 90), "");
  EXPECT_EQ(capabilityReason(6, 1, 75), "its compute capability is too low (expected 7.5 or higher, found 6.1)");
}

TEST(DeviceList, EitherHasDevicesOrSaysWhyNot) {
  const DeviceList list = listDevices();
  EXPECT_NE(list.runtime, "none");
  EXPECT_EQ(list.devices.empty(), !list.reason.empty());
  if (list.driver == "none") {
    EXPECT_NE(list.reason.find("driver is missing"), std::string::npos) << list.reason;
  }
  for (const Device& device : list.devices) {
    EXPECT_FALSE(device.name.empty());
    EXPECT_GT(device.memoryBytes, 0U);
    EXPECT_GT(device.multiprocessors, 0);
  }
}

}  // namespace
}  // namespace voxmark::gpu
