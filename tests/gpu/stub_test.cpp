#include <gtest/gtest.h>

#include "core/base/error.h"
#include "gpu/register_cuda.h"

namespace voxmark::gpu {
namespace {

TEST(Stub, ListsCudaWithTheReasonAndLeavesTheCpu) {
  BackendRegistry registry;
  registry.add(makeCpuBackend(1));
  registerCudaBackends(registry);
  const std::vector<BackendInfo> list = registry.list();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[1].id, "cuda:0");
  EXPECT_FALSE(list[1].available);
  EXPECT_NE(list[1].reason.find("without CUDA"), std::string::npos) << list[1].reason;
  EXPECT_EQ(registry.get("auto")->info().id, "cpu");
}

TEST(Stub, ADeviceAskedForByNameIsRefusedWithTheReason) {
  BackendRegistry registry;
  registry.add(makeCpuBackend(1));
  registerCudaBackends(registry);
  try {
    static_cast<void>(registry.get("cuda:0"));
    FAIL() << "expected an Error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Device);
    EXPECT_NE(std::string(error.what()).find("without CUDA"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace voxmark::gpu
