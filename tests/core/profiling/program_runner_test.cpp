#include "core/profiling/program_runner.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "core/profiling/interleaved.h"
#include "tests/core/io/io_test_support.h"

namespace voxmark::profiling {
namespace {

using testing::errorOf;
using testing::TemporaryFolder;

/// A program that answers "bench run NAME … --output FILE" with one block, of a time that grows by `step` each call
/// from `first`, and keeps its arguments.
std::string program(const TemporaryFolder& folder, const std::string& name, double first, double step) {
  const std::string path = folder.write(
      name,
      "#!/bin/sh\n"
      "echo \"$@\" >> \"$0.calls\"\n"
      "scenario=$3\n"
      "for last; do :; done\n"
      "calls=$(wc -l < \"$0.calls\")\n"
      "time=$(awk \"BEGIN { print " +
          std::to_string(first) + " + " + std::to_string(step) +
          " * ($calls % 7) }\")\n"
          "printf '{\"benchmarks\": [{\"name\": \"%s\", \"real_time\": %s, \"cpu_time\": 1, \"time_unit\": \"ms\"}]}' "
          "\"$scenario\" \"$time\" > \"$last\"\n");
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  return path;
}

TEST(ProgramRunner, EachBlockIsAProcess) {
  const TemporaryFolder folder;
  const std::string path = program(folder, "build", 50, 0);
  const auto runner = makeProgramRunner({path, {"--file", "v.nii"}}, "load/x", 2, 3);
  JobContext job;
  ASSERT_TRUE(runner->start(job)) << runner->result().message;
  EXPECT_TRUE(runner->result().blocks.empty());
  ASSERT_TRUE(runner->draw(job));
  ASSERT_TRUE(runner->draw(job));
  runner->finish();
  EXPECT_EQ(runner->result().blocks.size(), 2U);
  EXPECT_EQ(runner->result().medianMs(), 50);
  const std::string calls = testing::contentsOf(path + ".calls");
  EXPECT_EQ(std::count(calls.begin(), calls.end(), '\n'), 3);
  EXPECT_EQ(calls.rfind("bench run load/x --file v.nii --blocks 1 --warm-ups 2 --repetitions 3 --output ", 0), 0U)
      << calls;
}

TEST(ProgramRunner, ABuildWithASlowerLoopIsCaughtAndTheSameBuildIsNot) {
  const TemporaryFolder folder;
  const auto verdict = [&](double baseline, double current) {
    const auto a = makeProgramRunner({program(folder, "a" + std::to_string(current), baseline, 0.2), {}}, "x", 0, 1);
    const auto b = makeProgramRunner({program(folder, "b" + std::to_string(current), current, 0.2), {}}, "x", 0, 1);
    JobContext job;
    const PairResult pair = runInterleaved(*a, *b, {{"p", 0, 10, 1}, 5, 1}, job);
    std::vector<double> before, after;
    for (const Block& block : pair.baseline.blocks) before.push_back(block.medianMs());
    for (const Block& block : pair.current.blocks) after.push_back(block.medianMs());
    return judgeTimes(before, after).state;
  };
  EXPECT_EQ(verdict(50, 55), VerdictState::Regressed);
  EXPECT_EQ(verdict(50, 50), VerdictState::Pass);
}

TEST(ProgramRunner, WhatGoesWrongThereIsToldHere) {
  const TemporaryFolder folder;
  JobContext job;
  const std::string failing = folder.write("failing", "#!/bin/sh\necho 'voxmark: v.nii: it ends' >&2\nexit 2\n");
  std::filesystem::permissions(failing, std::filesystem::perms::owner_all);
  const auto runner = makeProgramRunner({failing, {}}, "load/x", 0, 1);
  EXPECT_FALSE(runner->start(job));
  EXPECT_EQ(runner->result().status, RunStatus::Failed);
  EXPECT_NE(runner->result().message.find("it ends"), std::string::npos) << runner->result().message;
  const auto absent = makeProgramRunner({folder.file("absent"), {}}, "load/x", 0, 1);
  EXPECT_FALSE(absent->start(job));
  EXPECT_EQ(absent->result().status, RunStatus::Failed);
}

}  // namespace
}  // namespace voxmark::profiling
