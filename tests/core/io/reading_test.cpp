#include <chrono>
#include <mutex>
#include <random>
#include <thread>
#include <utility>

#include "core/trace/counters.h"
#include "core/trace/trace.h"
#include "tests/core/io/io_test_support.h"

namespace voxmark::testing {
namespace {

std::uint64_t bytesHandled() {
  const auto counted = trace::snapshot();
  return counted.bytesRead + counted.bytesInflated + counted.bytesCopied;
}

/// An NRRD file whose raw voxels are a hole of `bytes` bytes.
std::string hollowFile(const TemporaryFolder& folder, const std::string& fields, std::uintmax_t bytes) {
  const std::string header = "NRRD0004\n" + fields + "encoding: raw\n\n";
  const std::string path = folder.write("hollow.nrrd", header);
  std::filesystem::resize_file(path, header.size() + bytes);
  return path;
}

/// Reads all of `source` with a job that is cancelled as soon as it reports progress from inside the read; returns how
/// many bytes were handled after that, of one frame's worth.
std::uint64_t bytesAfterCancel(VolumeSource& source) {
  const auto token = std::make_shared<CancelToken>();
  std::uint64_t atCancel = 0;
  JobContext job(token, [&](const Progress& progress) {
    // Progress is passed on twenty times a second: a listener that slow hears the next report in any case.
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    if (progress.fraction <= 0 || token->cancelled()) return;
    EXPECT_LT(progress.fraction, 0.5);
    atCancel = bytesHandled();
    token->cancel();
  });
  std::vector<std::byte> target(source.info().frameBytes());
  EXPECT_THROW(source.read({wholeOf(source.info().geometry.size), 0}, target, {}, job), Cancelled);
  EXPECT_GT(atCancel, 0U);
  return bytesHandled() - atCancel;
}

constexpr std::uint64_t kMostAfterCancel = std::uint64_t{4} << 20;

TEST(Cancelling, isHonouredInsideASliceOfRawVoxels) {
  TemporaryFolder folder;
  const auto source =
      openFile(hollowFile(folder, "type: ushort\ndimension: 3\nsizes: 8192 4096 1\nendian: big\n", 64 << 20));
  EXPECT_LE(bytesAfterCancel(*source), kMostAfterCancel);
}

TEST(Cancelling, isHonouredWhileComponentsAreGathered) {
  TemporaryFolder folder;
  const auto source = openFile(hollowFile(
      folder, "type: uchar\ndimension: 4\nsizes: 4096 4096 1 4\nkinds: domain domain domain vector\n", 64 << 20));
  ASSERT_EQ(source->info().components, 4);
  EXPECT_LE(bytesAfterCancel(*source), kMostAfterCancel);
}

TEST(Cancelling, isHonouredInsideASliceOfAStream) {
  TemporaryFolder folder;
  VolumeInfo info;
  info.geometry.size = {8192, 8192, 1};
  Volume volume(info);
  std::memset(volume.mutableFrameData(0), 7, info.frameBytes());
  writeVolume(volume, folder.file("v.nii.gz"));
  EXPECT_LE(bytesAfterCancel(*openFile(folder.file("v.nii.gz"))), kMostAfterCancel);
}

TEST(Cancelling, isHonouredByAFileThatIsWritten) {
  TemporaryFolder folder;
  VolumeInfo info;
  info.geometry.size = {4096, 4096, 1};
  const Volume volume(info);
  const auto sink = sinkFor(folder.file("v.nii"));
  sink->begin(info);
  JobContext job;
  job.token()->cancel();
  EXPECT_THROW(sink->write(wholeOf(info.geometry.size), 0, {volume.frameData(0), info.frameBytes()}, job), Cancelled);
}

/// Calls of the stage "read" and bytes read while a region of `path` is read.
std::pair<std::uint64_t, std::uint64_t> costOf(const std::string& path, const Region& region) {
  const auto source = openFile(path);
  std::vector<std::byte> target(static_cast<std::size_t>(region.voxels()) * source->info().voxelBytes());
  JobContext job;
  const trace::Action action("read");
  const std::uint64_t before = trace::snapshot().bytesRead;
  source->read({region, 0}, target, {}, job);
  std::uint64_t calls = 0;
  for (const auto& stage : action.report().stages) calls += stage.name == "read" ? stage.calls : 0;
  return {calls, trace::snapshot().bytesRead - before};
}

TEST(Region, ofNarrowRowsIsReadSliceBySlice) {
  TemporaryFolder folder;
  const auto path = hollowFile(folder, "type: uchar\ndimension: 3\nsizes: 512 512 64\n", 16 << 20);
  const auto [calls, bytes] = costOf(path, {{100, 100, 0}, {64, 64, 64}});
  EXPECT_EQ(calls, 64U);
  EXPECT_EQ(bytes, 64U * (63U * 512U + 64U));
}

TEST(Region, ofRowsFarApartIsReadWithoutTheGaps) {
  TemporaryFolder folder;
  const auto path = hollowFile(folder, "type: uchar\ndimension: 3\nsizes: 32768 256 2\n", 16 << 20);
  const auto [calls, bytes] = costOf(path, {{100, 100, 0}, {64, 64, 2}});
  EXPECT_EQ(calls, 128U);
  EXPECT_EQ(bytes, 128U * 64U);
}

/// A volume that does not compress, so that the place in the file tells the place in the volume.
Volume incompressible() {
  VolumeInfo info;
  info.geometry.size = {512, 256, 64};
  Volume volume(info);
  std::mt19937 random(1);
  for (std::uint64_t n = 0; n < info.frameBytes(); ++n) volume.mutableFrameData(0)[n] = std::byte(random() & 0xFF);
  return volume;
}

TEST(Publishing, startsWithTheFirstSliceOfAStream) {
  TemporaryFolder folder;
  const Volume volume = incompressible();
  writeVolume(volume, folder.file("v.nii"));
  const std::string path = folder.write("v.nii.gz", gzippedByOthers(contentsOf(folder.file("v.nii"))));
  const auto source = openFile(path);
  std::vector<std::byte> target(volume.info().frameBytes());
  JobContext job;
  const std::uint64_t before = trace::snapshot().bytesRead;
  std::uint64_t atFirst = 0;
  std::int64_t next = 0;
  source->read(
      {wholeOf(volume.geometry().size), 0}, target,
      [&](const Region& part) {
        if (next == 0) {
          atFirst = trace::snapshot().bytesRead - before;
          EXPECT_EQ(part.size[2], 1);
          EXPECT_EQ(std::memcmp(target.data(), volume.frameData(0), 512 * 256), 0);
        }
        EXPECT_EQ(part.start[2], next);
        next = part.end()[2];
      },
      job);
  EXPECT_EQ(next, 64);
  EXPECT_LE(atFirst, target.size() / 8);
}

TEST(Publishing, ofPartsThatStandAloneStartsWithTheFirstSliceToo) {
  TemporaryFolder folder;
  const Volume volume = incompressible();
  const std::string path = folder.file("v.nii.gz");
  writeVolume(volume, path, 64);
  std::vector<std::byte> target(volume.info().frameBytes());
  JobContext job;
  std::mutex mutex;
  std::vector<int> filled(64, 0);
  bool first = true;
  openFile(path)->read(
      {wholeOf(volume.geometry().size), 0}, target,
      [&](const Region& part) {
        const std::lock_guard lock(mutex);
        if (std::exchange(first, false)) {
          EXPECT_EQ(part.start[2], 0);
          EXPECT_EQ(part.size[2], 1);
        }
        for (std::int64_t k = part.start[2]; k < part.end()[2]; ++k) {
          ++filled[static_cast<std::size_t>(k)];
          const std::size_t at = static_cast<std::size_t>(k) * 512 * 256;
          EXPECT_EQ(std::memcmp(target.data() + at, volume.frameData(0) + at, 512 * 256), 0) << k;
        }
      },
      job);
  EXPECT_EQ(filled, std::vector<int>(64, 1));
}

TEST(Reading, AFileThatIsWrittenToMeanwhileIsRefused) {
  for (const char* name : {"v.nii", "v.nii.gz", "v.nrrd"}) {
    TemporaryFolder folder;
    writeVolume(*sampleVolume(PixelType::I16), folder.file(name));
    const auto source = openFile(folder.file(name));
    JobContext job;
    (void)readVolume(*source, job);
    std::filesystem::last_write_time(folder.file(name),
                                     std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
    EXPECT_EQ(errorOf([&] { (void)readVolume(*source, job); }), ErrorCode::Io) << name;
  }
}

TEST(Reading, AGeometryThatHadToBeCorrectedIsNotPassedOn) {
  TemporaryFolder folder;
  writeVolume(*sampleVolume(PixelType::I16), folder.file("v.nii"));
  std::string bytes = contentsOf(folder.file("v.nii"));
  std::fill(bytes.begin() + 280, bytes.begin() + 328, '\0');  // a singular sform, whose code stays
  const auto tolerated = readFile(folder.write("broken.nii", bytes));
  EXPECT_FALSE(tolerated->info().warnings.empty());
  writeVolume(*tolerated, folder.file("again.nii"));
  const auto again = readFile(folder.file("again.nii"));
  EXPECT_TRUE(again->info().warnings.empty());
  EXPECT_TRUE(sameGrid(tolerated->geometry(), again->geometry()));
}

}  // namespace
}  // namespace voxmark::testing
