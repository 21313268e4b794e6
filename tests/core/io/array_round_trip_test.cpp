// .npy, .npz and .safetensors as they are written and read again here; array_python_test.cpp asks others what they
// hold.
#include "tests/core/io/io_test_support.h"

namespace voxmark::testing {
namespace {

/// A container, and the level at which it is written.
struct Container {
  std::string name;
  int level = -1;
  std::size_t files = 1;
  friend std::ostream& operator<<(std::ostream& out, const Container& c) { return out << c.name << " " << c.level; }
};
const std::vector<Container> kContainers{
    {"v.npy", -1, 2}, {"v.npz", -1, 1}, {"v.npz", 1, 1}, {"v.npz", 6, 1}, {"v.safetensors", -1, 1}};

bool holds(const Container& container, PixelType type) {
  return type != PixelType::BF16 || container.name == "v.safetensors";
}

class ArrayRoundTrip : public ::testing::TestWithParam<std::tuple<PixelType, Container>> {
 protected:
  [[nodiscard]] static PixelType type() { return std::get<0>(GetParam()); }
  [[nodiscard]] static const Container& container() { return std::get<1>(GetParam()); }
  [[nodiscard]] std::string path() const { return folder_.file(container().name); }
  void write(const Volume& volume) const { writeVolume(volume, path(), 2, {container().level, false, 0}); }
  TemporaryFolder folder_;
};

TEST_P(ArrayRoundTrip, keepsEveryByteAndTheGridExactly) {
  const auto volume = sampleVolume(type());
  if (!holds(container(), type())) {
    EXPECT_EQ(errorOf([&] { write(*volume); }), ErrorCode::Unsupported);
    EXPECT_EQ(folder_.entries(), 0U);
    return;
  }
  write(*volume);
  EXPECT_EQ(folder_.entries(), container().files);
  const auto back = readFile(path());
  expectSameVoxels(*volume, *back);
  EXPECT_EQ(back->geometry(), volume->geometry());
  EXPECT_TRUE(back->info().warnings.empty()) << back->info().warnings.front();
}

TEST_P(ArrayRoundTrip, readsAnyRegionOfFramesWithComponents) {
  if (!holds(container(), type())) GTEST_SKIP() << "refused, see above";
  const auto volume = sampleVolume(type(), 3, 2);
  write(*volume);
  const auto source = openFile(path());
  EXPECT_TRUE(source->info().warnings.empty());
  expectSameVoxels(*volume, *readFile(path()));
  JobContext job;
  for (const std::int64_t frame : {1, 0}) {
    for (const Region& region : {Region{{1, 2, 1}, {3, 2, 2}}, Region{{4, 3, 2}, {1, 1, 1}}}) {
      const std::size_t bytes = static_cast<std::size_t>(region.voxels()) * volume->info().voxelBytes();
      std::vector<std::byte> expected(bytes), found(bytes);
      copyRegion(*volume, {region, frame}, expected);
      source->read({region, frame}, found, {}, job);
      EXPECT_EQ(found, expected) << toString(region);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(AllTypes, ArrayRoundTrip,
                         ::testing::Combine(::testing::ValuesIn(kAllPixelTypes), ::testing::ValuesIn(kContainers)),
                         [](const auto& about) {
                           const Container& container = std::get<1>(about.param);
                           const std::string level = container.level < 0 ? "" : std::to_string(container.level);
                           return std::string(pixelTypeName(std::get<0>(about.param))) + "_" +
                                  container.name.substr(2) + level;
                         });

class Arrays : public ::testing::TestWithParam<Container> {
 protected:
  [[nodiscard]] std::string path() const { return folder_.file(GetParam().name); }
  [[nodiscard]] WriteOptions options(bool overwrite = false) const { return {GetParam().level, overwrite, 0}; }
  TemporaryFolder folder_;
};

TEST_P(Arrays, framesKeepTheirStep) {
  VolumeInfo info = sampleVolume(PixelType::I16, 1, 3)->info();
  info.frameSpacing = 2.5;
  info.frameUnit = "s";
  Volume volume(info);
  for (std::int64_t frame = 0; frame < 3; ++frame) {
    std::memcpy(volume.mutableFrameData(frame), sampleVolume(PixelType::I16, 1, 3)->frameData(frame),
                info.frameBytes());
  }
  writeVolume(volume, path(), 1, options());
  const auto back = readFile(path());
  expectSameVoxels(volume, *back);
  EXPECT_EQ(back->info().frameSpacing, 2.5);
  EXPECT_EQ(back->info().frameUnit, "s");
}

TEST_P(Arrays, scaledNumbersAreStoredAsTheirValues) {
  VolumeInfo info = sampleVolume(PixelType::I16)->info();
  info.scale = ValueScale(std::vector<LinearScale>{{0.5, -3}, {2, 1}, {4, -1}});
  Volume volume(info);
  std::memcpy(volume.mutableFrameData(0), sampleVolume(PixelType::I16)->frameData(0), info.frameBytes());
  writeVolume(volume, path(), 2, options());
  const auto back = readFile(path());
  EXPECT_EQ(back->info().pixelType, PixelType::F32);
  for (std::int64_t k = 0; k < 3; ++k) EXPECT_EQ(back->valueAt(0, {3, 1, k}), volume.valueAt(0, {3, 1, k}));
}

TEST_P(Arrays, nothingIsVisibleBeforeFinishAndNothingStaysWithoutIt) {
  const auto volume = sampleVolume(PixelType::U8);
  JobContext job;
  {
    const auto sink = sinkFor(path(), options());
    sink->begin(volume->info());
    sink->write(slab(wholeOf({5, 4, 3}), 0, 2), 0, std::span(volume->frameData(0), 40), job);
    EXPECT_EQ(folder_.entries(), 0U);
    EXPECT_EQ(errorOf([&] { sink->finish(job); }), ErrorCode::Usage);  // a slice is missing
  }
  EXPECT_EQ(folder_.entries(), 0U);
  job.token()->cancel();
  const auto sink = sinkFor(path(), options());
  sink->begin(volume->info());
  EXPECT_THROW(sink->write(wholeOf({5, 4, 3}), 0, {volume->frameData(0), 60}, job), Cancelled);
}

TEST_P(Arrays, whatExistsIsReplacedOnlyWhereThatIsAllowed) {
  writeVolume(*sampleVolume(PixelType::F32), path(), 2, options());
  const auto volume = sampleVolume(PixelType::U8);
  const std::string before = contentsOf(path());
  EXPECT_EQ(errorOf([&] { writeVolume(*volume, path(), 2, options()); }), ErrorCode::Usage);
  EXPECT_EQ(contentsOf(path()), before);
  writeVolume(*volume, path(), 2, options(true));
  EXPECT_EQ(folder_.entries(), GetParam().files);
  expectSameVoxels(*volume, *readFile(path()));
}

TEST_P(Arrays, anyTruncationIsAnErrorNeverACrash) {
  const auto volume = sampleVolume(PixelType::I16);
  writeVolume(*volume, path(), 2, options());
  const std::string good = contentsOf(path());
  for (std::size_t length = 0; length < good.size(); length += 1 + length / 32) {
    const std::string cut = folder_.write("cut" + GetParam().name, good.substr(0, length));
    (void)errorOf([&] { (void)readFile(cut); });
  }
  const std::string last = folder_.write("cut" + GetParam().name, good.substr(0, good.size() - 1));
  (void)errorOf([&] { (void)readFile(last); });
}

TEST_P(Arrays, anyByteThatIsWrongIsAnErrorOrAVolumeNeverACrash) {
  writeVolume(*sampleVolume(PixelType::I16), path(), 2, options());
  const std::string good = contentsOf(path());
  std::size_t refused = 0;
  for (std::size_t at = 0; at < good.size(); at += 1 + at % 3) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x55);
    const std::string damaged = folder_.write("bad" + GetParam().name, bad);
    try {
      EXPECT_GT(readFile(damaged)->info().totalBytes(), 0U);
    } catch (const Error&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 0U);
}

INSTANTIATE_TEST_SUITE_P(Containers, Arrays, ::testing::ValuesIn(kContainers));

TEST(NpyPair, isRefusedWhereEitherFileExistsAndAppearsWholeOrNotAtAll) {
  TemporaryFolder folder;
  const auto volume = sampleVolume(PixelType::U8);
  for (const std::string& path : {folder.file("v.npy"), folder.file("v.npy.json")}) {
    std::ofstream(path) << "precious";
    EXPECT_EQ(errorOf([&] { writeVolume(*volume, folder.file("v.npy")); }), ErrorCode::Usage);
    EXPECT_EQ(contentsOf(path), "precious");
    EXPECT_EQ(folder.entries(), 1U);
    std::filesystem::remove(path);
  }
  JobContext job;
  const auto sink = sinkFor(folder.file("v.npy"));
  sink->begin(volume->info());
  sink->write(wholeOf({5, 4, 3}), 0, {volume->frameData(0), 60}, job);
  const std::string taken = folder.write("v.npy.json", "precious");  // somebody takes the name meanwhile
  EXPECT_EQ(errorOf([&] { sink->finish(job); }), ErrorCode::Usage);
  EXPECT_EQ(folder.entries(), 1U);
  EXPECT_EQ(contentsOf(taken), "precious");
}

TEST(NpyPair, notesThatDescribeAnotherArrayAreLeftAside) {
  TemporaryFolder folder;
  writeVolume(*sampleVolume(PixelType::U8), folder.file("v.npy"));
  writeVolume(*sampleVolume(PixelType::U8, 2), folder.file("w.npy"));
  std::filesystem::copy_file(folder.file("w.npy.json"), folder.file("v.npy.json"),
                             std::filesystem::copy_options::overwrite_existing);
  const auto other = readFile(folder.file("v.npy"));
  EXPECT_EQ(other->geometry().spacing, (Vec3{1, 1, 1}));
  EXPECT_NE(other->info().warnings.front().find("another shape"), std::string::npos);
  std::filesystem::remove(folder.file("v.npy.json"));
  for (const std::string& text : {std::string("not JSON"), std::string("{}"), std::string(2000, '['),
                                  std::string(R"({"voxmarkGeometry":1,"shape":[3,4,5],"spacing":[1,2]})")}) {
    (void)folder.write("v.npy.json", text);
    EXPECT_NE(readFile(folder.file("v.npy"))->info().warnings.front().find("is left aside"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace voxmark::testing
