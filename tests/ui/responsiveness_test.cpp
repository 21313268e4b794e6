#include <QFile>
#include <iostream>

#include <fmt/format.h>

#include "tests/ui/window_test.h"
#include "ui/models/event_loop_watch.h"

namespace voxmark::testing {
namespace {

/// A pause that no slow machine explains. What is aimed at is 50 ms, which a machine that does other things as well
/// cannot be held to: the figures are printed.
constexpr double kDefectMs = 5000;

/// "61 ms, 20 ms of them without waiting for a processor, 12 ms computed"
std::string describe(const ui::EventLoopWatch& watch) {
  return fmt::format("{:.1f} ms; {:.1f} ms without waiting for a processor, {:.1f} ms computed", watch.longestMs(),
                     watch.longestOwnMs(), watch.longestCpuMs());
}

class Responsiveness : public WindowTest {
 protected:
  /// An uncompressed volume of 16-bit noise on a ramp, `n` voxels a side.
  QString large(std::int64_t n) {
    auto volume = std::make_shared<Volume>([&] {
      VolumeInfo info;
      info.geometry.size = {n, n, n};
      info.pixelType = PixelType::I16;
      return info;
    }());
    auto* voxels = reinterpret_cast<std::int16_t*>(volume->mutableFrameData(0));
    std::uint32_t state = 1;
    for (std::int64_t i = 0; i < n * n * n; ++i) {
      state = state * 1664525U + 1013904223U;
      voxels[i] = static_cast<std::int16_t>(i / (n * n) + static_cast<std::int64_t>(state >> 26));
    }
    MemorySource source(volume);
    JobContext job;
    const auto sink = composition_.writers.create(at("large.nii").toStdString(), {-1, true, 0});
    const Plan all = plan({}, volume->info());
    (void)composition_.backends.get("cpu")->execute(all, source, *sink, wholeOf(volume->geometry().size), job);
    return at("large.nii");
  }
};

TEST_F(Responsiveness, TheEventLoopRunsWhileALargeFileLoadsAndScrolls) {
  const QString path = large(256);
  ui::EventLoopWatch loading;
  window_->open({path}, true);
  ASSERT_TRUE(settle());
  ASSERT_EQ(active().name, "large.nii");
  EXPECT_GT(loading.beats(), 3);
  ui::SliceView* axial = view(render::Plane::Axial);
  const auto before = axial->slices().slice();
  ui::EventLoopWatch scrolling;
  driver_.wheel(axial, axial->rect().center(), 40);
  EXPECT_TRUE(waitFor([&] { return axial->slices().slice() == before + 40; }));
  EXPECT_GT(scrolling.beats(), 3);
  std::cout << "longest gap of the event loop while loading 256³: " << describe(loading)
            << "\nwhile scrolling: " << describe(scrolling) << "\n";
  EXPECT_LT(loading.longestMs(), kDefectMs);
  EXPECT_LT(scrolling.longestMs(), kDefectMs);
}

TEST_F(Responsiveness, TheEventLoopRunsWhileCompressedFilesAndFoldersLoad) {
  QStringList paths{sample(), bundled("dicom/ct_4")};
  for (const char* name : {"nifti/bonsai_256cube.nii.gz", "dicom/ct_head_slicer_93", "nifti/4d/example4d_dwi.nii.gz"}) {
    if (const QString path = shared(name); !path.isEmpty()) paths << path;
  }
  for (const QString& path : paths) {
    ui::EventLoopWatch loading;
    open(path);
    std::cout << "longest gap of the event loop while " << active().name << " loads: " << describe(loading) << "\n";
    EXPECT_LT(loading.longestMs(), kDefectMs);
  }
}

}  // namespace
}  // namespace voxmark::testing
