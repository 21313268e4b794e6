#include "core/backend/verify_sink.h"

#include <limits>

#include "tests/core/backend/backend_test_support.h"

namespace voxmark::testing {
namespace {

/// Hands all of `expected` to a VerifySink that looks at `written`; the message where it complains, empty where not.
std::string compare(const VolumePtr& expected, const VolumePtr& written, std::int64_t slices = 100) {
  MemorySource source(written);
  VerifySink sink(source);
  JobContext job;
  const VolumeInfo& info = expected->info();
  const std::size_t slice = info.frameBytes() / static_cast<std::size_t>(info.geometry.size[2]);
  try {
    sink.begin(info);
    for (std::int64_t frame = 0; frame < info.frames; ++frame) {
      for (std::int64_t k = 0; k < info.geometry.size[2] && k < slices; ++k) {
        sink.write(slab(wholeOf(info.geometry.size), k, k + 1), frame,
                   {expected->frameData(frame) + static_cast<std::size_t>(k) * slice, slice}, job);
      }
    }
    sink.finish(job);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Verification);
    return error.what();
  }
  return {};
}

template <typename T>
std::shared_ptr<Volume> numbers(const VolumeInfo& info, std::uint64_t changed = ~std::uint64_t{0}) {
  return makeVolume<T>(info, [&](std::uint64_t n) { return n == changed ? 77 : int(n % 50); });
}

const VolumeInfo kInfo = sized({4, 3, 2}, 1, 2);

TEST(VerifySink, AcceptsTheSameValuesInTheSamePlaces) {
  EXPECT_EQ(compare(numbers<std::int16_t>(kInfo), numbers<std::int16_t>(kInfo)), "");
  EXPECT_EQ(compare(numbers<std::int16_t>(kInfo), numbers<float>(kInfo)), "");  // values, not bytes
}

TEST(VerifySink, FindsASingleWrongVoxelAndSaysWhere) {
  const std::string said = compare(numbers<std::int16_t>(kInfo), numbers<std::int16_t>(kInfo, 24 + 12 + 5));
  EXPECT_NE(said.find("slice 1 of frame 1"), std::string::npos) << said;
  EXPECT_NE(said.find("expected 41, found 77"), std::string::npos) << said;
}

TEST(VerifySink, FindsAnotherShape) {
  EXPECT_NE(compare(numbers<std::uint8_t>(kInfo), numbers<std::uint8_t>(sized({4, 3, 2}))), "");
  EXPECT_NE(compare(numbers<std::uint8_t>(kInfo), numbers<std::uint8_t>(sized({4, 2, 3}, 1, 2))), "");
  EXPECT_NE(compare(numbers<std::uint8_t>(kInfo), numbers<std::uint8_t>(sized({4, 3, 2}, 2, 2))), "");
}

TEST(VerifySink, FindsAnotherPlace) {
  VolumeInfo moved = kInfo;
  moved.geometry.origin[2] += 0.1;
  EXPECT_NE(compare(numbers<std::uint8_t>(kInfo), numbers<std::uint8_t>(moved)), "");
}

TEST(VerifySink, ForgivesAScaleRoundedToSinglePrecisionOnly) {
  VolumeInfo exact = kInfo;
  exact.scale = ValueScale(0.1, 0.3);
  VolumeInfo rounded = kInfo;
  rounded.scale = ValueScale(static_cast<double>(0.1F), static_cast<double>(0.3F));
  EXPECT_EQ(compare(numbers<std::int16_t>(exact), numbers<std::int16_t>(rounded)), "");
  rounded.scale = ValueScale(0.1001, 0.3);
  EXPECT_NE(compare(numbers<std::int16_t>(exact), numbers<std::int16_t>(rounded)), "");
}

TEST(VerifySink, NanEqualsNanAndNothingElse) {
  const auto withNan = makeVolume<float>(kInfo, [](std::uint64_t n) { return n == 3 ? NAN : 1.0F; });
  EXPECT_EQ(compare(withNan, withNan), "");
  EXPECT_NE(compare(withNan, makeVolume<float>(kInfo, [](std::uint64_t) { return 1.0F; })), "");
}

TEST(VerifySink, MissesNoSlice) {
  const auto volume = numbers<std::uint8_t>(kInfo);
  EXPECT_NE(compare(volume, volume, 1), "");
}

}  // namespace
}  // namespace voxmark::testing
