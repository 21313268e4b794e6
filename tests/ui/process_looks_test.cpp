#include <QCheckBox>
#include <QComboBox>
#include <QDockWidget>
#include <QGroupBox>
#include <QLabel>
#include <QListWidget>
#include <QScrollArea>
#include <QScrollBar>

#include "tests/ui/made_volume.h"
#include "tests/ui/process_support.h"
#include "ui/panels/layer_choice_dialog.h"

namespace voxmark::testing {
namespace {

class ProcessLooks : public ProcessTest {
 protected:
  [[nodiscard]] QScrollArea* area() const {
    for (QWidget* w = list(); w != nullptr; w = w->parentWidget()) {
      if (auto* found = qobject_cast<QScrollArea*>(w)) return found;
    }
    throw std::runtime_error("the panel does not scroll");
  }
  [[nodiscard]] static int topOf(const QWidget* widget) { return widget->mapToGlobal(QPoint(0, 0)).y(); }
};

TEST_F(ProcessLooks, UndoAndRedoAreTheDocumentsThoughANumberHasTheKeyboard) {
  addStep("scale");
  setNumber("scale", "10");
  setNumber("shift", "5");
  auto* box = child<QAbstractSpinBox>("step_shift");
  ASSERT_TRUE(box->hasFocus());
  const auto now = [this] { return std::get<ScaleShift>(steps()[0].operation); };
  driver_.key("ctrl+z");
  EXPECT_EQ(now(), (ScaleShift{10, 0}));
  EXPECT_EQ(box->text(), "0");
  driver_.key("ctrl+z");
  EXPECT_EQ(now(), (ScaleShift{1, 0}));
  driver_.key("ctrl+y");
  EXPECT_EQ(now(), (ScaleShift{10, 0}));
  driver_.key("ctrl+shift+z");
  EXPECT_EQ(now(), (ScaleShift{10, 5}));
  driver_.key("ctrl+a");
  driver_.type("77");
  driver_.key("ctrl+z");
  EXPECT_EQ(now(), (ScaleShift{10, 5})) << "what is being typed is undone first";
  EXPECT_NE(box->text(), "77");
}

TEST_F(ProcessLooks, NothingJumpsWhereAStepStopsFitting) {
  addCrop({{10, 12, 8}, {40, 36, 30}});
  addStep("cast");
  clickRow(0);
  ASSERT_TRUE(settle());
  auto* run = child<QPushButton>("applyPipeline");
  auto* editor = child<QWidget>("stepEditor");
  const int editorTop = topOf(editor);
  const int runTop = topOf(run);
  setNumber("i", "150");
  ASSERT_TRUE(waitFor([&] { return wrong(0); }));
  ASSERT_TRUE(settle());
  letRun(60);
  EXPECT_EQ(topOf(editor), editorTop);
  EXPECT_EQ(topOf(run), runTop);
  EXPECT_TRUE(child<QLabel>("pipelineResult")->isVisible());
  setNumber("i", "10");
  ASSERT_TRUE(waitFor([&] { return !wrong(0); }));
  ASSERT_TRUE(settle());
  letRun(60);
  EXPECT_EQ(topOf(editor), editorTop);
  EXPECT_EQ(topOf(run), runTop);
}

TEST_F(ProcessLooks, ALongNameOfAMaskDoesNotPushRunOutOfSight) {
  CropToMask mask;
  mask.file = at("a_mask_whose_name_" + QString(120, 'x') + "_does_not_fit_into_any_panel.nii.gz").toStdString();
  give({mask});
  clickRow(0);
  ASSERT_TRUE(waitFor([&] { return wrong(0); }));
  letRun(100);
  EXPECT_EQ(area()->horizontalScrollBar()->maximum(), 0);
  auto* run = child<QPushButton>("applyPipeline");
  const int right = run->mapTo(area()->viewport(), QPoint(run->width(), 0)).x();
  EXPECT_LE(right, area()->viewport()->width());
  // By its file, it is named in the tooltip.
  EXPECT_TRUE(child<QLabel>("pipelineResult")->toolTip().contains("does_not_fit_into_any_panel"));
}

TEST_F(ProcessLooks, AClickAnywhereInARowTicksALayer) {
  open(bundled("nifti/las.nii"), false);
  give({Smooth{1}});
  driver_.click(child<QPushButton>("applyToLayers"));
  auto* asked = dialog<ui::LayerChoiceDialog>();
  auto* rows = asked->findChild<QListWidget*>("layerChoice");
  const auto rect = [&](int n) { return rows->visualItemRect(rows->item(n)); };
  ASSERT_EQ(asked->layers(), std::vector<int>{document().layers[1].id});
  driver_.click(rows->viewport(), rect(1).center());
  EXPECT_EQ(asked->layers().size(), 2U);
  driver_.click(rows->viewport(), QPoint(rect(1).left() + 10, rect(1).center().y()));
  EXPECT_EQ(asked->layers().size(), 1U) << "on the box itself once, not twice";
  driver_.click(rows->viewport(), rect(0).center());
  EXPECT_TRUE(asked->layers().empty());
  // The box of a row that is off stands out from its ground.
  const QImage drawn = rows->viewport()->grab(rect(1)).toImage();
  const QColor ground = drawn.pixelColor(drawn.width() - 3, 3);
  int edge = 0;
  for (int y = 0; y < drawn.height(); ++y) {
    for (int x = 0; x < 24; ++x) edge += std::abs(qGray(drawn.pixel(x, y)) - qGray(ground.rgb())) > 60 ? 1 : 0;
  }
  EXPECT_GT(edge, 30);
  driver_.key("Escape");
}

TEST_F(ProcessLooks, LabelsAreResampledByTheNearestVoxel) {
  const auto interpolation = [this] { return std::get<Resample>(steps().back().operation).interpolation; };
  addStep("resample to a spacing");
  EXPECT_EQ(interpolation(), Interpolation::Linear);
  // What the header calls labels, whatever it looks like.
  QFile::copy(bundled("nifti/las.nii"), at("labels.nii"));
  QFile file(at("labels.nii"));
  ASSERT_TRUE(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && file.open(QIODevice::ReadWrite));
  ASSERT_TRUE(file.seek(68));
  file.write("\xea\x03", 2);  // 1002, little endian
  file.close();
  open(at("labels.nii"));
  addStep("resample to a spacing");
  EXPECT_EQ(interpolation(), Interpolation::Nearest);
  EXPECT_TRUE(child<QComboBox>("step_interpolation")->currentText().startsWith("Nearest"));
  // What looks like labels, whatever the header says.
  writeCube<std::uint16_t>(at("parts.nrrd"), 24, [](int i, int j, int k) {
    return static_cast<std::uint16_t>(i > 4 && i < 18 && j > 6 && k > 3 ? 1 + i / 9 : 0);
  });
  open(at("parts.nrrd"));
  addStep("number of voxels");
  EXPECT_EQ(interpolation(), Interpolation::Nearest);
}

}  // namespace
}  // namespace voxmark::testing
