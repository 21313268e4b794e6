#pragma once

#include <QAbstractSpinBox>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>

#include "tests/ui/window_test.h"
#include "ui/models/step_list_model.h"

namespace voxmark::testing {

/// The window with the Process panel in front.
class ProcessTest : public WindowTest {
 protected:
  void SetUp() override {
    open(sample());
    showDock("processDock");
  }
  [[nodiscard]] QListView* list() const { return child<QListView>("pipelineSteps"); }
  [[nodiscard]] QRect row(int n) const { return list()->visualRect(list()->model()->index(n, 0)); }
  [[nodiscard]] QString note(int n) const {
    return list()->model()->index(n, 0).data(ui::StepListModel::NoteRole).toString();
  }
  [[nodiscard]] bool wrong(int n) const {
    return list()->model()->index(n, 0).data(ui::StepListModel::WrongRole).toBool();
  }
  [[nodiscard]] const std::vector<PipelineStep>& steps() const { return document().steps; }
  void clickRow(int n) { driver_.click(list()->viewport(), row(n).center()); }
  /// Finds a step by typing and adds it.
  void addStep(const QString& typed) {
    driver_.click(child<QPushButton>("addStep"));
    auto* popup = child<QWidget>("addStepPopup");
    ASSERT_TRUE(waitFor([&] { return popup->isVisible(); }));
    letRun(60);
    driver_.type(typed);
    driver_.key("Return");
    ASSERT_TRUE(waitFor([&] { return !popup->isVisible(); }));
  }
  /// Types a number into the editor of the chosen step.
  void setNumber(const char* field, const QString& value) {
    driver_.click(child<QAbstractSpinBox>((std::string("step_") + field).c_str()), QPoint(12, 10));
    driver_.key("ctrl+a");
    driver_.type(value);
    driver_.key("Return");
  }
  void addCrop(const Region& box) {
    addStep("crop to a box");
    const char* names[] = {"i", "j", "k", "di", "dj", "dk"};
    for (std::size_t n = 0; n < 6; ++n) {
      setNumber(names[n], QString::number(n < 3 ? box.start[n] : box.size[n - 3]));
    }
  }
  void run() {
    driver_.click(child<QPushButton>("applyPipeline"));
    ASSERT_TRUE(settle());
  }
  /// A step without the panel, for tests of something else.
  void give(const Pipeline& operations) {
    window_->session().edit("Give steps", [&](Document& d) {
      for (const Operation& operation : operations) d.steps.push_back({operation, true, {}});
    });
    ASSERT_TRUE(settle());
  }
};

}  // namespace voxmark::testing
