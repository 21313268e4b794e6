#include "core/profiling/interleaved.h"

#include <gtest/gtest.h>

#include "tests/core/profiling/recorded_pairs.h"

namespace voxmark::profiling {
namespace {

using testing::Making;
using testing::Seeded;

/// A side whose times come from a seed, which notes the order of the blocks in `order`.
class MadeUp final : public BlockRunner {
 public:
  MadeUp(char name, Making making, std::uint64_t seed, std::string& order)
      : name_(name), making_(making), random_(seed), order_(order) {
    making_.blocks = 1;
    result_.scenario.name = std::string(1, name);
  }
  bool start(JobContext&) override {
    return guarded([] {});
  }
  bool draw(JobContext& job) override {
    return guarded([&] {
      if (cancelAt && static_cast<int>(result_.blocks.size()) == 5) cancelAt->cancel();
      job.throwIfCancelled();
      if (failsAt > 0 && static_cast<int>(result_.blocks.size()) + 1 == failsAt) throw Error(ErrorCode::Io, "broken");
      order_ += name_;
      Block block;
      block.realMs = makeTimes(making_, random_);
      block.cpuMs = block.realMs;
      result_.blocks.push_back(std::move(block));
    });
  }
  void finish() override { order_ += '.'; }

  int failsAt = 0;
  std::shared_ptr<CancelToken> cancelAt;  ///< the sixth block

 private:
  char name_;
  Making making_;
  Seeded random_;
  std::string& order_;
};

struct Turns {
  PairResult pair;
  std::string order;
};

Turns run(double variation, double shift, std::uint64_t seed, const Preset& preset = {"p", 0, 20, 1}) {
  Turns out;
  Making still;
  still.variation = variation;
  Making moved = still;
  moved.shift = shift;
  MadeUp a('a', still, seed, out.order);
  MadeUp b('b', moved, seed + 1000, out.order);
  JobContext job;
  out.pair = runInterleaved(a, b, {preset, 5, seed}, job);
  return out;
}

TEST(Interleaved, SidesTakeTurnsInRandomOrder) {
  const Turns found = run(0.01, 0, 1);
  ASSERT_EQ(found.order.size(), 42U);
  int firsts = 0;
  for (std::size_t n = 0; n < 40; n += 2) {
    EXPECT_NE(found.order[n], found.order[n + 1]);
    firsts += found.order[n] == 'a';
  }
  EXPECT_GE(firsts, 4);
  EXPECT_LE(firsts, 16);
  EXPECT_NE(run(0.01, 0, 2).order, found.order);
  EXPECT_EQ(run(0.01, 0, 1).order, found.order);
  EXPECT_EQ(found.order.substr(40), "..");
}

TEST(Interleaved, DoublesTheBlocksWhileTheVerdictIsOpen) {
  EXPECT_EQ(run(0.005, 0, 1).pair.current.blocks.size(), 20U);
  EXPECT_EQ(run(0.005, 0.1, 1).pair.current.blocks.size(), 20U);
  EXPECT_EQ(run(0.8, 0, 1).pair.current.blocks.size(), 80U);
  std::size_t between = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) between += run(0.06, 0, seed).pair.baseline.blocks.size() == 40U;
  EXPECT_GT(between, 0U);
}

TEST(Interleaved, FindsASlowdownOfTenPercentInNoise) {
  int found = 0;
  int alarms = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const auto verdict = [&](double shift) {
      const PairResult pair = run(0.05, shift, seed).pair;
      std::vector<double> a, b;
      for (const Block& block : pair.baseline.blocks) a.push_back(block.medianMs());
      for (const Block& block : pair.current.blocks) b.push_back(block.medianMs());
      return judgeTimes(a, b).state;
    };
    found += verdict(0.1) == VerdictState::Regressed;
    alarms += verdict(0) == VerdictState::Regressed;
  }
  EXPECT_GE(found, 98);
  EXPECT_EQ(alarms, 0);
}

TEST(Interleaved, AFailureEndsBothAndKeepsWhatWasMeasured) {
  std::string order;
  MadeUp a('a', {}, 1, order);
  MadeUp b('b', {}, 2, order);
  b.failsAt = 4;
  JobContext job;
  const PairResult pair = runInterleaved(a, b, {{"p", 0, 20, 1}, 5, 1}, job);
  EXPECT_EQ(pair.current.status, RunStatus::Failed);
  EXPECT_EQ(pair.current.message, "broken");
  EXPECT_EQ(pair.current.blocks.size(), 3U);
  EXPECT_GE(pair.baseline.blocks.size(), 3U);
  EXPECT_EQ(order.substr(order.size() - 2), "..");
}

TEST(Interleaved, CancellingKeepsWhatWasMeasured) {
  std::string order;
  auto token = std::make_shared<CancelToken>();
  JobContext job(token, {});
  MadeUp a('a', {}, 1, order);
  MadeUp b('b', {}, 2, order);
  a.cancelAt = token;
  const PairResult pair = runInterleaved(a, b, {{"p", 0, 20, 1}, 5, 1}, job);
  EXPECT_TRUE(pair.baseline.status == RunStatus::Cancelled || pair.current.status == RunStatus::Cancelled);
  EXPECT_EQ(pair.baseline.blocks.size(), 5U);
  EXPECT_GE(pair.current.blocks.size(), 5U);
}

}  // namespace
}  // namespace voxmark::profiling
