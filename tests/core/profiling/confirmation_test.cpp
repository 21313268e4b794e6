#include "core/profiling/confirmation.h"

#include <gtest/gtest.h>

#include "tests/core/profiling/recorded_pairs.h"

namespace voxmark::profiling {
namespace {

Comparison session(double first, double second, std::uint64_t seed) {
  testing::Seeded random(seed);
  testing::Making still;
  ResultFile a{"a", testing::makeEnvironment(), {}};
  ResultFile b = a;
  for (const auto& [name, shift] : {std::pair{"load", first}, {"crop", second}}) {
    testing::Making moved = still;
    moved.shift = shift;
    a.results.push_back(makeResult(name, still, random));
    b.results.push_back(makeResult(name, moved, random));
  }
  return compareResults(a, b);
}

TEST(Confirmation, AsksForWhatHasRegressed) {
  EXPECT_EQ(toConfirm(session(0.2, 0, 1)), (std::vector<std::string>{"load"}));
  EXPECT_TRUE(toConfirm(session(0, -0.2, 1)).empty());
}

TEST(Confirmation, KeepsWhatIsThereTwiceAndTakesBackWhatIsNot) {
  const Comparison found = confirmed(session(0.2, 0.2, 1), session(0.2, 0, 2));
  EXPECT_EQ(found.rows[0].state, VerdictState::Regressed);
  EXPECT_EQ(found.rows[0].notes.back().rfind("confirmed by a second session: +", 0), 0U);
  EXPECT_EQ(found.rows[1].state, VerdictState::Inconclusive);
  EXPECT_NE(found.rows[1].reasons.back().find("did not confirm"), std::string::npos);
  EXPECT_EQ(exitCode(found, {false, true, false}), 1);
}

TEST(Confirmation, ASessionWithoutTheScenarioConfirmsNothing) {
  Comparison empty;
  const Comparison found = confirmed(session(0.2, 0, 1), empty);
  EXPECT_EQ(found.rows[0].state, VerdictState::Inconclusive);
  EXPECT_EQ(found.rows[1].state, VerdictState::Pass);
}

}  // namespace
}  // namespace voxmark::profiling
