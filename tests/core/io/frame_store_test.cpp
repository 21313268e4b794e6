#include "core/io/frame_store.h"

#include <atomic>
#include <thread>

#include "core/trace/counters.h"
#include "tests/core/io/io_test_support.h"

namespace voxmark::testing {
namespace {

constexpr std::int64_t kFrames = 6;

std::shared_ptr<Volume> series() {
  VolumeInfo info;
  info.geometry.size = {64, 32, 16};
  info.pixelType = PixelType::I16;
  info.frames = kFrames;
  auto volume = std::make_shared<Volume>(info);
  for (std::int64_t frame = 0; frame < kFrames; ++frame) {
    auto* voxels = reinterpret_cast<std::int16_t*>(volume->mutableFrameData(frame));
    for (std::int64_t n = 0; n < info.voxelsPerFrame(); ++n) {
      voxels[n] = static_cast<std::int16_t>(n % 1000 + 1000 * frame);
    }
  }
  return volume;
}

/// Hands the frames of a volume out as a file would, and counts them.
class CountingSource final : public VolumeSource {
 public:
  explicit CountingSource(VolumePtr volume) : memory_(std::move(volume)) {}
  [[nodiscard]] const VolumeInfo& info() const override { return memory_.info(); }
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override {
    ++reads;
    memory_.read(request, target, onFilled, job);
    if (fails) throw Error(ErrorCode::Format, "the checksum is wrong");
  }
  std::atomic<int> reads{0};
  bool fails = false;

 private:
  MemorySource memory_;
};

bool holds(const FrameStore& store, std::int64_t frame) {
  return store.volume()->complete(frame);
}

bool sameFrame(const Volume& a, const Volume& b, std::int64_t frame) {
  return std::memcmp(a.frameData(frame), b.frameData(frame), a.info().frameBytes()) == 0;
}

TEST(FrameStore, ReadsTheWantedFrameOnlyAndOnce) {
  const auto whole = series();
  const auto source = std::make_shared<CountingSource>(whole);
  FrameStore store(source);
  EXPECT_EQ(source->reads, 0);
  JobContext job;
  store.load(3, job);
  store.load(3, job);
  EXPECT_EQ(source->reads, 1);
  EXPECT_TRUE(holds(store, 3));
  EXPECT_FALSE(holds(store, 0));
  EXPECT_TRUE(sameFrame(*store.volume(), *whole, 3));
}

TEST(FrameStore, AFrameOfAFileCostsTheBytesOfAFrame) {
  const TemporaryFolder folder;
  const auto whole = series();
  const std::string path = folder.file("series.nii");
  writeVolume(*whole, path);
  JobContext job;
  FrameStore store(openFile(path));
  const auto before = trace::snapshot();
  store.load(2, job);
  EXPECT_EQ((trace::snapshot() - before).bytesRead, whole->info().frameBytes());
  EXPECT_TRUE(sameFrame(*store.volume(), *whole, 2));
}

TEST(FrameStore, TheFrameShownLongestAgoGivesWay) {
  const auto whole = series();
  const std::uint64_t frame = whole->info().frameBytes();
  const FrameStore* self = nullptr;
  // Room for six frames in all: three are the store's half.
  FrameStore store(std::make_shared<CountingSource>(whole), [&] {
    std::uint64_t left = 6 * frame;
    for (std::int64_t n = 0; self != nullptr && n < kFrames; ++n) left -= holds(*self, n) ? frame : 0;
    return left;
  });
  self = &store;
  JobContext job;
  for (const std::int64_t n : {0, 1, 2}) {
    EXPECT_TRUE(store.hasRoom());
    store.load(n, job);
  }
  EXPECT_FALSE(store.hasRoom());
  store.touch(0);
  store.load(3, job);
  EXPECT_TRUE(holds(store, 0));
  EXPECT_FALSE(holds(store, 1));
  EXPECT_TRUE(holds(store, 2) && holds(store, 3));
  EXPECT_EQ(store.bytesHeld(), 3 * frame);
  store.load(1, job);
  EXPECT_TRUE(sameFrame(*store.volume(), *whole, 1));
  EXPECT_FALSE(holds(store, 2));
}

TEST(FrameStore, ServesAllFramesWhereverTheyAre) {
  const auto whole = series();
  const auto source = std::make_shared<CountingSource>(whole);
  FrameStore store(source);
  JobContext job;
  store.load(1, job);
  const Region part{{3, 4, 5}, {20, 10, 7}};
  for (std::int64_t frame = 0; frame < kFrames; ++frame) {
    std::vector<std::byte> got(static_cast<std::size_t>(part.voxels()) * 2);
    std::vector<std::byte> expected(got.size());
    store.read({part, frame}, got, {}, job);
    copyRegion(*whole, {part, frame}, expected);
    EXPECT_EQ(got, expected) << frame;
  }
  EXPECT_EQ(source->reads, 1 + kFrames - 1);  // frame 1 came from memory
  EXPECT_FALSE(holds(store, 0));              // and the others were not kept
}

TEST(FrameStore, FramesThatAreCopiedFromDoNotGiveWay) {
  const auto whole = series();
  const std::uint64_t frame = whole->info().frameBytes();
  FrameStore store(std::make_shared<CountingSource>(whole), [frame] { return frame; });  // each drives out the last
  std::atomic<bool> stop{false};
  std::thread loader([&] {
    JobContext job;
    for (std::int64_t n = 0; !stop; n = (n + 1) % kFrames) store.load(n, job);
  });
  JobContext job;
  std::vector<std::byte> got(frame);
  int wrong = 0;
  for (int n = 0; n < 3000; ++n) {
    store.read({wholeOf(whole->geometry().size), n % kFrames}, got, {}, job);
    wrong += std::memcmp(got.data(), whole->frameData(n % kFrames), frame) == 0 ? 0 : 1;
  }
  stop = true;
  loader.join();
  EXPECT_EQ(wrong, 0);
}

TEST(FrameStore, NothingOfAFrameThatFailsIsThere) {
  const auto source = std::make_shared<CountingSource>(series());
  FrameStore store(source);
  JobContext job;
  source->fails = true;
  int parts = 0;
  EXPECT_THROW(store.load(2, job, [&](const Region&) { ++parts; }), Error);
  EXPECT_EQ(parts, 1);  // it had been shown
  EXPECT_EQ(store.volume()->filled()->count(2), 0);
  EXPECT_TRUE(store.volume()->filled()->givenUp(2));
  source->fails = false;
  store.load(2, job);
  EXPECT_TRUE(holds(store, 2));
}

TEST(FrameStore, AFileThatHasChangedIsNotMixedWithWhatWasRead) {
  const TemporaryFolder folder;
  const std::string path = folder.file("series.nii");
  writeVolume(*series(), path);
  FrameStore store(openFile(path));
  JobContext job;
  store.load(0, job);
  std::ofstream(path, std::ios::binary | std::ios::app) << "more";
  EXPECT_EQ(errorOf([&] { store.load(1, job); }), ErrorCode::Io);
  EXPECT_TRUE(holds(store, 0));
}

/// A NIfTI file of u8 that claims `frames` frames of 8192 × 8192 × `slices` voxels and is all holes.
std::string sparseFile(const TemporaryFolder& folder, std::int16_t slices, std::int16_t frames) {
  std::string header(352, '\0');
  const auto put = [&](std::size_t at, auto value) { std::memcpy(header.data() + at, &value, sizeof value); };
  put(0, std::int32_t{348});
  const std::int16_t dim[8] = {static_cast<std::int16_t>(frames > 1 ? 4 : 3), 8192, 8192, slices, frames, 1, 1, 1};
  std::memcpy(header.data() + 40, dim, sizeof dim);
  put(70, std::int16_t{2});
  put(72, std::int16_t{8});
  for (std::size_t n = 0; n < 8; ++n) put(76 + 4 * n, 1.0F);
  put(108, 352.0F);
  std::memcpy(header.data() + 344, "n+1", 4);
  const std::string path = folder.write("sparse.nii", header);
  std::filesystem::resize_file(path, 352 + (std::uint64_t{1} << 26) * static_cast<std::uint64_t>(slices * frames));
  return path;
}

TEST(FrameStore, AVolumeThatDoesNotFitIsRefusedWithTheNumbers) {
  const TemporaryFolder folder;
  const auto source = std::shared_ptr<VolumeSource>(openFile(sparseFile(folder, 8000, 1)));  // 500 GiB
  try {
    const FrameStore store(source);
    FAIL() << "500 GiB were taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Memory);
    const std::string text = error.what();
    EXPECT_NE(text.find("sparse.nii"), std::string::npos) << text;
    EXPECT_NE(text.find("needed 500.0 GiB, available "), std::string::npos) << text;
  }
}

TEST(FrameStore, OfASeriesOnlyAFrameHasToFit) {
  const TemporaryFolder folder;
  FrameStore store(openFile(sparseFile(folder, 1, 8000)));  // 500 GiB in frames of 64 MiB
  JobContext job;
  store.load(7999, job);
  EXPECT_TRUE(holds(store, 7999));
  EXPECT_EQ(store.bytesHeld(), std::uint64_t{1} << 26);
}

}  // namespace
}  // namespace voxmark::testing
