#include "core/volume/region.h"

#include <limits>

#include <gtest/gtest.h>

namespace voxmark {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

const Region kWhole = wholeOf({10, 20, 30});

TEST(Region, CountsItsVoxelsAndKnowsItsEnd) {
  const Region region{{1, 2, 3}, {4, 5, 6}};
  EXPECT_EQ(region.voxels(), 120);
  EXPECT_EQ(region.end(), (Index3{5, 7, 9}));
  EXPECT_FALSE(region.empty());
  EXPECT_TRUE((Region{{0, 0, 0}, {4, 0, 6}}).empty());
  EXPECT_TRUE((Region{{0, 0, 0}, {4, -1, 6}}).empty());
  EXPECT_EQ(toString(region), "1,2,3,4,5,6");
}

TEST(Region, ContainsWhatLiesBetweenStartAndEnd) {
  const Region region{{1, 2, 3}, {4, 5, 6}};
  EXPECT_TRUE(region.contains(Index3{1, 2, 3}));
  EXPECT_TRUE(region.contains(Index3{4, 6, 8}));
  EXPECT_FALSE(region.contains(Index3{5, 6, 8}));
  EXPECT_FALSE(region.contains(Index3{0, 2, 3}));
  EXPECT_TRUE(kWhole.contains(region));
  EXPECT_TRUE(kWhole.contains(kWhole));
  EXPECT_FALSE(region.contains(kWhole));
  EXPECT_FALSE(kWhole.contains(Region{{9, 0, 0}, {2, 1, 1}}));
  EXPECT_FALSE(kWhole.contains(Region{{-1, 0, 0}, {2, 1, 1}}));
}

TEST(Region, NumbersBeyondTheIntegersDoNotWrapIntoIt) {
  EXPECT_FALSE(kWhole.contains(Region{{kMost, 0, 0}, {1, 1, 1}}));
  EXPECT_FALSE(kWhole.contains(Region{{1, 0, 0}, {kMost, 1, 1}}));
  EXPECT_FALSE(kWhole.contains(Region{{kMost, kMost, kMost}, {kMost, kMost, kMost}}));
  EXPECT_FALSE(kWhole.contains(Region{{kLeast, 0, 0}, {kMost, 1, 1}}));
  EXPECT_FALSE((Region{{5, 5, 5}, {kMost, kMost, kMost}}).contains(Index3{4, 5, 5}));
  EXPECT_TRUE((Region{{5, 5, 5}, {kMost, kMost, kMost}}).contains(Index3{6, 7, kMost}));
}

TEST(Region, ASizeBelowZeroIsContainedNowhere) {
  EXPECT_FALSE(kWhole.contains(Region{{5, 5, 5}, {-1, 1, 1}}));
  EXPECT_FALSE(kWhole.contains(Region{{5, 5, 5}, {kLeast, 1, 1}}));
}

TEST(Region, IntersectingClips) {
  EXPECT_EQ(intersect(kWhole, {{5, -3, 29}, {100, 5, 10}}), (Region{{5, 0, 29}, {5, 2, 1}}));
  EXPECT_EQ(intersect({{5, -3, 29}, {100, 5, 10}}, kWhole), (Region{{5, 0, 29}, {5, 2, 1}}));
  EXPECT_TRUE(intersect(kWhole, {{10, 0, 0}, {1, 1, 1}}).empty());
  EXPECT_TRUE(intersect(kWhole, {{-5, 0, 0}, {5, 1, 1}}).empty());
  EXPECT_EQ(intersect(kWhole, {{0, 0, 0}, {kMost, kMost, kMost}}), kWhole);
  EXPECT_EQ(intersect(kWhole, {{4, 0, 0}, {kMost, 20, 30}}), (Region{{4, 0, 0}, {6, 20, 30}}));
  EXPECT_TRUE(intersect(kWhole, {{kMost, 0, 0}, {kMost, 1, 1}}).empty());
}

TEST(Region, SlabsCountFromItsOwnStart) {
  EXPECT_EQ(slab({{1, 2, 3}, {4, 5, 6}}, 2, 5), (Region{{1, 2, 5}, {4, 5, 3}}));
}

}  // namespace
}  // namespace voxmark
