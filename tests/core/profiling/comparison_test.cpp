#include "core/profiling/comparison.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include "tests/core/io/io_test_support.h"
#include "tests/core/profiling/recorded_pairs.h"

namespace voxmark::profiling {
namespace {

using testing::makeEnvironment;
using testing::makeResult;
using testing::Making;
using testing::Seeded;

const std::vector<std::string> kNames{"load/nii_gz/i16/256x256x256/warm", "crop/nii/i16/64x64x64",
                                      "normalise/zscore/f32/256x256x256/cpu", "save/nii_gz/i16/256x256x256",
                                      "resample/linear/f32/128x128x128/cpu"};
const ExitRules kAll{true, true, true};
const ExitRules kRegression{false, true, false};

struct Pair {
  ResultFile baseline;
  ResultFile current;
};

Pair makePair(const Making& before, const Making& after, std::uint64_t seed) {
  Seeded random(seed);
  Pair out{{"a.json", makeEnvironment(), {}}, {"b.json", makeEnvironment(), {}}};
  for (const std::string& name : kNames) {
    out.baseline.results.push_back(makeResult(name, before, random));
    out.current.results.push_back(makeResult(name, after, random));
  }
  return out;
}

Pair makePair(double variation, double shift, std::uint64_t seed) {
  Making before;
  before.variation = variation;
  Making after = before;
  after.shift = shift;
  return makePair(before, after, seed);
}

struct Share {
  double regressed = 0;  ///< of all scenarios
  int alarms = 0;        ///< files that exit with 1
};

Share shareOf(const std::function<Pair(std::uint64_t)>& make, int pairs = 200) {
  Share out;
  for (int n = 0; n < pairs; ++n) {
    const Pair pair = make(static_cast<std::uint64_t>(n) + 1);
    const Comparison found = compareResults(pair.baseline, pair.current);
    out.regressed += static_cast<double>(found.count(VerdictState::Regressed)) / static_cast<double>(found.rows.size());
    out.alarms += exitCode(found, kRegression) == 1;
  }
  out.regressed /= pairs;
  return out;
}

TEST(Comparison, NoAlarmWhereNothingChanged) {
  for (const double variation : {0.02, 0.05}) {
    EXPECT_EQ(shareOf([&](std::uint64_t seed) { return makePair(variation, 0, seed); }).alarms, 0) << variation;
    EXPECT_EQ(shareOf([&](std::uint64_t seed) { return makePair(variation, -0.1, seed); }).alarms, 0) << variation;
  }
}

TEST(Comparison, FindsFivePercentInQuietTimesAndTenInNoisyOnes) {
  EXPECT_GE(shareOf([](std::uint64_t seed) { return makePair(0.02, 0.05, seed); }).regressed, 0.9);
  EXPECT_GE(shareOf([](std::uint64_t seed) { return makePair(0.02, 0.10, seed); }).regressed, 0.99);
  EXPECT_GE(shareOf([](std::uint64_t seed) { return makePair(0.05, 0.10, seed); }).regressed, 0.9);
}

TEST(Comparison, HalfTheToleranceIsHardlyEverAnAlarm) {
  EXPECT_LE(shareOf([](std::uint64_t seed) { return makePair(0.02, 0.025, seed); }).regressed, 0.04);
  EXPECT_LE(shareOf([](std::uint64_t seed) { return makePair(0.05, 0.025, seed); }).regressed, 0.04);
}

TEST(Comparison, DriftOutliersAndTwoModesOnBothSidesRaiseNoAlarm) {
  std::vector<Making> kinds(3);
  kinds[0].drift = 0.06;
  kinds[1].outlierShare = 0.15;
  kinds[2].secondModeShare = 0.5;
  for (const Making& making : kinds) {
    EXPECT_EQ(shareOf([&](std::uint64_t seed) { return makePair(making, making, seed); }).alarms, 0);
  }
}

TEST(Comparison, OutliersHideNoSlowdown) {
  Making before;
  before.outlierShare = 0.1;
  Making after = before;
  after.shift = 0.1;
  EXPECT_GE(shareOf([&](std::uint64_t seed) { return makePair(before, after, seed); }).regressed, 0.9);
}

TEST(Comparison, SaysWhatTheTimesLookLike) {
  Making steady;
  Making rising;
  rising.drift = 0.3;
  const Pair pair = makePair(steady, rising, 5);
  const Comparison found = compareResults(pair.baseline, pair.current);
  for (const ComparisonRow& row : found.rows) {
    EXPECT_NE(std::find(row.notes.begin(), row.notes.end(), "current: times rise while it ran"), row.notes.end());
  }
}

TEST(Comparison, ToldFromWaitingByTheProcessorsTime) {
  Pair pair = makePair(0.02, 0.2, 5);
  const std::string note = "its processor time has not grown: it waited, for the disk or for other programs";
  const auto noted = [&] {
    const auto notes = compareResults(pair.baseline, pair.current).rows[0].notes;
    return std::count(notes.begin(), notes.end(), note);
  };
  EXPECT_EQ(noted(), 0);
  for (ResultFile* file : {&pair.baseline, &pair.current}) {
    for (Block& block : file->results[0].blocks) block.cpuMs = {10};
  }
  EXPECT_EQ(noted(), 1);
  EXPECT_EQ(compareResults(pair.baseline, pair.current).rows[0].state, VerdictState::Regressed);
}

TEST(Comparison, AScenarioThatIsGoneIsAnErrorOfItsOwn) {
  Pair pair = makePair(0.02, 0.2, 1);
  pair.current.results.erase(pair.current.results.begin() + 1);
  const Comparison found = compareResults(pair.baseline, pair.current);
  EXPECT_EQ(found.rows[1].state, VerdictState::Missing);
  EXPECT_EQ(found.rows[1].name, kNames[1]);
  EXPECT_EQ(exitCode(found, {}), 4);
  EXPECT_EQ(exitCode(found, kRegression), 4);
}

TEST(Comparison, AScenarioThatFailedIsToo) {
  for (const bool onBaseline : {false, true}) {
    Pair pair = makePair(0.02, 0, 1);
    RunResult& result = (onBaseline ? pair.baseline : pair.current).results[2];
    result.status = RunStatus::Failed;
    result.message = "v.nii: it ends";
    const Comparison found = compareResults(pair.baseline, pair.current);
    EXPECT_EQ(found.rows[2].state, VerdictState::Errored);
    ASSERT_EQ(found.rows[2].reasons.size(), 1U);
    EXPECT_NE(found.rows[2].reasons[0].find("it ends"), std::string::npos);
    EXPECT_EQ(exitCode(found, {}), 4);
  }
}

TEST(Comparison, WhatCouldRunOnNeitherSideIsNoFailure) {
  Pair pair = makePair(0.02, 0, 1);
  for (ResultFile* file : {&pair.baseline, &pair.current}) {
    file->results[0].status = RunStatus::Skipped;
    file->results[0].blocks.clear();
  }
  const Comparison found = compareResults(pair.baseline, pair.current);
  EXPECT_EQ(found.rows[0].state, VerdictState::Skipped);
  EXPECT_EQ(exitCode(found, kRegression), 0);
  pair.current.results[0].status = RunStatus::Failed;
  EXPECT_EQ(exitCode(compareResults(pair.baseline, pair.current), {}), 4);
}

TEST(Comparison, WhatOnlyTheCurrentRunHasIsNew) {
  Pair pair = makePair(0.02, 0, 1);
  pair.baseline.results.pop_back();
  const Comparison found = compareResults(pair.baseline, pair.current);
  EXPECT_EQ(found.rows.back().state, VerdictState::New);
  EXPECT_EQ(exitCode(found, kAll), 0);
}

TEST(Comparison, AnotherMachineMattersWhereAskedFor) {
  Pair pair = makePair(0.02, 0.2, 1);
  pair.current.environment = makeEnvironment("office", "Xeon");
  const Comparison found = compareResults(pair.baseline, pair.current);
  EXPECT_FALSE(found.environmentMatches());
  EXPECT_EQ(found.environment[0].label, "machine");
  EXPECT_EQ(found.environment[0].baseline, "reading-room");
  EXPECT_EQ(found.environment[0].current, "office");
  EXPECT_EQ(exitCode(found, {}), 0);
  EXPECT_EQ(exitCode(found, kRegression), 1);
  EXPECT_EQ(exitCode(found, kAll), 5);
}

TEST(Comparison, ExitCodesHaveTheirOrder) {
  Pair pair = makePair(0.02, 0, 1);
  EXPECT_EQ(exitCode(compareResults(pair.baseline, pair.current), kAll), 0);
  Making wild;
  wild.variation = 0.5;
  Seeded random(9);
  pair.current.results[0] = makeResult(kNames[0], wild, random);
  ASSERT_EQ(compareResults(pair.baseline, pair.current).rows[0].state, VerdictState::Inconclusive);
  EXPECT_EQ(exitCode(compareResults(pair.baseline, pair.current), {}), 0);
  EXPECT_EQ(exitCode(compareResults(pair.baseline, pair.current), kAll), 3);
  Making slow;
  slow.shift = 0.3;
  pair.current.results[1] = makeResult(kNames[1], slow, random);
  EXPECT_EQ(exitCode(compareResults(pair.baseline, pair.current), {}), 0);
  EXPECT_EQ(exitCode(compareResults(pair.baseline, pair.current), kAll), 1);
  pair.current.results.pop_back();
  EXPECT_EQ(exitCode(compareResults(pair.baseline, pair.current), kAll), 4);
  pair.current.environment["num_cpus"] = "4";
  EXPECT_EQ(exitCode(compareResults(pair.baseline, pair.current), kAll), 5);
}

TEST(Comparison, MemoryMustGrowByBothLimits) {
  const auto with = [](std::uint64_t before, std::uint64_t after) {
    Pair pair = makePair(0.02, 0, 1);
    for (Block& block : pair.baseline.results[0].blocks) block.peakRss = before;
    for (Block& block : pair.current.results[0].blocks) block.peakRss = after;
    return compareResults(pair.baseline, pair.current).rows[0];
  };
  constexpr std::uint64_t kMiB = 1 << 20;
  EXPECT_EQ(with(100 * kMiB, 106 * kMiB).state, VerdictState::Regressed);
  EXPECT_EQ(with(100 * kMiB, 105 * kMiB).state, VerdictState::Pass);  // 5 %, not more
  EXPECT_EQ(with(20 * kMiB, 24 * kMiB).state, VerdictState::Pass);    // 20 %, but 4 MiB, not more
  EXPECT_EQ(with(20 * kMiB, 25 * kMiB).state, VerdictState::Regressed);
  EXPECT_EQ(with(100 * kMiB, 50 * kMiB).state, VerdictState::Pass);
  EXPECT_NE(with(100 * kMiB, 106 * kMiB).reasons[0].find("peak_rss"), std::string::npos);
}

TEST(Comparison, ExactCountersMustBeEqual) {
  Pair pair = makePair(0.02, -0.1, 1);
  pair.current.results[3].blocks[7].counters.bytesRead += 1;
  const Comparison found = compareResults(pair.baseline, pair.current);
  EXPECT_EQ(found.rows[3].state, VerdictState::Regressed);
  EXPECT_NE(found.rows[3].reasons[0].find("bytes_read changed from 1048928 to 1048929"), std::string::npos)
      << found.rows[3].reasons[0];
  EXPECT_EQ(exitCode(found, kRegression), 1);
  // What is not the same in the baseline's own blocks is not exact.
  pair.baseline.results[3].blocks[2].counters.bytesRead += 5;
  EXPECT_EQ(compareResults(pair.baseline, pair.current).rows[3].state, VerdictState::Pass);
}

TEST(Comparison, ScenariosCanHaveTolerancesOfTheirOwn) {
  Pair pair = makePair(0.02, 0.06, 2);
  pair.baseline.results[0].scenario.tolerancePercent = 20;
  const auto states = [&](const CompareOptions& options) {
    const Comparison found = compareResults(pair.baseline, pair.current, options);
    return std::pair(found.rows[0].state, found.rows[1].state);
  };
  using S = VerdictState;
  EXPECT_EQ(states({}), std::pair(S::Pass, S::Regressed));
  EXPECT_EQ(states({5, true, {}}), std::pair(S::Regressed, S::Regressed));
  EXPECT_EQ(states({5, true, {{"*", 20}, {"load/*", 5}}}), std::pair(S::Regressed, S::Pass));
}

TEST(Comparison, OtherUnitsAreTheSameTimes) {
  const testing::TemporaryFolder folder;
  const auto file = [&](const char* name, double scale, const char* unit) {
    nlohmann::json rows = nlohmann::json::array();
    Seeded random(21);
    Making making;
    for (const double time : makeTimes(making, random)) {
      rows.push_back({{"name", "BM_Copy/8"},
                      {"run_type", "iteration"},
                      {"iterations", 5},
                      {"real_time", time * scale},
                      {"cpu_time", time * scale},
                      {"time_unit", unit}});
    }
    return readResultFile(folder.write(name, nlohmann::json{{"benchmarks", rows}}.dump()));
  };
  const Comparison found = compareResults(file("a.json", 1, "ms"), file("b.json", 1e6, "ns"));
  ASSERT_EQ(found.rows.size(), 1U);
  EXPECT_EQ(found.rows[0].state, VerdictState::Pass);
  EXPECT_NEAR(found.rows[0].time->estimate.ratio, 1, 1e-9);
}

TEST(Comparison, ATimeOfZeroCannotBeCompared) {
  Pair pair = makePair(0.02, 0, 1);
  pair.current.results[0].blocks[3].realMs = {0};
  const Comparison found = compareResults(pair.baseline, pair.current);
  EXPECT_EQ(found.rows[0].state, VerdictState::Errored);
  EXPECT_EQ(exitCode(found, {}), 4);
}

TEST(Comparison, NeedsABaselineAndATolerance) {
  Pair pair = makePair(0.02, 0, 1);
  EXPECT_THROW((void)compareResults(pair.baseline, pair.current, {0, true, {}}), Error);
  EXPECT_THROW((void)compareResults(pair.baseline, pair.current, {5, true, {{"load*", -1}}}), Error);
  pair.baseline.results.clear();
  EXPECT_EQ(testing::errorOf([&] { (void)compareResults(pair.baseline, pair.current); }), ErrorCode::Format);
}

TEST(Comparison, IsWrittenAsJson) {
  Pair pair = makePair(0.02, 0.1, 1);
  pair.current.results.pop_back();
  pair.baseline.results[0].blocks.resize(1);  // no bounds: JSON cannot hold what is infinite
  const Comparison found = compareResults(pair.baseline, pair.current);
  const auto json = nlohmann::json::parse(comparisonJson(found, kRegression));
  EXPECT_EQ(json.at("exitCode"), 4);
  EXPECT_EQ(json.at("summary").at("missing"), 1);
  EXPECT_EQ(json.at("scenarios").size(), kNames.size());
  EXPECT_TRUE(json.at("scenarios")[0].at("time").at("high").is_null());
  EXPECT_EQ(json.at("scenarios")[0].at("verdict"), "inconclusive");
  EXPECT_EQ(json.at("scenarios")[1].at("verdict"), "regressed");
  EXPECT_NEAR(json.at("scenarios")[1].at("time").at("ratio").get<double>(), 1.1, 0.03);
  EXPECT_EQ(json.at("scenarios")[1].at("current").at("blocks"), 20);
  EXPECT_EQ(json.at("scenarios")[4].at("verdict"), "missing");
}

}  // namespace
}  // namespace voxmark::profiling
