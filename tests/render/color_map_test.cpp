#include "ui/render/color_map.h"

#include <gtest/gtest.h>

namespace voxmark::render {
namespace {

TEST(ColorMaps, AreAllThereAndOpaque) {
  for (const std::string& name : colorMapNames()) {
    const ColorMap* map = findColorMap(name);
    ASSERT_NE(map, nullptr) << name;
    for (const Rgba& colour : *map) EXPECT_EQ(colour[3], 255) << name;
    EXPECT_NE(map->front(), map->back()) << name;
  }
  EXPECT_EQ(findColorMap("no such map"), nullptr);
  EXPECT_EQ(colorMapOrGray("no such map"), *findColorMap("gray"));
}

/// The ends of the published tables.
TEST(ColorMaps, EndAsPublished) {
  const auto ends = [](const char* name, const Rgba& low, const Rgba& high) {
    EXPECT_EQ(findColorMap(name)->front(), low) << name;
    EXPECT_EQ(findColorMap(name)->back(), high) << name;
  };
  ends("gray", {0, 0, 0, 255}, {255, 255, 255, 255});
  ends("hot", {0, 0, 0, 255}, {255, 255, 255, 255});
  ends("bone", {0, 0, 0, 255}, {255, 255, 255, 255});
  ends("viridis", {0x44, 0x01, 0x54, 255}, {0xfd, 0xe7, 0x25, 255});
  ends("jet", {0, 0, 0x80, 255}, {0x80, 0, 0, 255});
}

TEST(ColorMaps, GrayIsTheIdentity) {
  const ColorMap& gray = colorMapOrGray("gray");
  for (std::size_t n = 0; n < gray.size(); ++n) EXPECT_EQ(gray[n][1], n);
}

}  // namespace
}  // namespace voxmark::render
