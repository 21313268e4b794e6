#include <QElapsedTimer>
#include <QFileDialog>
#include <QLabel>
#include <QMessageBox>
#include <QProgressBar>
#include <cmath>

#include "app/commands.h"
#include "core/document/pipeline_file.h"
#include "tests/ui/made_volume.h"
#include "tests/ui/process_support.h"
#include "ui/panels/header_dialog.h"
#include "ui/panels/layer_choice_dialog.h"
#include "ui/panels/run_bar.h"

namespace voxmark::testing {
namespace {

class Run : public ProcessTest {
 protected:
  /// Mean and population deviation of a layer, the slow way.
  static std::pair<double, double> moments(const Volume& volume) {
    double sum = 0;
    double squares = 0;
    const Index3& size = volume.geometry().size;
    for (std::int64_t k = 0; k < size[2]; ++k) {
      for (std::int64_t j = 0; j < size[1]; ++j) {
        for (std::int64_t i = 0; i < size[0]; ++i) {
          const double value = volume.valueAt(0, {i, j, k}, 0);
          sum += value;
          squares += value * value;
        }
      }
    }
    const auto n = static_cast<double>(size[0] * size[1] * size[2]);
    return {sum / n, std::sqrt(squares / n - sum / n * (sum / n))};
  }
  /// Chooses a file in the file dialog that is open.
  void typePath(const QString& path) {
    dialog<QFileDialog>();
    driver_.key("ctrl+a");
    driver_.type(path);
    driver_.key("Return");
    ASSERT_TRUE(waitFor([] { return QApplication::activeModalWidget() == nullptr; }));
    driver_.focus(window_.get());
  }
  void trigger(const char* action) { window_->actions().find(action)->trigger(); }
};

TEST_F(Run, MakesANewLayerWhoseVoxelsLieWhereTheyLay) {
  const VolumePtr input = active().volume;
  addCrop({{10, 12, 8}, {40, 36, 30}});
  addStep("z-score");
  addStep("voxel type");
  ASSERT_EQ(steps().size(), 3U);
  run();
  ASSERT_EQ(document().layers.size(), 2U);
  const Volume& made = *active().volume;
  EXPECT_EQ(made.geometry().size, (Index3{40, 36, 30}));
  EXPECT_EQ(made.info().pixelType, PixelType::F32);
  const auto [mean, deviation] = moments(made);
  EXPECT_NEAR(mean, 0, 1e-5);
  EXPECT_NEAR(deviation, 1, 1e-5);
  const Vec3 was = voxelToWorld(input->geometry(), {10, 12, 8});
  const Vec3 is = voxelToWorld(made.geometry(), {0, 0, 0});
  for (std::size_t a = 0; a < 3; ++a) EXPECT_NEAR(was[a], is[a], 1e-9);
  EXPECT_FALSE(child<QPushButton>("applyPipeline")->isEnabled()) << "the same steps must not be applied twice";
  EXPECT_FALSE(wrong(0)) << "the crop fits what it was made for";
  undo();
  EXPECT_EQ(document().layers.size(), 1U);
  EXPECT_EQ(steps().size(), 3U);
}

TEST_F(Run, TheResultTellsWhatItWasMadeOf) {
  give({Clamp{10, 200}, Cast{PixelType::U8}});
  run();
  ASSERT_EQ(document().layers.size(), 2U);
  auto* layers = child<QListView>("layerList");
  const QString tip = layers->model()->index(0, 0).data(Qt::ToolTipRole).toString();
  EXPECT_TRUE(tip.contains("brain_t1.nii.gz") && tip.contains("Clamp to 10…200")) << tip.toStdString();
  driver_.click(view(render::Plane::Axial));
  driver_.key("ctrl+i");
  auto* header = window_->findChild<ui::HeaderDialog*>();
  ASSERT_TRUE(waitFor([&] { return header->isVisible(); }));
  const QString text = header->text(true);
  EXPECT_TRUE(text.contains("Source file\t" + sample())) << text.toStdString();
  EXPECT_TRUE(text.contains("Step\tClamp to 10…200")) << text.toStdString();
  EXPECT_TRUE(text.contains("Step\tCast to u8"));
  EXPECT_TRUE(text.contains("Loss\t"));
}

TEST_F(Run, ShowsProgressAndCancelLeavesEverythingAsItWas) {
  const QString path = at("cube.nrrd");
  writeCube<std::uint16_t>(path, 192,
                           [](int i, int j, int k) { return static_cast<std::uint16_t>((i * j + k) % 999); });
  open(path);
  showDock("processDock");
  give({Smooth{12}, Smooth{14}, Normalize{NormalizeMethod::Robust}});
  window_->session().look([](Document& d) { d.views.preview = false; });
  driver_.click(child<QPushButton>("addStep"));  // whatever is being tried has time to end
  driver_.key("Escape");
  auto* bar = child<QProgressBar>("pipelineProgress");
  driver_.click(child<QPushButton>("applyPipeline"));
  ASSERT_TRUE(waitFor([&] { return bar->isVisible(); }));
  EXPECT_FALSE(child<QPushButton>("applyPipeline")->isEnabled());
  QElapsedTimer clock;
  clock.start();
  driver_.click(child<QPushButton>("cancelPipeline"));
  ASSERT_TRUE(waitFor([&] { return !bar->isVisible(); }));
  RecordProperty("milliseconds_from_click_to_end", static_cast<int>(clock.elapsed()));
  ASSERT_TRUE(settle());
  EXPECT_EQ(document().layers.size(), 1U);
  EXPECT_EQ(steps().size(), 3U);
  EXPECT_FALSE(errorShown());
  EXPECT_TRUE(child<QPushButton>("applyPipeline")->isEnabled());
}

TEST(TimeLeft, IsSaidInWholeSecondsOrMinutes) {
  EXPECT_EQ(ui::timeLeftText(-1), "");
  EXPECT_EQ(ui::timeLeftText(0.2), "1 s left");
  EXPECT_EQ(ui::timeLeftText(41.3), "42 s left");
  EXPECT_EQ(ui::timeLeftText(150), "3 min left");
}

TEST_F(Run, AReferenceThatCannotBeReadIsSaidAtItsStep) {
  CropToMask mask;
  mask.file = at("missing.nii").toStdString();
  give({Smooth{1}, mask});
  ASSERT_TRUE(waitFor([&] { return wrong(1); }));
  EXPECT_TRUE(note(1).contains("missing.nii")) << note(1).toStdString();
  EXPECT_FALSE(child<QPushButton>("applyPipeline")->isEnabled());
  EXPECT_EQ(document().layers.size(), 1U);
}

TEST_F(Run, MasksAndGridsOfOtherLayersAreChosenByName) {
  const QString mask = at("mask.nrrd");
  writeCube<std::uint16_t>(mask, 24, [](int i, int j, int k) {
    return static_cast<std::uint16_t>(i > 4 && i < 11 && j > 6 && j < 20 && k == 9 ? 1 : 0);
  });
  const QString path = at("cube.nrrd");
  writeCube<std::uint16_t>(path, 24, [](int i, int j, int k) { return static_cast<std::uint16_t>(i + j + k); });
  open(mask);
  open(path, false);
  showDock("processDock");
  addStep("crop to a mask");
  EXPECT_EQ(std::get<CropToMask>(steps()[0].operation).file, mask.toStdString());
  ASSERT_TRUE(waitFor([&] { return child<QLabel>("resultVoxels")->text() == "6 × 13 × 1"; }));
  run();
  ASSERT_EQ(document().layers.size(), 3U);
  EXPECT_EQ(active().volume->geometry().size, (Index3{6, 13, 1}));
  EXPECT_EQ(active().volume->valueAt(0, {0, 0, 0}), 5 + 7 + 9);
}

TEST_F(Run, TheSameStepsAreAppliedToSeveralLayersAsOneUndoableStep) {
  open(bundled("nifti/las.nii"), false);
  give({Resample{{}, Index3{12, 10, 8}, {}, {}, Interpolation::Linear, 0}});
  driver_.click(child<QPushButton>("applyToLayers"));
  auto* asked = dialog<ui::LayerChoiceDialog>();
  driver_.click(asked->findChild<QPushButton*>("chooseAll"));
  EXPECT_EQ(asked->layers().size(), 2U);
  driver_.click(asked->findChild<QPushButton*>("runOnLayers"));
  ASSERT_TRUE(waitFor([&] { return document().layers.size() == 4; }));
  ASSERT_TRUE(settle());
  for (std::size_t n = 2; n < 4; ++n) {
    EXPECT_EQ(document().layers[n].volume->geometry().size, (Index3{12, 10, 8}));
    EXPECT_TRUE(document().layers[n].derivedFrom.has_value());
  }
  EXPECT_NE(document().layers[2].derivedFrom, document().layers[3].derivedFrom);
  driver_.focus(window_.get());
  undo();
  EXPECT_EQ(document().layers.size(), 2U);
}

TEST_F(Run, ALayerThatTheStepsDoNotFitCannotBeChosen) {
  open(bundled("nifti/las.nii"), false);
  const Index3 size = active().volume->geometry().size;
  window_->session().look([](Document& d) { d.activeLayer = d.layers[0].id; });
  give({Crop{{{0, 0, 0}, {size[0] + 5, 20, 20}}}});
  driver_.click(child<QPushButton>("applyToLayers"));
  auto* asked = dialog<ui::LayerChoiceDialog>();
  driver_.click(asked->findChild<QPushButton*>("chooseAll"));
  EXPECT_EQ(asked->layers(), std::vector<int>{document().layers[0].id});
  driver_.key("Escape");
}

TEST_F(Run, SavedStepsDoTheSameOnTheCommandLineAndInAnotherWindow) {
  give({Crop{{{10, 12, 8}, {40, 36, 30}}}, Normalize{NormalizeMethod::ZScore}, Cast{PixelType::F16}, Clamp{0, 1}});
  window_->session().edit("Name", [](Document& d) {
    d.steps[0].name = "the middle";
    d.steps[3].enabled = false;
  });
  const std::vector<PipelineStep> given = steps();
  trigger("steps.save");
  typePath(at("prepare"));
  const QString file = at(QString("prepare") + kPipelineEnding);
  ASSERT_TRUE(QFileInfo::exists(file));
  run();
  ASSERT_EQ(document().layers.size(), 2U);
  CLI::App program;
  app::addConvertCommand(program, composition_);
  program.parse(("convert " + sample() + " " + at("out.nii") + " --pipeline " + file).toStdString());
  JobContext job;
  const auto written = readVolume(*composition_.sources.open(at("out.nii").toStdString()), job);
  ASSERT_EQ(written->geometry().size, active().volume->geometry().size);
  for (const Index3& p : {Index3{0, 0, 0}, Index3{39, 35, 29}, Index3{20, 11, 7}}) {
    EXPECT_EQ(written->valueAt(0, p), active().volume->valueAt(0, p));
  }
  open(sample());
  EXPECT_TRUE(steps().empty());
  trigger("steps.load");
  typePath(file);
  EXPECT_EQ(steps(), given);
  undo();
  EXPECT_TRUE(steps().empty());
}

TEST_F(Run, AFileOfStepsCanBeDroppedOnTheWindow) {
  const std::vector<PipelineStep> given{{Smooth{2}, true, "soft"}, {Cast{PixelType::U8}, false, {}}};
  const QString file = at(QString("two") + kPipelineEnding);
  savePipeline(given, file.toStdString());
  window_->open({file}, true);
  ASSERT_TRUE(settle());
  EXPECT_EQ(steps(), given);
  window_->open({bundled("nifti/las.nii"), file}, true);
  ASSERT_TRUE(settle());
  EXPECT_EQ(steps(), given) << "with a volume that takes the place of the one before";
  EXPECT_EQ(document().layers.size(), 1U);
}

TEST_F(Run, AFileThatHoldsNoStepsIsRefusedWithWords) {
  QFile file(at("odd.json"));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write("{\"voxmarkPipeline\": 1, \"steps\": [{\"op\": \"fold\"}]}");
  file.close();
  trigger("steps.load");
  typePath(file.fileName());
  EXPECT_TRUE(errorShown());
  EXPECT_TRUE(window_->lastError().contains("fold")) << window_->lastError().toStdString();
  EXPECT_TRUE(steps().empty());
}

}  // namespace
}  // namespace voxmark::testing
