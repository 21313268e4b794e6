#include "core/profiling/preset.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace voxmark::profiling {
namespace {

TEST(Preset, SizesAreThoseOfTheCommandLinesManual) {
  const Preset quick = presetNamed("quick");
  EXPECT_EQ(quick.name, "quick");
  EXPECT_EQ(quick.warmUps, 1);
  EXPECT_EQ(quick.blocks, 5);
  EXPECT_EQ(quick.repetitions, 1);
  const Preset usual = presetNamed("default");
  EXPECT_EQ(usual.warmUps, 3);
  EXPECT_EQ(usual.blocks, 20);
  EXPECT_EQ(usual.repetitions, 1);
  const Preset full = presetNamed("full");
  EXPECT_EQ(full.warmUps, 3);
  EXPECT_EQ(full.blocks, 50);
  EXPECT_EQ(full.repetitions, 5);
}

TEST(Preset, GrowsFromQuickToFull) {
  EXPECT_LT(presetRank("quick"), presetRank("default"));
  EXPECT_LT(presetRank("default"), presetRank("full"));
}

TEST(Preset, OfAnotherNameIsRefused) {
  for (const char* name : {"", "Quick", "fast"}) {
    try {
      (void)presetNamed(name);
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::Usage);
      EXPECT_NE(std::string(error.what()).find("expected quick, default or full"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace voxmark::profiling
