#include <atomic>
#include <thread>

#include "core/base/parallel_for.h"
#include "core/trace/counters.h"
#include "tests/core/io/dicom_test_support.h"

namespace voxmark {
namespace {

using test::DicomSlice;
using test::sliceAt;

class DicomReading : public test::Dicom {
 protected:
  void SetUp() override {
    Dicom::SetUp();
    setDefaultThreads(1);  // so that one slice comes after another
  }
  void TearDown() override {
    setDefaultThreads(0);
    Dicom::TearDown();
  }
  /// Bytes read from the files when the first slice is published, as a share of all that a whole read takes.
  static double shareAtFirstSlice(VolumeSource& source) {
    std::vector<std::byte> target(source.info().frameBytes());
    JobContext job;
    const std::uint64_t before = trace::snapshot().bytesRead;
    std::uint64_t first = 0;
    std::int64_t slices = 0;
    source.read(
        {wholeOf(source.info().geometry.size), 0}, target,
        [&](const Region& part) {
          if (slices == 0) first = trace::snapshot().bytesRead - before;
          slices += part.size[2];
        },
        job);
    EXPECT_EQ(slices, source.info().geometry.size[2]);
    return static_cast<double>(first) / static_cast<double>(trace::snapshot().bytesRead - before);
  }
};

TEST_F(DicomReading, aFolderPublishesEachSliceAsItIsDecoded) {
  DicomSlice slice = sliceAt(0, {});
  slice.rows = slice.columns = 64;
  slice.pixels.assign(64 * 64 * 2, 1);
  for (int z = 0; z < 20; ++z) {
    slice.position = "0\\0\\" + std::to_string(z);
    write("slice" + std::to_string(z), slice);
  }
  EXPECT_LE(shareAtFirstSlice(*open()), 0.06);
}

/// One segment of 64 × 64 zeros after the header of 64 bytes, then padding that no decoder looks at.
std::string runLengthFragment(char value) {
  std::string fragment(64, '\0');
  fragment[0] = 1;
  fragment[4] = 64;
  for (int run = 0; run < 32; ++run) fragment += std::string{static_cast<char>(-127), value};
  return fragment + std::string(100000, '\x80');
}

TEST_F(DicomReading, framesOfACompressedFileAreReadOneByOne) {
  DicomSlice slice = sliceAt(0, {});
  slice.rows = slice.columns = 64;
  slice.bitsAllocated = slice.bitsStored = 8;
  slice.transferSyntax = "1.2.840.10008.1.2.5";
  slice.frames = 20;
  for (char n = 0; n < 20; ++n) slice.fragments.push_back(runLengthFragment(n));
  write("frames", slice);
  const auto source = open({}, "frames");
  ASSERT_EQ(source->info().geometry.size[2] * source->info().frames, 20);
  const auto volume = load(*source);
  EXPECT_EQ(volume->valueAt(0, {63, 63, 0}), 0);
  EXPECT_EQ(volume->valueAt(0, {63, 63, 19}), 19);
  // The list of fragments is walked first, in windows of 64 KiB a fragment.
  EXPECT_LE(shareAtFirstSlice(*source), 0.5);
}

TEST_F(DicomReading, isCancelledInsideASlice) {
  DicomSlice slice = sliceAt(0, {});
  slice.rows = slice.columns = 16384;
  slice.bitsAllocated = slice.bitsStored = 8;
  slice.pixels.clear();
  write("huge", slice);
  // The writer has no pixels to write: their length is patched in, and the file made as long as it says.
  const std::string path = (folder_ / "huge").string();
  const auto header = std::filesystem::file_size(path);
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(header) - 4);
  file.write("\0\0\0\x10", 4);
  file.close();
  std::filesystem::resize_file(path, header + (std::uintmax_t{256} << 20));
  const auto source = open({}, "huge");
  std::vector<std::byte> target(source->info().frameBytes());
  bool cancelled = false;
  for (int attempt = 0; attempt < 20 && !cancelled; ++attempt) {  // the watcher may be woken too late
    const std::uint64_t before = trace::snapshot().bytesRead;
    std::atomic<std::uint64_t> atCancel{0};
    std::atomic<bool> stop{false};
    JobContext job;
    std::thread watcher([&] {
      while (!stop && trace::snapshot().bytesRead < before + (4U << 20)) std::this_thread::yield();
      job.token()->cancel();
      atCancel = trace::snapshot().bytesRead;
    });
    try {
      source->read({wholeOf(source->info().geometry.size), 0}, target, {}, job);
    } catch (const Cancelled&) {
      cancelled = true;
    }
    stop = true;
    watcher.join();
    if (cancelled) {
      EXPECT_LE(trace::snapshot().bytesRead - atCancel, 4U << 20);
    }
  }
  EXPECT_TRUE(cancelled);
}

}  // namespace
}  // namespace voxmark
