#include "core/profiling/process.h"

#include <thread>

#include <gtest/gtest.h>

#include "tests/core/io/io_test_support.h"

namespace voxmark::profiling {
namespace {

using testing::errorOf;

ProcessOutcome shell(const std::string& script, const std::map<std::string, std::string>& environment = {}) {
  JobContext job;
  return runProcess({"sh", "-c", script}, job, environment);
}

TEST(Process, GivesWhatItSaysAndEndsWith) {
  const ProcessOutcome outcome = shell("echo out; echo err >&2; exit 3");
  EXPECT_EQ(outcome.out, "out\n");
  EXPECT_EQ(outcome.error, "err\n");
  EXPECT_EQ(outcome.exitCode, 3);
  EXPECT_GT(outcome.realMs, 0);
  EXPECT_GT(outcome.peakRss, 100U << 10);
  EXPECT_EQ(failureText(outcome), "err");
  EXPECT_EQ(failureText(shell("exit 4")), "it ended with 4");
  EXPECT_EQ(failureText(shell("printf 'Traceback\\n  line\\nValueError: no\\n' >&2; exit 1")), "ValueError: no");
}

TEST(Process, ASignalIsAnExitCodeOfItsOwn) {
  EXPECT_EQ(shell("kill -9 $$").exitCode, 137);
}

TEST(Process, CountsTheTimeOfItsChildren) {
  const ProcessOutcome outcome = shell("n=0; while [ $n -lt 60000 ]; do n=$((n+1)); done");
  EXPECT_GT(outcome.cpuMs, 5);
  EXPECT_LE(outcome.cpuMs, outcome.realMs * 4);
}

TEST(Process, VariablesAreAddedAndReplaced) {
  EXPECT_EQ(shell("echo $MADE_UP $HOME", {{"MADE_UP", "a b"}, {"HOME", "/there"}}).out, "a b /there\n");
}

TEST(Process, MuchOutputDoesNotStopIt) {
  EXPECT_EQ(shell("head -c 3000000 /dev/zero; head -c 200000 /dev/zero >&2").out.size(), 3000000U);
}

TEST(Process, WhatIsNotThereIsAnError) {
  JobContext job;
  EXPECT_EQ(errorOf([&] { (void)runProcess({"no-such-program-anywhere"}, job); }), ErrorCode::NotFound);
  EXPECT_EQ(errorOf([&] { (void)runProcess({}, job); }), ErrorCode::Usage);
}

TEST(Process, EndsWhenCancelled) {
  auto token = std::make_shared<CancelToken>();
  JobContext job(token, {});
  std::thread stop([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    token->cancel();
  });
  EXPECT_THROW((void)runProcess({"sleep", "600"}, job), Cancelled);
  stop.join();
}

}  // namespace
}  // namespace voxmark::profiling
