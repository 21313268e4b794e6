#include "core/volume/volume_view.h"

#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace voxmark {
namespace {

/// 5×4×3 voxels of two components; each element is its own number.
struct Numbered {
  std::vector<int> elements = std::vector<int>(5 * 4 * 3 * 2);
  VolumeView<int> view = denseView(elements.data(), {5, 4, 3}, 2);
  Numbered() { std::iota(elements.begin(), elements.end(), 0); }
  static int number(std::int64_t i, std::int64_t j, std::int64_t k, std::int64_t c) {
    return static_cast<int>(((k * 4 + j) * 5 + i) * 2 + c);
  }
};

TEST(VolumeView, DenseViewsCountComponentsFastest) {
  const Numbered data;
  EXPECT_TRUE(data.view.contiguous());
  EXPECT_EQ(data.view.stride, (Index3{2, 10, 40}));
  for (std::int64_t k = 0; k < 3; ++k) {
    for (std::int64_t j = 0; j < 4; ++j) {
      EXPECT_EQ(data.view.row(j, k), &data.view.at(0, j, k));
      for (std::int64_t i = 0; i < 5; ++i) {
        for (std::int64_t c = 0; c < 2; ++c) ASSERT_EQ(data.view.at(i, j, k, c), Numbered::number(i, j, k, c));
      }
    }
  }
}

TEST(VolumeView, ASubviewKeepsStridesAndShiftsIndices) {
  const Numbered data;
  const auto part = data.view.subview({{1, 2, 1}, {3, 2, 2}});
  EXPECT_EQ(part.size, (Index3{3, 2, 2}));
  EXPECT_EQ(part.stride, data.view.stride);
  EXPECT_FALSE(part.contiguous());
  EXPECT_EQ(part.at(0, 0, 0), Numbered::number(1, 2, 1, 0));
  EXPECT_EQ(part.at(2, 1, 1, 1), Numbered::number(3, 3, 2, 1));
  const auto inner = part.subview({{1, 1, 1}, {2, 1, 1}});
  EXPECT_EQ(inner.at(1, 0, 0, 1), Numbered::number(3, 3, 2, 1));
}

TEST(VolumeView, WholeSlicesAreContiguousPartOfARowIsNot) {
  const Numbered data;
  EXPECT_TRUE(data.view.subview({{0, 0, 1}, {5, 4, 2}}).contiguous());
  EXPECT_FALSE(data.view.subview({{0, 1, 0}, {5, 2, 3}}).contiguous());
  EXPECT_FALSE(data.view.subview({{1, 0, 0}, {4, 4, 3}}).contiguous());
}

TEST(VolumeView, AComponentIsSeenAloneWithinTheSameMemory) {
  const Numbered data;
  const auto second = data.view.component(1);
  EXPECT_EQ(second.components, 1);
  EXPECT_FALSE(second.contiguous());
  EXPECT_EQ(second.at(4, 3, 2), Numbered::number(4, 3, 2, 1));
  EXPECT_EQ(second.subview({{2, 0, 1}, {2, 2, 2}}).at(1, 1, 1), Numbered::number(3, 1, 2, 1));
}

TEST(VolumeView, WritesThrough) {
  Numbered data;
  data.view.subview({{4, 3, 2}, {1, 1, 1}}).at(0, 0, 0, 1) = -1;
  EXPECT_EQ(data.elements.back(), -1);
}

}  // namespace
}  // namespace voxmark
