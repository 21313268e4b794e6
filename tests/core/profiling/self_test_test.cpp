#include "core/profiling/self_test.h"

#include <gtest/gtest.h>

#include "core/trace/trace.h"

namespace voxmark::profiling {
namespace {

/// Works for a while and notes how long that was.
class Busy final : public Scenario {
 public:
  using Scenario::Scenario;
  void prepare(JobContext&) override {}
  void run(JobContext&) override {
    const std::int64_t start = trace::now();
    while (trace::now() - start < 2'000'000) {
    }
    took = trace::now() - start;
  }
  void check() override {}
  void release() override {}
  std::int64_t took = 0;
};

TEST(SelfTest, ASlowedScenarioTakesAtLeastThatMuchLonger) {
  ScenarioInfo info;
  info.name = "busy";
  Busy busy(info);
  const auto slowed = makeSlowed(busy, 25);
  EXPECT_EQ(slowed->info().name, "busy");
  JobContext job;
  const std::int64_t start = trace::now();
  slowed->run(job);
  EXPECT_GE(static_cast<double>(trace::now() - start), 1.25 * static_cast<double>(busy.took));
}

TEST(SelfTest, MeasuresEveryScenarioBothWays) {
  SourceRegistry sources;
  BackendRegistry backends;
  addNativeReaders(sources);
  backends.add(makeCpuBackend(1));
  JobContext job;
  const SelfTest found = runSelfTest({sources, backends}, 10, 300, job);
  EXPECT_EQ(found.same.rows.size(), 3U);
  ASSERT_EQ(found.slowed.rows.size(), 3U);
  for (const ComparisonRow& row : found.slowed.rows) {
    EXPECT_GE(row.currentBlocks.size(), 10U) << row.name;
    EXPECT_TRUE(row.time.has_value()) << row.name;
  }
  EXPECT_EQ(found.overlooked(), found.slowed.count(VerdictState::Regressed) < 3);
}

}  // namespace
}  // namespace voxmark::profiling
