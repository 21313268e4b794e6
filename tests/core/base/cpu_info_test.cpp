#include "core/base/cpu_info.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include <gtest/gtest.h>
#include <sched.h>
#include <unistd.h>

namespace voxmark {
namespace {

TEST(CpuInfo, AgreesWithTheOperatingSystem) {
  const CpuInfo& info = cpuInfo();
  const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  const auto memory = static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) * page;
  EXPECT_NEAR(static_cast<double>(info.memoryBytes), static_cast<double>(memory), 0.01 * static_cast<double>(memory));
  EXPECT_GE(info.logicalCores, 1);
  EXPECT_LE(info.logicalCores, sysconf(_SC_NPROCESSORS_CONF));
  EXPECT_EQ(info.kernel.rfind("Linux ", 0), 0U) << info.kernel;
  EXPECT_EQ(&info, &cpuInfo());
}

TEST(CpuInfo, NamesOnlyInstructionSetsThatItKnows) {
  const std::vector<std::string> known{"sse4.2", "avx2", "fma", "f16c", "avx512f", "avx512bw", "avx512bf16"};
  for (const std::string& feature : cpuInfo().features) {
    EXPECT_NE(std::find(known.begin(), known.end(), feature), known.end()) << feature;
  }
}

TEST(Memory, AvailableIsPartOfPhysical) {
  EXPECT_GT(availableMemory(), 0U);
  EXPECT_LE(availableMemory(), cpuInfo().memoryBytes);
}

TEST(Memory, ResidentGrowsWithWhatIsTouched) {
  constexpr std::size_t kBytes = std::size_t{64} << 20;
  const std::uint64_t before = residentMemory();
  EXPECT_GT(before, 0U);
  std::vector<char> block(kBytes);
  std::memset(block.data(), 1, block.size());
  volatile const char* seen = block.data();  // keeps the block from being left out
  EXPECT_EQ(seen[kBytes - 1], 1);
  EXPECT_GE(residentMemory(), before + kBytes / 2);
}

}  // namespace
}  // namespace voxmark
