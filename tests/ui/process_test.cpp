#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <cmath>
#include <set>

#include "core/ops/statistics.h"
#include "tests/ui/process_support.h"
#include "ui/models/step_edits.h"
#include "ui/models/step_fields.h"

namespace voxmark::testing {
namespace {

class Process : public ProcessTest {
 protected:
  /// Chooses an entry of an open list of a combo box by its text.
  void choose(const char* box, const QString& text) {
    auto* combo = child<QComboBox>(box);
    driver_.click(combo);
    ASSERT_TRUE(waitFor([] { return QApplication::activePopupWidget() != nullptr; }));
    letRun(100);
    for (int n = 0; n < combo->count(); ++n) {
      if (!combo->itemText(n).startsWith(text)) continue;
      const QModelIndex index = combo->model()->index(n, 0);
      combo->view()->scrollTo(index);
      letRun(30);
      driver_.click(combo->view()->viewport(), combo->view()->visualRect(index).center());
      return;
    }
    ADD_FAILURE() << box << " offers no " << text.toStdString();
  }
  [[nodiscard]] Operation operation(int n) const { return steps()[static_cast<std::size_t>(n)].operation; }
};

TEST_F(Process, EveryOperationIsOfferedAndFoundByItsName) {
  std::set<std::size_t> offered;
  for (const ui::StepKind& kind : ui::stepKinds()) {
    const auto before = steps().size();
    addStep(kind.name.section(QChar(0x2026), 0, 0));  // the rest is on no key
    ASSERT_EQ(steps().size(), before + 1) << kind.id;
    offered.insert(steps().back().operation.index());
    ASSERT_FALSE(ui::fieldsOf(steps().back().operation).empty() && kind.id != std::string("cropNonzero")) << kind.id;
    undo();
    ASSERT_EQ(steps().size(), before) << kind.id;
  }
  EXPECT_EQ(offered.size(), std::variant_size_v<Operation>);
}

TEST_F(Process, StepsAreFoundByOtherWordsAndByArrows) {
  addStep("gaussian");
  EXPECT_TRUE(std::holds_alternative<Smooth>(operation(0)));
  driver_.click(child<QPushButton>("addStep"));
  auto* popup = child<QWidget>("addStepPopup");
  ASSERT_TRUE(waitFor([&] { return popup->isVisible(); }));
  driver_.type("normalize");
  auto* found = child<QListWidget>("addStepList");
  const QString first = found->currentItem()->text();
  driver_.key("Down");
  EXPECT_NE(found->currentItem()->text(), first);
  driver_.key("Up");
  EXPECT_EQ(found->currentItem()->text(), first);
  driver_.key("Escape");
  EXPECT_FALSE(popup->isVisible());
  EXPECT_EQ(steps().size(), 1U);
}

TEST_F(Process, DefaultsAreThoseOfTheVolumeAtThatStep) {
  const Geometry& geometry = active().volume->geometry();
  addCrop({{10, 12, 8}, {40, 36, 30}});
  addStep("resample to a spacing");
  EXPECT_EQ(*std::get<Resample>(operation(1)).spacing, geometry.spacing);
  addStep("cut or pad");
  EXPECT_EQ(std::get<FitShape>(operation(2)).shape, (Index3{40, 36, 30}));
  addStep("limit");
  const DisplayWindow& window = active().display.window;
  EXPECT_NEAR(std::get<Clamp>(operation(3)).low, window.level - window.width / 2, 1e-9);
  addStep("z-score");
  addStep("limit");
  EXPECT_EQ(std::get<Clamp>(operation(5)).high, 3) << "of deviations, not of the window";
}

TEST_F(Process, NumbersChoicesAndSwitchesChangeTheStepAndAreUndone) {
  addStep("z-score");
  EXPECT_EQ(std::get<Normalize>(operation(0)).method, NormalizeMethod::ZScore);
  driver_.click(child<QCheckBox>("step_nonzero"), QPoint(8, 10));
  EXPECT_TRUE(std::get<Normalize>(operation(0)).nonzero);
  choose("step_method", "two percentiles");
  EXPECT_EQ(std::get<Normalize>(operation(0)).method, NormalizeMethod::Percentile);
  setNumber("low", "2.5");
  EXPECT_EQ(std::get<Normalize>(operation(0)).first, 2.5);
  undo();
  EXPECT_EQ(std::get<Normalize>(operation(0)).first, 1);
  undo();
  EXPECT_EQ(std::get<Normalize>(operation(0)).method, NormalizeMethod::ZScore);
  EXPECT_TRUE(std::get<Normalize>(operation(0)).nonzero);
  undo();
  EXPECT_FALSE(std::get<Normalize>(operation(0)).nonzero);
}

TEST_F(Process, ReorientingOffersAllOrientations) {
  addStep("reorient");
  EXPECT_EQ(child<QComboBox>("step_to")->count(), 48);
  choose("step_to", "LPS");
  EXPECT_EQ(std::get<Reorient>(operation(0)).letters, "LPS");
  EXPECT_EQ(child<QLabel>("resultOrientation")->text(), "LPS");
}

TEST_F(Process, StepsAreMovedByKeysAndByTheMouse) {
  give({Smooth{1}, Clamp{0, 100}, Cast{PixelType::F32}});
  clickRow(0);
  driver_.key("alt+Down");
  EXPECT_TRUE(std::holds_alternative<Smooth>(operation(1)));
  EXPECT_EQ(list()->currentIndex().row(), 1) << "the same step stays chosen";
  driver_.key("alt+Down");
  driver_.key("alt+Down");
  EXPECT_TRUE(std::holds_alternative<Smooth>(operation(2)));
  driver_.key("alt+Up");
  EXPECT_TRUE(std::holds_alternative<Smooth>(operation(1)));
  undo();
  undo();
  undo();
  EXPECT_TRUE(std::holds_alternative<Smooth>(operation(0)));
  driver_.drag(list()->viewport(), row(0).center(), QPoint(row(2).center().x(), row(2).bottom() - 2));
  ASSERT_TRUE(waitFor([&] { return std::holds_alternative<Smooth>(operation(2)); }));
  EXPECT_TRUE(std::holds_alternative<Clamp>(operation(0)));
  driver_.click(child<QWidget>("stepUp"));
  EXPECT_TRUE(std::holds_alternative<Smooth>(operation(1)));
}

TEST_F(Process, StepsAreSwitchedOffRenamedDoubledAndRemoved) {
  give({Smooth{1}, Clamp{0, 100}});
  driver_.click(list()->viewport(), QPoint(12, row(0).center().y()));
  EXPECT_FALSE(steps()[0].enabled);
  EXPECT_EQ(document().pipeline().size(), 1U);
  undo();
  EXPECT_TRUE(steps()[0].enabled);
  clickRow(1);
  driver_.key("space");
  EXPECT_FALSE(steps()[1].enabled);
  driver_.key("F2");
  letRun(50);
  driver_.key("ctrl+a");
  driver_.type("soft tissue");
  driver_.key("Return");
  EXPECT_EQ(steps()[1].name, "soft tissue");
  driver_.key("ctrl+d");
  ASSERT_EQ(steps().size(), 3U);
  EXPECT_EQ(steps()[2].name, "soft tissue");
  clickRow(0);
  driver_.key("Delete");
  ASSERT_EQ(steps().size(), 2U);
  EXPECT_TRUE(std::holds_alternative<Clamp>(operation(0)));
  for (int n = 0; n < 4; ++n) undo();
  ASSERT_EQ(steps().size(), 2U);
  EXPECT_TRUE(steps()[1].enabled);
  EXPECT_EQ(steps()[1].name, "");
}

TEST_F(Process, AStepThatDoesNotFitSaysWhyBeforeAnythingRuns) {
  addCrop({{10, 12, 8}, {40, 36, 30}});
  addStep("z-score");
  clickRow(0);
  setNumber("i", "150");
  EXPECT_TRUE(wrong(0));
  EXPECT_TRUE(note(0).contains("does not lie inside")) << note(0).toStdString();
  EXPECT_FALSE(wrong(1));
  EXPECT_FALSE(child<QPushButton>("applyPipeline")->isEnabled());
  EXPECT_TRUE(child<QLabel>("pipelineResult")->text().contains("Step 1"));
  setNumber("i", "20");
  EXPECT_FALSE(wrong(0));
  EXPECT_TRUE(child<QPushButton>("applyPipeline")->isEnabled());
  EXPECT_FALSE(errorShown());
}

TEST_F(Process, TellsShapeSpacingTypeAndMemoryBeforehand) {
  addStep("number of voxels");
  setNumber("ni", "50");
  setNumber("nj", "40");
  setNumber("nk", "30");
  addStep("voxel type");
  choose("step_type", "f16");
  EXPECT_EQ(child<QLabel>("resultVoxels")->text(), "50 × 40 × 30");
  EXPECT_EQ(child<QLabel>("resultType")->text(), "f16");
  EXPECT_EQ(child<QLabel>("resultMemory")->text(), "0.1 MB");
  const Geometry& now = active().volume->geometry();
  const double expected = now.spacing[0] * static_cast<double>(now.size[0]) / 50;
  EXPECT_NEAR(child<QLabel>("resultSpacing")->text().section(' ', 0, 0).toDouble(), expected, 0.001);
  EXPECT_TRUE(child<QLabel>("nowVoxels")->text().startsWith(QString::number(now.size[0])));
}

TEST_F(Process, ADeviceThatCannotBeUsedIsListedWithItsReason) {
  auto* devices = child<QComboBox>("pipelineDevice");
  const auto all = composition_.backends.list();
  ASSERT_EQ(devices->count(), static_cast<int>(all.size()));
  for (int n = 0; n < devices->count(); ++n) {
    const BackendInfo& info = all[static_cast<std::size_t>(n)];
    const bool enabled = (devices->model()->flags(devices->model()->index(n, 0)) & Qt::ItemIsEnabled) != 0;
    EXPECT_EQ(enabled, info.available) << info.id;
    if (info.available) continue;
    EXPECT_FALSE(info.reason.empty());
    EXPECT_EQ(devices->itemData(n, Qt::ToolTipRole).toString().toStdString(), info.reason);
  }
}

TEST_F(Process, StepsDoNotOutliveTheVolumeTheyWereMadeFor) {
  give({Smooth{1}});
  open(sample());
  EXPECT_TRUE(steps().empty());
  undo();
  EXPECT_EQ(steps().size(), 1U);
}

TEST(StepListModel, FollowsWhateverIsDoneToTheSteps) {
  ui::Session session;
  ui::StepListModel model(session, nullptr);
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  const auto names = [&] {
    QStringList out;
    for (int n = 0; n < model.rowCount(); ++n) out << model.index(n).data().toString();
    return out;
  };
  ui::insertStep(session, Smooth{1}, -1);
  ui::insertStep(session, Clamp{0, 1}, 0);
  ui::insertStep(session, Cast{PixelType::U8}, 1);
  ASSERT_EQ(names(), (QStringList{"Gaussian smoothing, σ 1 mm", "Clamp to 0…1", "Cast to u8"}));
  EXPECT_TRUE(model.moveRow({}, 2, {}, 0));
  EXPECT_EQ(names().front(), "Cast to u8");
  EXPECT_FALSE(model.moveRow({}, 1, {}, 2));
  EXPECT_TRUE(model.setData(model.index(1), "mine", Qt::EditRole));
  EXPECT_EQ(names()[1], "mine");
  EXPECT_TRUE(model.setData(model.index(1), "", Qt::EditRole));
  EXPECT_EQ(names()[1], "Gaussian smoothing, σ 1 mm");
  ui::removeStep(session, 0);
  ui::duplicateStep(session, 1);
  EXPECT_EQ(model.rowCount(), 3);
  for (int n = 0; n < 8; ++n) session.undo();
  EXPECT_EQ(model.rowCount(), 0);
}

}  // namespace
}  // namespace voxmark::testing
