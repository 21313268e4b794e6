#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <cmath>

#include "core/ops/statistics.h"
#include "tests/ui/window_test.h"
#include "ui/panels/export_dialog.h"

namespace voxmark::testing {
namespace {

class Processing : public WindowTest {
 protected:
  void SetUp() override {
    open(sample());
    showDock("processDock");
  }
  void addCrop(const QString& box) {
    driver_.click(child<QLineEdit>("cropBox"));
    driver_.key("ctrl+a");
    driver_.type(box);
    driver_.key("Return");
  }
  void apply() {
    driver_.click(child<QPushButton>("applyPipeline"));
    ASSERT_TRUE(settle());
  }
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
  ui::ExportDialog* openExport(const QString& path) {
    driver_.focus(window_.get());  // no window manager gives the keyboard back when a dialog closes
    driver_.key("ctrl+s");
    auto* found = dialog<ui::ExportDialog>();
    driver_.click(found->findChild<QLineEdit*>("exportPath"));
    driver_.key("ctrl+a");
    driver_.type(path);
    return found;
  }
};

TEST_F(Processing, CropNormaliseAndCastMakeANewLayer) {
  const VolumePtr input = active().volume;
  addCrop("10, 12, 8, 40, 36, 30");
  driver_.click(child<QPushButton>("addNormalize"));
  driver_.click(child<QPushButton>("addCast"));
  ASSERT_EQ(document().steps.size(), 3U);
  EXPECT_TRUE(child<QLabel>("pipelineResult")->text().contains("40 × 36 × 30 f32"));
  apply();
  ASSERT_EQ(document().layers.size(), 2U);
  const Volume& made = *active().volume;
  EXPECT_EQ(made.geometry().size, (Index3{40, 36, 30}));
  EXPECT_EQ(made.info().pixelType, PixelType::F32);
  const auto [mean, deviation] = moments(made);
  EXPECT_NEAR(mean, 0, 1e-5);
  EXPECT_NEAR(deviation, 1, 1e-5);
  // The voxels lie where they lay.
  const Vec3 was = voxelToWorld(input->geometry(), {10, 12, 8});
  const Vec3 is = voxelToWorld(made.geometry(), {0, 0, 0});
  for (std::size_t a = 0; a < 3; ++a) EXPECT_NEAR(was[a], is[a], 1e-9);
  EXPECT_FALSE(child<QPushButton>("applyPipeline")->isEnabled()) << "the same steps must not be applied twice";
}

TEST_F(Processing, EveryStepCanBeUndoneAndRedone) {
  addCrop("0,0,0,20,20,20");
  driver_.click(child<QPushButton>("addNormalize"));
  apply();
  ASSERT_EQ(document().layers.size(), 2U);
  driver_.click(view(render::Plane::Axial));  // so that the keys go to the window, not to the text
  driver_.key("ctrl+z");
  EXPECT_EQ(document().layers.size(), 1U);
  driver_.key("ctrl+z");
  EXPECT_EQ(document().steps.size(), 1U);
  driver_.key("ctrl+z");
  EXPECT_TRUE(document().steps.empty());
  for (int n = 0; n < 3; ++n) driver_.key("ctrl+shift+z");
  EXPECT_EQ(document().steps.size(), 2U);
  EXPECT_EQ(document().layers.size(), 2U);
}

TEST_F(Processing, ACropOutsideTheVolumeIsRefusedWithWords) {
  addCrop("0,0,0,9999,1,1");
  EXPECT_TRUE(document().steps.empty());
  EXPECT_TRUE(errorShown());
  addCrop("1,2,three");
  EXPECT_TRUE(window_->lastError().contains("six whole numbers"));
  EXPECT_TRUE(document().steps.empty());
}

TEST_F(Processing, ADeviceThatCannotBeUsedIsListedWithItsReason) {
  auto* devices = child<QComboBox>("pipelineDevice");
  const auto list = composition_.backends.list();
  ASSERT_EQ(devices->count(), static_cast<int>(list.size()));
  for (int n = 0; n < devices->count(); ++n) {
    const BackendInfo& info = list[static_cast<std::size_t>(n)];
    const bool enabled = (devices->model()->flags(devices->model()->index(n, 0)) & Qt::ItemIsEnabled) != 0;
    EXPECT_EQ(enabled, info.available) << info.id;
    if (!info.available) {
      EXPECT_FALSE(info.reason.empty());
      EXPECT_EQ(devices->itemData(n, Qt::ToolTipRole).toString().toStdString(), info.reason);
    }
  }
}

TEST_F(Processing, ExportWritesTheLayerWithTheStepsApplied) {
  addCrop("10,12,8,40,36,30");
  for (const char* name : {"out.nii", "out.nii.gz", "out.nrrd", "out.mha"}) {
    openExport(at(name));
    driver_.key("Return");
    ASSERT_TRUE(waitFor([&] { return QFileInfo::exists(at(name)); })) << name;
    ASSERT_TRUE(settle());
    EXPECT_FALSE(errorShown()) << window_->lastError().toStdString();
    JobContext job;
    const auto source = composition_.sources.open(at(name).toStdString());
    const auto written = readVolume(*source, job);
    ASSERT_EQ(written->geometry().size, (Index3{40, 36, 30})) << name;
    for (const Index3& p : {Index3{0, 0, 0}, Index3{39, 35, 29}, Index3{20, 11, 7}}) {
      const Index3 from{p[0] + 10, p[1] + 12, p[2] + 8};
      EXPECT_EQ(written->valueAt(0, p, 0), active().volume->valueAt(0, from, 0)) << name;
    }
  }
}

TEST_F(Processing, ExportOfTheResultDoesNotApplyTheStepsAgain) {
  addCrop("10,12,8,40,36,30");
  apply();
  openExport(at("result.nii.gz"));
  driver_.key("Return");
  ASSERT_TRUE(waitFor([&] { return QFileInfo::exists(at("result.nii.gz")); }));
  ASSERT_TRUE(settle());
  const auto source = composition_.sources.open(at("result.nii.gz").toStdString());
  EXPECT_EQ(source->info().geometry.size, (Index3{40, 36, 30}));
}

TEST_F(Processing, ExportAsksBeforeItReplacesAFile) {
  QFile file(at("kept.nii"));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write("precious");
  file.close();
  openExport(file.fileName());
  driver_.key("Return");
  dialog<QMessageBox>();
  driver_.key("Escape");
  letRun(50);
  EXPECT_EQ(QFileInfo(file.fileName()).size(), 8);
  auto* asking = dialog<ui::ExportDialog>();
  driver_.focus(asking);
  driver_.key("Return");
  dialog<QMessageBox>();
  driver_.key("alt+r");
  ASSERT_TRUE(waitFor([&] { return QFileInfo(file.fileName()).size() > 1000; }));
  ASSERT_TRUE(settle());
}

TEST_F(Processing, StepsDoNotOutliveTheVolumeTheyWereMadeFor) {
  addCrop("0,0,0,20,20,20");
  ASSERT_EQ(document().steps.size(), 1U);
  open(sample());
  EXPECT_TRUE(document().steps.empty());
  driver_.click(view(render::Plane::Axial));
  driver_.key("ctrl+z");
  EXPECT_EQ(document().steps.size(), 1U);
}

TEST_F(Processing, ExportSaysWhatIsWrongWithTheName) {
  auto* found = openExport(at("out.xyz"));
  EXPECT_TRUE(found->findChild<QLabel*>("exportSummary")->text().contains(".nii.gz"));
  driver_.key("Return");
  EXPECT_TRUE(found->isVisible());
  driver_.key("Escape");
  ASSERT_TRUE(settle());
  EXPECT_TRUE(QDir(folder_.path()).isEmpty());
}

}  // namespace
}  // namespace voxmark::testing
