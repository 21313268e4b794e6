#include <QCheckBox>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QMessageBox>

#include "tests/ui/made_volume.h"
#include "tests/ui/process_support.h"
#include "ui/panels/export_dialog.h"

namespace voxmark::testing {
namespace {

class Exporting : public ProcessTest {
 protected:
  ui::ExportDialog* openExport(const QString& path) {
    driver_.focus(window_.get());  // no window manager gives the keyboard back when a dialog closes
    driver_.key("ctrl+s");
    auto* found = dialog<ui::ExportDialog>();
    driver_.click(found->findChild<QLineEdit*>("exportPath"));
    driver_.key("ctrl+a");
    driver_.type(path);
    return found;
  }
  const Pipeline crop_{Crop{{{10, 12, 8}, {40, 36, 30}}}};
};

TEST_F(Exporting, WritesTheLayerWithTheStepsApplied) {
  give(crop_);
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

TEST_F(Exporting, TheResultDoesNotGetTheStepsAgain) {
  give(crop_);
  run();
  openExport(at("result.nii.gz"));
  driver_.key("Return");
  ASSERT_TRUE(waitFor([&] { return QFileInfo::exists(at("result.nii.gz")); }));
  ASSERT_TRUE(settle());
  const auto source = composition_.sources.open(at("result.nii.gz").toStdString());
  EXPECT_EQ(source->info().geometry.size, (Index3{40, 36, 30}));
}

TEST_F(Exporting, AsksBeforeItReplacesAFile) {
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

TEST_F(Exporting, AFileOfAnOpenLayerIsNeverReplaced) {
  const auto bytesOf = [](const QString& path) {
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
    return file.readAll();
  };
  for (const char* name : {"pair.hdr", "pair.img"}) QFile::copy(bundled(QString("nifti/") + name), at(name));
  ASSERT_TRUE(QFile::link(at("pair.img"), at("link.img")));
  const QByteArray header = bytesOf(at("pair.hdr"));
  const QByteArray voxels = bytesOf(at("pair.img"));
  open(at("pair.hdr"), false);
  window_->session().look([](Document& d) { d.activeLayer = d.layers.front().id; });  // another layer's, too
  for (const char* name : {"pair.hdr", "pair.img", "link.img"}) {
    auto* found = openExport(at(name));
    driver_.key("Return");
    auto* said = found->findChild<QLabel*>("exportSummary");
    ASSERT_TRUE(waitFor([&] { return said->text().contains("is a file of the open layer “pair.hdr”"); })) << name;
    EXPECT_EQ(QApplication::activeModalWidget(), found) << "no question whether to replace it";
    EXPECT_TRUE(found->isVisible());
    driver_.key("Escape");
    ASSERT_TRUE(settle());
  }
  EXPECT_EQ(bytesOf(at("pair.hdr")), header);
  EXPECT_EQ(bytesOf(at("pair.img")), voxels);
  openExport(at("other.img"));
  driver_.key("Return");
  ASSERT_TRUE(waitFor([&] { return QFileInfo::exists(at("other.img")); }));
  ASSERT_TRUE(settle());
}

TEST_F(Exporting, ChangedStepsAreAppliedToWhatTheResultWasMadeOf) {
  give({ScaleShift{10, 0}});
  run();
  window_->session().edit("Change", [](Document& d) { d.steps[0].operation = ScaleShift{20, 0}; });
  auto* found = openExport(at("twenty.nrrd"));
  EXPECT_TRUE(found->findChild<QCheckBox*>("exportSteps")->isChecked());
  EXPECT_TRUE(found->findChild<QCheckBox*>("exportSteps")->toolTip().startsWith("To brain_t1.nii.gz"));
  driver_.key("Return");
  ASSERT_TRUE(waitFor([&] { return QFileInfo::exists(at("twenty.nrrd")); }));
  ASSERT_TRUE(settle());
  JobContext job;
  const auto written = readVolume(*composition_.sources.open(at("twenty.nrrd").toStdString()), job);
  const Index3 size = written->geometry().size;
  const Index3 middle{size[0] / 2, size[1] / 2, size[2] / 2};
  ASSERT_GT(document().layers[0].volume->valueAt(0, middle), 0);
  EXPECT_EQ(written->valueAt(0, middle), 20 * document().layers[0].volume->valueAt(0, middle));
}

TEST_F(Exporting, SaysWhatIsWrongWithTheName) {
  auto* found = openExport(at("out.xyz"));
  EXPECT_TRUE(found->findChild<QLabel*>("exportSummary")->text().contains(".nii.gz"));
  driver_.key("Return");
  EXPECT_TRUE(found->isVisible());
  driver_.key("Escape");
  ASSERT_TRUE(settle());
  EXPECT_TRUE(QDir(folder_.path()).isEmpty());
}

TEST_F(Exporting, TellsTheLossOfTheStepsBeforehandAndWarnsOfWhatWasClipped) {
  give({Cast{PixelType::I8}});  // the sample's values reach beyond 127
  auto* found = openExport(at("small.nrrd"));
  auto* loss = found->findChild<QLabel*>("exportLoss");
  ASSERT_TRUE(waitFor([&] { return loss->text().contains("clipped"); })) << loss->text().toStdString();
  EXPECT_TRUE(loss->text().contains("slices"));
  driver_.click(found->findChild<QCheckBox*>("exportSteps"), QPoint(8, 10));
  EXPECT_EQ(loss->text(), "");
  driver_.click(found->findChild<QCheckBox*>("exportSteps"), QPoint(8, 10));
  driver_.click(found->findChild<QLineEdit*>("exportPath"));
  driver_.key("Return");
  ASSERT_TRUE(waitFor([&] { return QFileInfo::exists(at("small.nrrd")); }));
  ASSERT_TRUE(settle());
  auto* bar = child<QWidget>("errorBar");
  ASSERT_TRUE(bar->isVisible());
  EXPECT_TRUE(bar->findChild<QLabel*>()->text().contains("clipped"));
}

TEST_F(Exporting, LooksUpWhatStepsReferTo) {
  const QString path = at("cube.nrrd");
  writeCube<std::uint16_t>(path, 24, [](int i, int j, int k) {
    return static_cast<std::uint16_t>(i > 4 && i < 11 && j > 6 && j < 20 && k == 9 ? i : 0);
  });
  open(path);
  give({CropToMask{}});
  auto* found = openExport(at("box.nrrd"));
  ASSERT_TRUE(waitFor([&] { return found->findChild<QLabel*>("exportSummary")->text().startsWith("6 × 13 × 1"); }));
  driver_.key("Return");
  ASSERT_TRUE(waitFor([&] { return QFileInfo::exists(at("box.nrrd")); }));
  ASSERT_TRUE(settle());
  EXPECT_EQ(composition_.sources.open(at("box.nrrd").toStdString())->info().geometry.size, (Index3{6, 13, 1}));
}

}  // namespace
}  // namespace voxmark::testing
