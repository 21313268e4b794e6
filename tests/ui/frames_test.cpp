#include <QFile>
#include <QLabel>
#include <cstring>

#include "app/commands.h"
#include "core/trace/counters.h"
#include "tests/ui/window_test.h"
#include "ui/models/document_io.h"
#include "ui/panels/low_memory_dialog.h"

namespace voxmark::testing {
namespace {

constexpr std::int64_t kFrames = 6;

/// Volumes of several frames, of which the window reads those that are looked at.
class Frames : public WindowTest {
 protected:
  /// 48 × 40 × 32 × 6 values of 16 bits: the frame in the thousands.
  QString series(const QString& name) {
    VolumeInfo info;
    info.geometry.size = {48, 40, 32};
    info.pixelType = PixelType::I16;
    info.frames = kFrames;
    auto volume = std::make_shared<Volume>(info);
    std::uint32_t state = 1;
    for (std::int64_t frame = 0; frame < kFrames; ++frame) {
      auto* voxels = reinterpret_cast<std::int16_t*>(volume->mutableFrameData(frame));
      for (std::int64_t n = 0; n < info.voxelsPerFrame(); ++n) {
        state = state * 1664525U + 1013904223U;
        voxels[n] = static_cast<std::int16_t>(1000 * frame + static_cast<std::int64_t>(state >> 25));
      }
    }
    write(volume, name);
    return at(name);
  }
  void write(const VolumePtr& volume, const QString& name) {
    MemorySource source(volume);
    JobContext job;
    const auto sink = composition_.writers.create(at(name).toStdString(), {-1, true, 0});
    const Plan all = plan({}, volume->info());
    (void)composition_.backends.get("cpu")->execute(all, source, *sink, wholeOf(volume->geometry().size), job);
  }
  void goTo(std::int64_t frame) {
    ui::SliceView* axial = view(render::Plane::Axial);
    driver_.click(axial, axial->rect().center());
    while (document().views.frame != frame) {
      const std::int64_t before = document().views.frame;
      driver_.key(before < frame ? "Right" : "Left");
      ASSERT_TRUE(waitFor([&] { return document().views.frame != before; }));
    }
    ASSERT_TRUE(settle());
  }
  [[nodiscard]] bool holds(std::int64_t frame) const { return active().volume->complete(frame); }
  [[nodiscard]] int valueShown() const { return window_->status().placeText().section("value ", 1).toInt(); }
  [[nodiscard]] std::uint64_t frameBytes() const { return active().volume->info().frameBytes(); }
  VolumePtr readAll(const QString& path) {
    JobContext job;
    const auto source = composition_.sources.open(path.toStdString());
    return readVolume(*source, job);
  }
};

TEST_F(Frames, OpeningReadsOneFrame) {
  const QString path = series("series.nii");
  const auto before = trace::snapshot();
  open(path);
  const auto cost = trace::snapshot() - before;
  EXPECT_GE(cost.bytesRead, frameBytes());
  EXPECT_LT(cost.bytesRead, frameBytes() + 20000);  // the header, and looks at it
  EXPECT_TRUE(holds(0));
  EXPECT_FALSE(holds(1));
}

TEST_F(Frames, OpeningInflatesOneFrameOfACompressedFile) {
  const QString path = series("series.nii.gz");
  const auto before = trace::snapshot();
  open(path);
  EXPECT_LT((trace::snapshot() - before).bytesInflated, 2 * frameBytes());
}

TEST_F(Frames, TheFrameThatIsLookedAtIsReadAndTheNextOneAhead) {
  open(series("series.nii.gz"));
  goTo(3);
  EXPECT_TRUE(holds(3));
  EXPECT_EQ(valueShown() / 1000, 3);
  EXPECT_TRUE(holds(4));
  EXPECT_FALSE(holds(5));
  goTo(0);
  EXPECT_EQ(valueShown() / 1000, 0);
}

TEST_F(Frames, AFrameShowsAsItComes) {
  gate_->open = true;
  gate_->frames = 3;
  gate_->slices = 2;
  QFile file(at("slow.gated"));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.close();
  open(file.fileName());
  ASSERT_EQ(gate_->reads, 1);
  gate_->open = false;
  ui::SliceView* axial = view(render::Plane::Axial);
  driver_.click(axial, axial->rect().center());
  driver_.key("Right");
  ASSERT_TRUE(waitFor([&] { return active().volume->filled()->count(1) == 2; }));
  letRun(200);
  EXPECT_TRUE(window_->status().placeText().endsWith("not read yet")) << window_->status().placeText().toStdString();
  axial->showSlice(7);
  EXPECT_TRUE(waitFor([&] { return valueShown() == gatedValue(1, 7); })) << valueShown();
  gate_->damaged = true;
  gate_->open = true;
  ASSERT_TRUE(settle());
  ASSERT_TRUE(errorShown());  // the frame is bad; the layer and its other frames stay
  EXPECT_FALSE(holds(1));
  EXPECT_TRUE(holds(0));
  gate_->damaged = false;
  driver_.key("Left");
  letRun(50);
  driver_.key("Right");
  ASSERT_TRUE(waitFor([&] { return holds(1); }));  // tried again
}

TEST_F(Frames, ALayerThatIsShownAgainDoesNotStopTheFrameOfAnother) {
  gate_->open = true;
  gate_->frames = 3;
  QFile file(at("slow.gated"));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.close();
  open(file.fileName());
  open(file.fileName(), false);
  const auto showBottom = [&](bool visible) {
    window_->session().edit("Show", [visible](Document& d) { d.layers[0].display.visible = visible; });
  };
  showBottom(false);
  gate_->open = false;
  gate_->reading = false;
  driver_.click(view(render::Plane::Axial));
  driver_.key("Right");
  ASSERT_TRUE(waitFor([&] { return gate_->reading.load(); }));
  showBottom(true);
  letRun(100);
  EXPECT_FALSE(gate_->cancelled);
  gate_->open = true;
  ASSERT_TRUE(settle());
  EXPECT_TRUE(document().layers[0].volume->complete(1));
  EXPECT_TRUE(document().layers[1].volume->complete(1));
}

TEST_F(Frames, GoingBackGivesUpTheFrameAheadAndReadsItWhenItIsWanted) {
  gate_->open = true;
  gate_->frames = 4;
  QFile file(at("slow.gated"));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.close();
  open(file.fileName());
  // Frame 1 is not there yet when the user, on frame 2, turns back to it.
  window_->session().look([](Document& d) { d.views.frame = 2; });
  gate_->open = false;
  gate_->reading = false;
  ASSERT_TRUE(waitFor([&] { return gate_->reading.load(); }));
  window_->session().look([](Document& d) { d.views.frame = 1; });
  ASSERT_TRUE(waitFor([&] { return gate_->cancelled.load(); }));
  window_->session().look([](Document& d) { d.views.frame = 2; });
  gate_->open = true;
  ASSERT_TRUE(settle());
  EXPECT_TRUE(holds(2));
  EXPECT_TRUE(waitFor([&] { return valueShown() == gatedValue(2, 4); })) << valueShown();
}

TEST_F(Frames, ExportOfAPartlyReadSeriesIsTheWholeFile) {
  const QString path = series("series.nii.gz");
  open(path);
  goTo(2);
  ASSERT_FALSE(active().volume->filled()->complete());
  window_->findChild<ui::DocumentIo*>()->exportActive({at("copy.nii"), {}, true, -1});
  ASSERT_TRUE(settle());
  ASSERT_FALSE(errorShown()) << window_->lastError().toStdString();
  const VolumePtr expected = readAll(path);
  const VolumePtr got = readAll(at("copy.nii"));
  ASSERT_EQ(got->info().totalBytes(), expected->info().totalBytes());
  EXPECT_EQ(std::memcmp(got->frameData(0), expected->frameData(0), got->info().totalBytes()), 0);
}

TEST_F(Frames, APictureReadsTheFrameThatItShows) {
  const QString path = series("series.nii");
  CLI::App program;
  app::addRenderCommand(program, composition_);
  const auto before = trace::snapshot();
  program.parse(("render " + path + " --view axial --output " + at("picture.png")).toStdString(), false);
  const std::uint64_t cost = (trace::snapshot() - before).bytesRead;
  EXPECT_LT(cost, readAll(path)->info().frameBytes() + 20000);
  EXPECT_TRUE(QFile::exists(at("picture.png")));
}

TEST_F(Frames, ProcessingAPartlyReadSeriesIsOfAllFrames) {
  const QString path = series("series.nii");
  open(path);
  showDock("processDock");
  addCastStep();
  driver_.click(child<QPushButton>("applyPipeline"));
  ASSERT_TRUE(waitFor([&] { return document().layers.size() == 2; }));
  ASSERT_TRUE(settle());
  const VolumePtr expected = readAll(path);
  for (std::int64_t frame = 0; frame < kFrames; ++frame) {
    EXPECT_EQ(active().volume->valueAt(frame, {7, 8, 9}), expected->valueAt(frame, {7, 8, 9})) << frame;
  }
}

TEST_F(Frames, TheFileThatFramesStillComeFromIsNotReplaced) {
  const QString path = series("series.nii");
  open(path);
  window_->findChild<ui::DocumentIo*>()->exportActive({path, {}, true, -1});
  ASSERT_TRUE(settle());
  ASSERT_TRUE(errorShown());
  EXPECT_TRUE(window_->lastError().contains("choose another name")) << window_->lastError().toStdString();
}

TEST_F(Frames, AVolumeThatDoesNotFitIsAskedAboutWithTheNumbersAndWhatIsOpenStays) {
  open(sample());
  // A NIfTI header of 8192 × 8192 × 8000 bytes before a file that is all holes.
  QByteArray header(352, '\0');
  const auto put = [&](qsizetype at, auto value) { std::memcpy(header.data() + at, &value, sizeof value); };
  put(0, std::int32_t{348});
  const std::int16_t dim[8] = {3, 8192, 8192, 8000, 1, 1, 1, 1};
  std::memcpy(header.data() + 40, dim, sizeof dim);
  put(70, std::int16_t{2});
  put(72, std::int16_t{8});
  for (qsizetype n = 0; n < 8; ++n) put(76 + 4 * n, 1.0F);
  put(108, 352.0F);
  std::memcpy(header.data() + 344, "n+1", 4);
  QFile file(at("huge.nii"));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(header);
  ASSERT_TRUE(file.resize(352 + (qint64{8192} * 8192 * 8000)));
  file.close();
  window_->open({file.fileName()}, true);
  auto* ask = dialog<ui::LowMemoryDialog>();
  const QString text = ask->findChild<QLabel*>("lowMemoryText")->text();
  EXPECT_TRUE(text.contains("500.0 GiB")) << text.toStdString();
  driver_.key("Escape");
  ASSERT_TRUE(settle());
  EXPECT_EQ(active().name, "brain_t1.nii.gz");
}

}  // namespace
}  // namespace voxmark::testing
