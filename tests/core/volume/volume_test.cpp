#include "core/volume/volume.h"

#include <algorithm>
#include <cstring>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/memory/buffer_pool.h"

namespace voxmark {
namespace {

VolumeInfo describe(PixelType type) {
  VolumeInfo info;
  info.geometry.size = {4, 3, 2};
  info.pixelType = type;
  info.components = 2;
  info.frames = 3;
  return info;
}

/// Memory that may only be read, or that is on a device.
class FixedStorage final : public Storage {
 public:
  FixedStorage(StorageKind kind, std::size_t bytes) : kind_(kind), bytes_(bytes) {}
  [[nodiscard]] StorageKind kind() const override { return kind_; }
  [[nodiscard]] std::size_t bytes() const override { return bytes_.size(); }
  [[nodiscard]] const std::byte* data() const override {
    return kind_ == StorageKind::Device ? nullptr : bytes_.data();
  }
  [[nodiscard]] std::byte* mutableData() override { return nullptr; }
  [[nodiscard]] std::string description() const override { return "fixed"; }

 private:
  StorageKind kind_;
  std::vector<std::byte> bytes_;
};

/// Element n of the volume holds n.
Volume numbered(const VolumeInfo& info) {
  Volume volume(info);
  visitPixelType(info.pixelType, [&](auto tag) {
    using T = typename decltype(tag)::type;
    const std::size_t count = info.totalBytes() / sizeof(T);
    for (std::size_t n = 0; n < count; ++n) {
      const T value(static_cast<float>(n));
      std::memcpy(volume.mutableFrameData(0) + n * sizeof(T), &value, sizeof(T));
    }
  });
  return volume;
}

TEST(Volume, HoldsFramesAfterOneAnother) {
  Volume volume(describe(PixelType::I16));
  EXPECT_EQ(volume.storage().bytes(), 4U * 3 * 2 * 2 * 3 * 2);
  EXPECT_EQ(volume.frameData(1) - volume.frameData(0), 4 * 3 * 2 * 2 * 2);
  EXPECT_EQ(volume.mutableFrameData(2), volume.frameData(2));
  EXPECT_TRUE(volume.onHost());
}

TEST(Volume, ValuesAreThoseOfTheirTypeScaled) {
  for (const PixelType type : kAllPixelTypes) {
    VolumeInfo info = describe(type);
    info.scale = ValueScale(0.5, -10);
    const Volume volume = numbered(info);
    // Below 128 every type can hold the number.
    EXPECT_EQ(volume.valueAt(0, {0, 0, 0}), -10) << pixelTypeName(type);
    EXPECT_EQ(volume.valueAt(0, {3, 2, 1}, 1), 0.5 * 47 - 10) << pixelTypeName(type);
    EXPECT_EQ(volume.valueAt(1, {1, 2, 1}, 0), 0.5 * 90 - 10) << pixelTypeName(type);
  }
}

TEST(Volume, AScaleASliceFollowsFrameAndSlice) {
  VolumeInfo info = describe(PixelType::F32);
  std::vector<LinearScale> scales;
  for (int n = 0; n < 6; ++n) scales.push_back({1, 1000.0 * n});
  info.scale = ValueScale(scales);
  const Volume volume = numbered(info);
  EXPECT_EQ(volume.valueAt(0, {0, 0, 1}), 24 + 1000);
  EXPECT_EQ(volume.valueAt(2, {0, 0, 1}), 120 + 5000);
}

TEST(Volume, AViewSeesOneFrameInItsStoredType) {
  const Volume volume = numbered(describe(PixelType::U16));
  const auto view = volume.view<std::uint16_t>(1);
  EXPECT_EQ(view.size, (Index3{4, 3, 2}));
  EXPECT_EQ(view.components, 2);
  EXPECT_EQ(view.at(0, 0, 0), 48);
  EXPECT_EQ(view.at(3, 2, 1, 1), 95);
  try {
    (void)volume.view<std::int16_t>(0);
    FAIL() << "another type was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Usage);
    EXPECT_STREQ(error.what(), "voxels are stored as u16, not i16");
  }
}

TEST(Volume, StorageMustBeLargeEnough) {
  const VolumeInfo info = describe(PixelType::U8);
  EXPECT_NO_THROW(Volume(info, BufferPool::global().acquire(info.totalBytes())));
  EXPECT_THROW(Volume(info, std::make_unique<FixedStorage>(StorageKind::Host, info.totalBytes() - 1)), Error);
}

TEST(Volume, ReadOnlyMemoryCanBeReadButNotWritten) {
  const VolumeInfo info = describe(PixelType::U8);
  Volume volume(info, std::make_unique<FixedStorage>(StorageKind::Mapped, info.totalBytes()));
  EXPECT_EQ(volume.valueAt(2, {3, 2, 1}), 0);
  EXPECT_THROW((void)volume.mutableFrameData(0), Error);
}

TEST(Volume, OnADeviceHasNoHostAddress) {
  const VolumeInfo info = describe(PixelType::U8);
  const Volume volume(info, std::make_unique<FixedStorage>(StorageKind::Device, info.totalBytes()));
  EXPECT_FALSE(volume.onHost());
  EXPECT_EQ(volume.frameData(1), nullptr);
}

TEST(Volume, IsNotMadeOfAnImpossibleDescription) {
  VolumeInfo info = describe(PixelType::U8);
  info.geometry.size[0] = 0;
  EXPECT_THROW((void)Volume(info), Error);
  info.geometry.size = {std::int64_t{1} << 40, 1 << 10, 1};  // a petabyte or more
  try {
    (void)Volume(info);
    FAIL() << "a petabyte was allocated";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Memory);
  }
}

TEST(Volume, MovingKeepsTheVoxelsWhereTheyAre) {
  Volume first = numbered(describe(PixelType::U8));
  const std::byte* address = first.frameData(0);
  const Volume second = std::move(first);
  EXPECT_EQ(second.frameData(0), address);
  EXPECT_EQ(second.valueAt(0, {1, 0, 0}), 2);
  static_assert(!std::is_copy_constructible_v<Volume>);
}

}  // namespace
}  // namespace voxmark
