#include "core/profiling/run_result.h"

#include <gtest/gtest.h>

namespace voxmark::profiling {
namespace {

Block blockOf(std::vector<double> ms) {
  Block block;
  block.cpuMs = ms;
  block.realMs = std::move(ms);
  return block;
}

TEST(RunResult, IsTheMedianOfItsBlocksMedians) {
  RunResult result;
  result.scenario.bytes = 1000000;
  result.scenario.volumes = 2;
  result.blocks = {blockOf({1, 2, 90}), blockOf({4, 3, 5}), blockOf({10, 30, 20})};
  EXPECT_EQ(result.blocks[0].medianMs(), 2);
  EXPECT_EQ(result.blocks[0].cpuMedianMs(), 2);
  EXPECT_EQ(result.medianMs(), 4);
  EXPECT_EQ(result.minMs(), 1);
  EXPECT_EQ(result.maxMs(), 90);
  EXPECT_DOUBLE_EQ(result.bytesPerSecond(), 2.5e8);
  EXPECT_DOUBLE_EQ(result.volumesPerSecond(), 500);
}

TEST(RunResult, WithoutBlocksIsZeroEverywhere) {
  const RunResult result;
  EXPECT_EQ(result.medianMs(), 0);
  EXPECT_EQ(result.minMs(), 0);
  EXPECT_EQ(result.maxMs(), 0);
  EXPECT_EQ(result.bytesPerSecond(), 0);
  EXPECT_EQ(result.volumesPerSecond(), 0);
  EXPECT_EQ(result.peakRss(), std::nullopt);
  EXPECT_EQ(Block{}.medianMs(), 0);
}

TEST(RunResult, ItsPeakIsTheLargestThatCouldBeMeasured) {
  RunResult result;
  result.blocks.resize(3);
  EXPECT_EQ(result.peakRss(), std::nullopt);
  result.blocks[0].peakRss = 5;
  result.blocks[2].peakRss = 9;
  EXPECT_EQ(result.peakRss(), 9U);
}

TEST(RunResult, StatusesHaveNames) {
  EXPECT_EQ(statusName(RunStatus::Done), "done");
  EXPECT_EQ(statusName(RunStatus::Failed), "failed");
  EXPECT_EQ(statusName(RunStatus::Skipped), "skipped");
  EXPECT_EQ(statusName(RunStatus::Cancelled), "cancelled");
}

}  // namespace
}  // namespace voxmark::profiling
