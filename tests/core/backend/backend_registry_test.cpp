#include <gtest/gtest.h>

#include "core/backend/backend.h"
#include "core/base/error.h"

namespace voxmark {
namespace {

/// A device that does nothing.
class NamedBackend final : public Backend {
 public:
  explicit NamedBackend(std::string id) : id_(std::move(id)) {}
  [[nodiscard]] BackendInfo info() const override { return {id_, id_, "", 0, true, ""}; }
  ExecutionReport execute(const Plan&, VolumeSource&, VolumeSink&, const Region&, JobContext&) override { return {}; }
  [[nodiscard]] std::unique_ptr<Storage> hostMemory(std::uint64_t) override { return nullptr; }
  [[nodiscard]] MemoryUsage memoryUsage() const override { return {}; }

 private:
  std::string id_;
};

std::string refusal(const BackendRegistry& registry, const std::string& id) {
  try {
    (void)registry.get(id);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Device);
    return error.what();
  }
  ADD_FAILURE() << id << " was found";
  return {};
}

TEST(BackendRegistry, AutoIsTheFirstUsableDeviceElseTheCpu) {
  BackendRegistry registry;
  registry.add(makeCpuBackend());
  EXPECT_EQ(registry.get("auto")->info().id, "cpu");
  registry.addUnavailable({"cuda:0", "", "", 0, false, "no driver"});
  EXPECT_EQ(registry.get("auto")->info().id, "cpu");
  registry.add(std::make_shared<NamedBackend>("cuda:1"));
  registry.add(std::make_shared<NamedBackend>("cuda:2"));
  EXPECT_EQ(registry.get("auto")->info().id, "cuda:1");
  EXPECT_EQ(registry.get("cpu")->info().id, "cpu");
  EXPECT_EQ(registry.get("cuda:2")->info().id, "cuda:2");
}

TEST(BackendRegistry, CudaAloneMeansTheFirstOne) {
  BackendRegistry registry;
  registry.add(std::make_shared<NamedBackend>("cuda:0"));
  EXPECT_EQ(registry.get("cuda")->info().id, "cuda:0");
}

TEST(BackendRegistry, ADeviceThatCannotBeUsedIsRefusedWithTheReason) {
  BackendRegistry registry;
  registry.add(makeCpuBackend());
  registry.addUnavailable({"cuda:0", "", "", 0, true, "the driver is too old"});
  EXPECT_NE(refusal(registry, "cuda:0").find("the driver is too old"), std::string::npos);
  EXPECT_NE(refusal(registry, "cuda").find("the driver is too old"), std::string::npos);
  EXPECT_NE(refusal(registry, "cuda:7").find("cuda:7"), std::string::npos);
  EXPECT_NE(refusal(registry, "tpu").find("tpu"), std::string::npos);
  EXPECT_NE(refusal(BackendRegistry(), "auto"), "");
}

TEST(BackendRegistry, ListsEverythingUsableFirst) {
  BackendRegistry registry;
  registry.addUnavailable({"cuda:0", "", "", 0, true, "no driver"});
  registry.add(makeCpuBackend());
  const auto list = registry.list();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].id, "cpu");
  EXPECT_TRUE(list[0].available);
  EXPECT_GT(list[0].memoryBytes, 0U);
  EXPECT_EQ(list[1].id, "cuda:0");
  EXPECT_FALSE(list[1].available);  // whatever the caller has said
  EXPECT_EQ(list[1].reason, "no driver");
}

TEST(CpuBackend, SaysHowManyThreadsItUses) {
  EXPECT_NE(makeCpuBackend(1)->info().name.find(", 1 thread"), std::string::npos);
  EXPECT_EQ(makeCpuBackend(1)->info().name.find("threads"), std::string::npos);
  EXPECT_NE(makeCpuBackend(3)->info().name.find(", 3 threads"), std::string::npos);
}

TEST(CpuBackend, ItsHostMemoryIsWritable) {
  const auto backend = makeCpuBackend();
  const auto memory = backend->hostMemory(1000);
  EXPECT_EQ(memory->bytes(), 1000U);
  EXPECT_NE(memory->mutableData(), nullptr);
  EXPECT_GT(backend->memoryUsage().used, 0U);
  EXPECT_LT(backend->memoryUsage().used, backend->memoryUsage().limit);
}

}  // namespace
}  // namespace voxmark
