#include "core/volume/volume_info.h"

#include <cmath>
#include <functional>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace voxmark {
namespace {

VolumeInfo good() {
  VolumeInfo info;
  info.path = "v.nii";
  info.geometry.size = {4, 5, 6};
  info.pixelType = PixelType::I16;
  info.components = 3;
  info.frames = 7;
  return info;
}

TEST(VolumeInfo, CountsBytes) {
  const VolumeInfo info = good();
  EXPECT_EQ(info.voxelBytes(), 6U);
  EXPECT_EQ(info.voxelsPerFrame(), 120);
  EXPECT_EQ(info.frameBytes(), 720U);
  EXPECT_EQ(info.totalBytes(), 5040U);
  EXPECT_NO_THROW(validate(info));
}

TEST(VolumeInfo, WhatCannotBeUsedIsRefusedByNameOfFileAndField) {
  const double nan = std::nan("");
  const std::pair<const char*, std::function<void(VolumeInfo&)>> cases[] = {
      {"size along axis 1", [](VolumeInfo& i) { i.geometry.size[1] = 0; }},
      {"size along axis 2", [](VolumeInfo& i) { i.geometry.size[2] = -3; }},
      {"spacing along axis 0", [](VolumeInfo& i) { i.geometry.spacing[0] = 0; }},
      {"spacing along axis 2", [](VolumeInfo& i) { i.geometry.spacing[2] = -1; }},
      {"spacing along axis 1", [&](VolumeInfo& i) { i.geometry.spacing[1] = nan; }},
      {"spacing along axis 1", [](VolumeInfo& i) { i.geometry.spacing[1] = INFINITY; }},
      {"spacing along axis 0", [](VolumeInfo& i) { i.geometry.spacing[0] = 1e-320; }},
      {"spacing is wrong", [](VolumeInfo& i) { i.geometry.spacing[0] = 1e308; }},
      {"origin", [&](VolumeInfo& i) { i.geometry.origin[2] = nan; }},
      {"direction", [&](VolumeInfo& i) { i.geometry.direction[4] = nan; }},
      {"direction", [](VolumeInfo& i) { i.geometry.direction = {1, 1, 0, 0, 0, 0, 0, 0, 1}; }},
      {"components", [](VolumeInfo& i) { i.components = 0; }},
      {"frames", [](VolumeInfo& i) { i.frames = -1; }},
  };
  for (const auto& [field, damage] : cases) {
    VolumeInfo info = good();
    damage(info);
    try {
      validate(info);
      ADD_FAILURE() << field;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::Format);
      EXPECT_EQ(std::string(error.what()).rfind(std::string("v.nii: ") + field, 0), 0U) << error.what();
    }
  }
}

TEST(VolumeInfo, BytesThatNoIntegerHoldsAreRefused) {
  VolumeInfo info = good();
  info.components = 1;
  info.frames = 1;
  info.pixelType = PixelType::U8;
  info.geometry.size = {std::int64_t{1} << 31, std::int64_t{1} << 31, 1};
  EXPECT_NO_THROW(validate(info));  // 2^62 bytes can be counted, although not held
  info.geometry.size[2] = 2;
  EXPECT_THROW(validate(info), Error);
  info.geometry.size = {std::int64_t{1} << 62, 1, 1};
  EXPECT_NO_THROW(validate(info));
  info.components = 2;
  EXPECT_THROW(validate(info), Error);
  info.components = 1;
  info.frames = std::int64_t{1} << 62;
  EXPECT_THROW(validate(info), Error);
  info.frames = 1;
  info.pixelType = PixelType::F64;
  EXPECT_THROW(validate(info), Error);
}

}  // namespace
}  // namespace voxmark
