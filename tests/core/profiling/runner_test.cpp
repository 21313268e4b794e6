#include "core/profiling/runner.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/parallel_for.h"
#include "core/memory/buffer_pool.h"

namespace voxmark::profiling {
namespace {

/// A scenario that writes down its calls and does what a test asks in each run.
class Scripted final : public Scenario {
 public:
  using Action = std::function<void(int run)>;
  Scripted(ScenarioInfo info, std::string& calls, Action onRun = {}, Action onCheck = {})
      : Scenario(std::move(info)), calls_(calls), onRun_(std::move(onRun)), onCheck_(std::move(onCheck)) {}
  void prepare(JobContext&) override { calls_ += 'p'; }
  void run(JobContext&) override {
    calls_ += 'r';
    ++runs_;
    if (onRun_) onRun_(runs_);
  }
  void check() override {
    calls_ += 'c';
    if (onCheck_) onCheck_(runs_);
  }
  void release() override { calls_ += 'x'; }
  [[nodiscard]] std::string label() const override { return "as told"; }

 private:
  std::string& calls_;
  Action onRun_, onCheck_;
  int runs_ = 0;
};

ScenarioInfo named(const std::string& name) {
  ScenarioInfo info;
  info.name = name;
  info.bytes = 1000;
  info.volumes = 1;
  return info;
}

const Preset kTiny{"tiny", 2, 3, 2};

TEST(Runner, WarmsUpAndThenRepeatsInBlocks) {
  std::string calls;
  ScenarioList list;
  list.push_back(std::make_unique<Scripted>(named("a"), calls));
  JobContext job;
  const auto results = runScenarios(list, kTiny, job);
  EXPECT_EQ(calls,
            "p"
            "rcrc"
            "rcrcrcrcrcrc"
            "x");
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(results[0].status, RunStatus::Done);
  EXPECT_EQ(results[0].scenario.name, "a");
  EXPECT_EQ(results[0].label, "as told");
  ASSERT_EQ(results[0].blocks.size(), 3U);
  for (const Block& block : results[0].blocks) {
    EXPECT_EQ(block.realMs.size(), 2U);
    EXPECT_EQ(block.cpuMs.size(), 2U);
  }
}

TEST(Runner, CountsWhatEachBlockCostAndNothingElse) {
  std::string calls;
  ScenarioList list;
  list.push_back(std::make_unique<Scripted>(named("a"), calls, [](int) {
    const trace::Scope scope("test stage", 7);
    trace::counters().bytesRead += 11;
    (void)BufferPool::global().acquire(std::uint64_t{3} << 20);
  }));
  JobContext job;
  const auto results = runScenarios(list, kTiny, job);
  ASSERT_EQ(results[0].blocks.size(), 3U);
  for (const Block& block : results[0].blocks) {
    EXPECT_EQ(block.counters.bytesRead, 22U);
    EXPECT_EQ(block.counters.bytesWritten, 0U);
    EXPECT_EQ(block.counters.allocations, 0U);  // the pool is warm
    EXPECT_EQ(block.poolHighWater, std::uint64_t{4} << 20);
    ASSERT_EQ(block.stages.size(), 1U);
    EXPECT_EQ(block.stages[0].name, "test stage");
    EXPECT_EQ(block.stages[0].calls, 2U);
    EXPECT_EQ(block.stages[0].bytes, 14U);
    if (block.peakRss) {
      EXPECT_GT(*block.peakRss, 0U);
    }
  }
}

TEST(Runner, AScenarioThatFailsBecomesAFailedResultAndTheNextOneRuns) {
  std::string failing, next;
  ScenarioList list;
  list.push_back(std::make_unique<Scripted>(named("bad"), failing,
                                            [](int) { throw Error(ErrorCode::Truncated, "v.nii: it ends"); }));
  list.push_back(std::make_unique<Scripted>(named("good"), next));
  JobContext job;
  const auto results = runScenarios(list, kTiny, job);
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(results[0].status, RunStatus::Failed);
  EXPECT_EQ(results[0].message, "v.nii: it ends");
  EXPECT_TRUE(results[0].blocks.empty());
  EXPECT_EQ(failing, "prx");
  EXPECT_EQ(results[1].status, RunStatus::Done);
}

TEST(Runner, AWrongResultFailsTheScenarioAndItsBlockIsNotKept) {
  std::string calls;
  ScenarioList list;
  list.push_back(std::make_unique<Scripted>(named("a"), calls, Scripted::Action{}, [](int run) {
    if (run == 5) throw Error(ErrorCode::Verification, "two reads gave different voxels");
  }));
  JobContext job;
  const auto results = runScenarios(list, kTiny, job);
  EXPECT_EQ(results[0].status, RunStatus::Failed);
  EXPECT_EQ(results[0].blocks.size(), 1U);  // runs 3 and 4
  EXPECT_EQ(calls.back(), 'x');
}

TEST(Runner, EvenAnExceptionOfNoKnownTypeIsAFailedResult) {
  std::string calls;
  ScenarioList list;
  list.push_back(std::make_unique<Scripted>(named("a"), calls, [](int) { throw 42; }));
  list.push_back(std::make_unique<Scripted>(named("b"), calls, [](int) { throw std::bad_alloc(); }));
  JobContext job;
  const auto results = runScenarios(list, kTiny, job);
  ASSERT_EQ(results.size(), 2U);
  for (const RunResult& result : results) {
    EXPECT_EQ(result.status, RunStatus::Failed);
    EXPECT_NE(result.message, "");
  }
}

TEST(Runner, WhatCannotRunIsSkippedWithItsReason) {
  ScenarioList list;
  ScenarioInfo info = named("a");
  info.reason = "there is no device";
  list.push_back(makeUnavailable(info));
  list.push_back(makeUnavailable(named("b")));
  JobContext job;
  const auto results = runScenarios(list, kTiny, job);
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(results[0].status, RunStatus::Skipped);
  EXPECT_EQ(results[0].message, "there is no device");
  EXPECT_EQ(results[1].status, RunStatus::Skipped);
  EXPECT_NE(results[1].message, "");
  EXPECT_THROW(list[0]->prepare(job), Error);
}

TEST(Runner, CancellingKeepsTheFinishedBlocksAndEndsWithoutThrowing) {
  std::string first, second;
  auto token = std::make_shared<CancelToken>();
  JobContext job(token, {});
  ScenarioList list;
  list.push_back(std::make_unique<Scripted>(named("a"), first, [&](int run) {
    if (run == 5) token->cancel();  // the first of the second block
  }));
  list.push_back(std::make_unique<Scripted>(named("b"), second));
  const auto results = runScenarios(list, kTiny, job);
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(results[0].status, RunStatus::Cancelled);
  EXPECT_EQ(results[0].blocks.size(), 1U);
  EXPECT_EQ(first.back(), 'x');
  EXPECT_EQ(second, "");
}

TEST(Runner, HooksHearRecordedRepetitionsAndEveryResult) {
  std::string calls;
  ScenarioList list;
  list.push_back(std::make_unique<Scripted>(named("a"), calls));
  list.push_back(std::make_unique<Scripted>(named("b"), calls, [](int) { throw std::runtime_error("no"); }));
  std::vector<Repetition> repetitions;
  std::vector<std::string> ended;
  RunnerHooks hooks;
  hooks.onRepetition = [&](const Repetition& repetition) { repetitions.push_back(repetition); };
  hooks.onResult = [&](const RunResult& result) { ended.push_back(result.scenario.name); };
  JobContext job;
  (void)runScenarios(list, kTiny, job, hooks);
  ASSERT_EQ(repetitions.size(), 6U);  // warm-ups are not heard
  for (const Repetition& repetition : repetitions) {
    EXPECT_EQ(repetition.scenario, "a");
    EXPECT_GT(repetition.ms, 0);
    EXPECT_NEAR(repetition.bytesPerSecond * repetition.ms / 1e3, 1000, 1e-6);
  }
  EXPECT_EQ(ended, (std::vector<std::string>{"a", "b"}));
}

TEST(Runner, RunsAsManyBlocksAgainWhileTheyDoNotTell) {
  const auto blocks = [](const std::function<bool(const RunResult&)>& undecided) {
    std::string calls;
    ScenarioList list;
    list.push_back(std::make_unique<Scripted>(named("a"), calls));
    RunnerHooks hooks;
    hooks.undecided = undecided;
    JobContext job;
    return runScenarios(list, kTiny, job, hooks)[0].blocks.size();
  };
  EXPECT_EQ(blocks([](const RunResult&) { return false; }), 3U);
  EXPECT_EQ(blocks([](const RunResult& result) { return result.blocks.size() < 5; }), 6U);
  EXPECT_EQ(blocks([](const RunResult&) { return true; }), 12U);  // four times as many, and no more
}

/// What it does outside of run is not measured.
class Untimed final : public Scenario {
 public:
  using Scenario::Scenario;
  void prepare(JobContext&) override {}
  void rewind(JobContext&) override { work(1000); }
  void run(JobContext&) override { work(1); }
  void check() override { work(100000); }
  void release() override {}
  [[nodiscard]] std::map<std::string, double> metrics() const override { return {{"max_error", 0.5}}; }

 private:
  static void work(std::uint64_t bytes) {
    const trace::Scope scope("test stage", bytes);
    trace::counters().bytesRead += bytes;
    if (bytes > 1) (void)BufferPool::global().acquire(std::uint64_t{40} << 20);
  }
};

TEST(Runner, CountsRunsAloneAndKeepsTheScenariosOwnNumbers) {
  ScenarioList list;
  list.push_back(std::make_unique<Untimed>(named("a")));
  JobContext job;
  const auto results = runScenarios(list, kTiny, job);
  ASSERT_EQ(results[0].blocks.size(), 3U);
  for (const Block& block : results[0].blocks) {
    EXPECT_EQ(block.counters.bytesRead, 2U);
    EXPECT_LT(block.poolHighWater, std::uint64_t{40} << 20);
    ASSERT_EQ(block.stages.size(), 1U);
    EXPECT_EQ(block.stages[0].calls, 2U);
    EXPECT_EQ(block.metrics.at("max_error"), 0.5);
  }
}

TEST(Runner, AScenarioRunsWithItsNumberOfThreads) {
  std::string calls;
  ScenarioInfo info = named("a");
  info.threads = defaultThreads() + 3;
  int seen = 0;
  ScenarioList list;
  list.push_back(std::make_unique<Scripted>(info, calls, [&](int) { seen = defaultThreads(); }));
  JobContext job;
  const int before = defaultThreads();
  (void)runScenarios(list, kTiny, job);
  EXPECT_EQ(seen, before + 3);
  EXPECT_EQ(defaultThreads(), before);
}

TEST(Runner, ReportsProgressOverAllScenarios) {
  std::string calls;
  ScenarioList list;
  list.push_back(std::make_unique<Scripted>(named("a"), calls));
  list.push_back(std::make_unique<Scripted>(named("b"), calls));
  std::vector<Progress> heard;
  JobContext job(std::make_shared<CancelToken>(), [&](const Progress& progress) { heard.push_back(progress); });
  (void)runScenarios(list, kTiny, job);
  ASSERT_FALSE(heard.empty());
  EXPECT_EQ(heard.front().phase, "a");
  EXPECT_EQ(heard.back().phase, "b");
  EXPECT_EQ(heard.back().fraction, 1);
}

}  // namespace
}  // namespace voxmark::profiling
