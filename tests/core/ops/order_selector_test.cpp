#include "core/ops/order_selector.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "core/base/simd_level.h"

namespace voxmark {
namespace {

constexpr std::size_t kMany = 700001;  // enough for brackets

template <typename T>
int bitsOf() {
  return static_cast<int>(8 * sizeof(T));
}

/// Shows the values to a selector, in pieces of odd lengths and from several threads, until it has found what it wants.
template <typename T>
std::vector<OrderBetween> select(const std::vector<T>& values, const std::vector<double>& percents, int* sweeps) {
  OrderSelector selector(bitsOf<T>(), percents, values.size());
  *sweeps = 0;
  do {
    ++*sweeps;
    std::vector<std::thread> threads;
    for (std::size_t part = 0; part < 3; ++part) {
      threads.emplace_back([&, part] {
        const std::size_t end = values.size() * (part + 1) / 3;
        for (std::size_t at = values.size() * part / 3; at < end;) {
          const std::size_t count = std::min<std::size_t>(end - at, 1 + (at * 7919) % 8191);
          selector.add(values.data() + at, count);
          at += count;
        }
      });
    }
    for (auto& thread : threads) thread.join();
  } while (selector.next());
  return selector.template found<T>();
}

/// Compares with all values sorted; gives the number of sweeps.
template <typename T>
int expectSorted(const std::vector<T>& values, const std::vector<double>& percents) {
  int sweeps = 0;
  const auto found = select(values, percents, &sweeps);
  std::vector<T> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(found.size(), percents.size());
  for (std::size_t n = 0; n < found.size(); ++n) {
    const double position = percents[n] / 100 * static_cast<double>(sorted.size() - 1);
    const auto low = static_cast<std::size_t>(std::floor(position));
    EXPECT_EQ(found[n].low, static_cast<double>(sorted[low])) << percents[n] << " %";
    EXPECT_EQ(found[n].high, static_cast<double>(sorted[std::min(low + 1, sorted.size() - 1)])) << percents[n] << " %";
    EXPECT_DOUBLE_EQ(found[n].share, position - std::floor(position));
  }
  return sweeps;
}

template <typename T>
class OrderSelectorOf : public ::testing::Test {
 protected:
  void TearDown() override { setSimdLevel(supportedSimdLevel()); }
  /// About 0, with a third of them exactly there, as images have.
  static std::vector<T> imageLike(std::size_t count) {
    std::mt19937 random(7);
    std::normal_distribution<double> normal(0, 1e5);
    std::vector<T> out(count);
    for (std::size_t n = 0; n < count; ++n) {
      const double value = n % 3 == 0 ? 0 : normal(random) + (std::is_unsigned_v<T> ? 1e6 : 0);
      out[n] = static_cast<T>(value);
    }
    return out;
  }
};

using Types = ::testing::Types<float, double, std::int32_t, std::uint32_t>;
TYPED_TEST_SUITE(OrderSelectorOf, Types);

TYPED_TEST(OrderSelectorOf, FindsTheSortedValuesInFewSweeps) {
  const auto values = this->imageLike(kMany);
  EXPECT_EQ(expectSorted(values, {1, 99}), 2);
  EXPECT_LE(expectSorted(values, {50, 100}), 3);
  EXPECT_EQ(expectSorted(values, {0.001, 99.999}), 2);
  // At and about the ends of the values that are equal, which the sample cannot tell from their neighbours.
  for (const double percent : {33.2, 33.3, 33.33, 33.4, 66.6, 66.7}) EXPECT_LE(expectSorted(values, {percent}), 3);
}

TYPED_TEST(OrderSelectorOf, FindsTheSameWithAnyInstructions) {
  const auto values = this->imageLike(kMany);
  for (const SimdLevel level : {SimdLevel::Baseline, SimdLevel::Avx2, SimdLevel::Avx512}) {
    if (level > supportedSimdLevel()) continue;
    setSimdLevel(level);
    EXPECT_LE(expectSorted(values, {2, 50}), 3);
  }
}

TYPED_TEST(OrderSelectorOf, TakesManyPercentsFewValuesAndConstantsToo) {
  const auto values = this->imageLike(kMany);
  (void)expectSorted(values, {0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100});
  (void)expectSorted(this->imageLike(1000), {1, 50, 99});
  (void)expectSorted(this->imageLike(1), {50});
  EXPECT_EQ(expectSorted(std::vector<TypeParam>(kMany, TypeParam{3}), {1, 50}), 2);
  int sweeps = 0;
  EXPECT_TRUE(select(std::vector<TypeParam>{}, {50}, &sweeps).empty());
}

TYPED_TEST(OrderSelectorOf, HoldsAtTheEndsOfTheRange) {
  auto values = this->imageLike(kMany);
  using Limits = std::numeric_limits<TypeParam>;
  for (std::size_t n = 0; n < values.size(); n += 5) values[n] = n % 2 == 0 ? Limits::max() : Limits::lowest();
  EXPECT_LE(expectSorted(values, {0, 95}), 3);
  EXPECT_LE(expectSorted(values, {5, 100}), 3);
}

/// What is shown in the second sweep is not what the sample came from: brackets miss, and that is noticed.
TEST(BracketSelector, NoticesThatTheSampleHasMisledIt) {
  std::vector<float> low(kMany), high(kMany);
  for (std::size_t n = 0; n < kMany; ++n) {
    low[n] = static_cast<float>(n % 1000);
    high[n] = static_cast<float>(n % 1000) + 5000;
  }
  BracketSelector selector(32, {50}, kMany);
  selector.add(low.data(), low.size());
  ASSERT_EQ(selector.next(), BracketSelector::Outcome::Again);
  auto outcome = BracketSelector::Outcome::Again;
  for (int sweep = 0; sweep < 5 && outcome == BracketSelector::Outcome::Again; ++sweep) {
    selector.add(high.data(), high.size());
    outcome = selector.next();
  }
  EXPECT_EQ(outcome, BracketSelector::Outcome::Failed);
}

TEST(OrderSelector, StartsAgainWhereTheSampleHasMisledIt) {
  std::vector<float> low(kMany, 1.0F), high(kMany);
  for (std::size_t n = 0; n < kMany; ++n) high[n] = static_cast<float>(n);
  OrderSelector selector(32, {50}, kMany);
  selector.add(low.data(), low.size());
  int sweeps = 0;
  while (selector.next()) {
    ++sweeps;
    selector.add(high.data(), high.size());
  }
  EXPECT_GT(sweeps, 1);
  EXPECT_EQ(selector.found<float>().at(0).low, static_cast<double>(kMany / 2));
}

}  // namespace
}  // namespace voxmark
