#include <QCheckBox>
#include <QLabel>
#include <QToolButton>
#include <QTreeWidget>

#include "core/document/session_file.h"
#include "tests/ui/made_volume.h"
#include "tests/ui/process_support.h"
#include "ui/models/step_edits.h"

namespace voxmark::testing {
namespace {

/// A volume of i + j + k, and what becomes of it when steps are changed after they have been run.
class StepsAfterRun : public ProcessTest {
 protected:
  void SetUp() override {
    writeCube<std::uint16_t>(at("ct.nrrd"), 24, [](int i, int j, int k) { return std::uint16_t(i + j + k); });
    open(at("ct.nrrd"));
    showDock("processDock");
    addStep("scale");
    setNumber("scale", "10");
    run();
    ASSERT_EQ(document().layers.size(), 2U);
  }
  [[nodiscard]] double valueOf(const Layer& layer) const { return layer.volume->valueAt(0, {5, 6, 7}); }
  [[nodiscard]] QString target() const { return child<QLabel>("stepsTarget")->accessibleName(); }
  void look(int layer) {
    window_->session().look([layer](Document& d) { d.activeLayer = layer; });
    ASSERT_TRUE(settle());
  }
};

TEST_F(StepsAfterRun, MakeAnotherResultOfTheSameLayer) {
  EXPECT_EQ(valueOf(active()), 180);
  EXPECT_EQ(active().name, "ct.nrrd · processed");
  EXPECT_FALSE(child<QPushButton>("applyPipeline")->isEnabled());
  setNumber("scale", "20");
  EXPECT_EQ(target(), "Steps apply to ct.nrrd");
  run();
  ASSERT_EQ(document().layers.size(), 3U);
  EXPECT_EQ(valueOf(active()), 360);
  EXPECT_EQ(active().name, "ct.nrrd · processed 2");
  EXPECT_EQ(active().derivedFrom, document().layers[0].id);
  EXPECT_EQ(active().history, document().pipeline());
  undo();
  EXPECT_EQ(document().layers.size(), 2U);
  EXPECT_EQ(valueOf(active()), 180);
  EXPECT_EQ(target(), "Steps apply to ct.nrrd");
}

TEST_F(StepsAfterRun, AnEarlierResultIsShownAsItIsWhileTheLaterOneIsThere) {
  setNumber("scale", "20");
  run();
  look(document().layers[1].id);
  EXPECT_FALSE(child<QPushButton>("applyPipeline")->isEnabled());
  EXPECT_TRUE(child<QLabel>("pipelineResult")->text().contains("ct.nrrd · processed 2 is the result"))
      << child<QLabel>("pipelineResult")->text().toStdString();
  EXPECT_TRUE(window_->status().placeText().contains("value")) << window_->status().placeText().toStdString();
  EXPECT_FALSE(window_->status().placeText().contains("steps")) << window_->status().placeText().toStdString();
}

TEST_F(StepsAfterRun, ApplyToTheResultWhereThatIsAskedFor) {
  setNumber("scale", "20");
  auto* instead = child<QToolButton>("stepsToResult");
  ASSERT_TRUE(instead->isVisible());
  driver_.click(instead);
  EXPECT_EQ(target(), "Steps apply to ct.nrrd · processed");
  EXPECT_FALSE(instead->isVisible());
  run();
  EXPECT_EQ(valueOf(active()), 3600);
  EXPECT_EQ(active().name, "ct.nrrd · processed · processed");
  EXPECT_EQ(target(), "Steps apply to ct.nrrd · processed") << "now it is the recipe of the new one";
  undo();
  undo();
  EXPECT_EQ(target(), "Steps apply to ct.nrrd") << "the choice is undone like anything else";
}

TEST_F(StepsAfterRun, NewStepsApplyToTheResultOnceTheOldOnesAreRemoved) {
  clickRow(0);
  driver_.key("Delete");
  ASSERT_TRUE(steps().empty());
  addStep("scale");
  setNumber("scale", "3");
  EXPECT_EQ(target(), "Steps apply to ct.nrrd · processed");
  run();
  EXPECT_EQ(valueOf(active()), 540);
}

TEST_F(StepsAfterRun, WithTheLayerGoneNothingIsAppliedUnasked) {
  setNumber("scale", "20");
  window_->session().edit("Close", [](Document& d) { d.layers.erase(d.layers.begin()); });
  ASSERT_TRUE(settle());
  EXPECT_FALSE(child<QPushButton>("applyPipeline")->isEnabled());
  EXPECT_EQ(target(), "What this result was made from is closed");
  driver_.click(child<QToolButton>("stepsToResult"));
  ASSERT_TRUE(settle());
  EXPECT_TRUE(child<QPushButton>("applyPipeline")->isEnabled());
}

TEST_F(StepsAfterRun, ASessionKeepsWhatTheyApplyTo) {
  saveSession(document(), at("kept.voxmark.json").toStdString());
  EXPECT_EQ(readSession(at("kept.voxmark.json").toStdString()).stepsLayer()->name, "ct.nrrd");
  ui::applyStepsToResult(window_->session(), active().id);
  saveSession(document(), at("asked.voxmark.json").toStdString());
  EXPECT_EQ(readSession(at("asked.voxmark.json").toStdString()).stepsLayer()->name, "ct.nrrd · processed");
}

TEST_F(StepsAfterRun, ReadoutAndStatusBarTellTheValueBeforeAndAfter) {
  const auto values = [this] {
    QStringList out;
    auto* tree = child<QTreeWidget>("readoutValues");
    for (int n = 0; n < tree->topLevelItemCount(); ++n) {
      out << tree->topLevelItem(n)->text(0).trimmed() + "=" + tree->topLevelItem(n)->text(2);
    }
    return out;
  };
  window_->session().look([](Document& d) { d.views.crosshair = {5, 6, 7}; });
  ASSERT_TRUE(settle());
  EXPECT_TRUE(window_->status().placeText().endsWith("value 180")) << window_->status().placeText().toStdString();
  setNumber("scale", "20");
  ASSERT_TRUE(waitFor([&] { return window_->status().placeText().endsWith("value 18 before steps, 360 after"); }))
      << window_->status().placeText().toStdString();
  EXPECT_EQ(values(), (QStringList{"ct.nrrd · processed=", "before steps=18", "after steps=360", "ct.nrrd=18"}));
  look(document().layers[0].id);
  ASSERT_TRUE(waitFor([&] { return window_->status().placeText().endsWith("value 18 before steps, 360 after"); }));
  EXPECT_EQ(values(), (QStringList{"ct.nrrd · processed=180", "ct.nrrd=", "before steps=18", "after steps=360"}));
  window_->session().edit("Crop", [](Document& d) { d.steps.push_back({Crop{{{0, 0, 0}, {5, 24, 24}}}, true, {}}); });
  ASSERT_TRUE(waitFor([&] { return window_->status().placeText().endsWith("value 18 before steps"); }))
      << "where the crop leaves nothing, nothing is told: " << window_->status().placeText().toStdString();
  driver_.click(child<QCheckBox>("previewSwitch"), QPoint(8, 10));
  ASSERT_TRUE(waitFor([&] { return window_->status().placeText().endsWith("value 18"); }))
      << window_->status().placeText().toStdString();
}

}  // namespace
}  // namespace voxmark::testing
