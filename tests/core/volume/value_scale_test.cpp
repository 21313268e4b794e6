#include "core/volume/value_scale.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace voxmark {
namespace {

TEST(ValueScale, WithoutEntriesIsIdentity) {
  const ValueScale scale;
  EXPECT_TRUE(scale.identity());
  EXPECT_FALSE(scale.perSlice());
  EXPECT_EQ(scale.at(3, 7, 10).apply(-12.5), -12.5);
  EXPECT_EQ(scale.common(), LinearScale{});
}

TEST(ValueScale, OfTheWholeVolumeIsTheSameForEverySlice) {
  const ValueScale scale(2, -1024);
  EXPECT_FALSE(scale.identity());
  EXPECT_FALSE(scale.perSlice());
  for (std::int64_t k = 0; k < 4; ++k) EXPECT_EQ(scale.at(2, k, 4).apply(100), -824);
}

TEST(ValueScale, OneASliceFollowsFramesThenSlices) {
  std::vector<LinearScale> scales;
  for (int n = 0; n < 6; ++n) scales.push_back({1.0 + n, 10.0 * n});
  const ValueScale scale(scales);
  EXPECT_TRUE(scale.perSlice());
  EXPECT_EQ(scale.at(0, 2, 3), (LinearScale{3, 20}));
  EXPECT_EQ(scale.at(1, 0, 3), (LinearScale{4, 30}));
  EXPECT_EQ(scale.at(1, 2, 3).apply(2), 62);
  EXPECT_EQ(scale.common(), (LinearScale{1, 0}));
  EXPECT_THROW((void)scale.at(2, 0, 3), std::out_of_range);
}

TEST(ValueScale, IsIdentityOnlyWhereEverySliceIs) {
  EXPECT_TRUE(ValueScale(std::vector<LinearScale>(3)).identity());
  EXPECT_FALSE(ValueScale(std::vector<LinearScale>{{1, 0}, {1, 0}, {1, 1}}).identity());
  EXPECT_TRUE(ValueScale(1, 0).identity());
  EXPECT_FALSE(ValueScale(-1, 0).identity());
}

}  // namespace
}  // namespace voxmark
