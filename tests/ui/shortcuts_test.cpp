#include <QAbstractItemModelTester>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QSpinBox>
#include <QTableView>

#include "tests/ui/window_test.h"
#include "ui/models/shortcut_groups.h"
#include "ui/models/shortcut_model.h"
#include "ui/panels/settings/settings_dialog.h"
#include "ui/widgets/mouse_summary.h"

namespace voxmark::testing {
namespace {

class Shortcuts : public WindowTest {
 protected:
  /// The page of keys, with the one action that `search` finds chosen.
  void choose(const QString& search) {
    auto* dialog = child<ui::SettingsDialog>("settings");
    dialog->ask("shortcuts");
    driver_.focus(dialog);
    driver_.click(child<QLineEdit>("shortcutSearch"));
    driver_.key("ctrl+a");
    driver_.type(search);
    auto* table = child<QTableView>("shortcutTable");
    ASSERT_EQ(table->model()->rowCount(), 1) << search.toStdString();
    driver_.click(table->viewport(), table->visualRect(table->model()->index(0, 0)).center());
  }
  void press(const QString& key) {
    driver_.click(child<QKeySequenceEdit>("shortcutKeys"));
    driver_.key(key);
  }
  [[nodiscard]] QList<QKeySequence> keysOf(const char* id) const { return window_->actions().find(id)->shortcuts(); }
};

TEST_F(Shortcuts, NoTwoActionsShareAKeyAsTheyCome) {
  QMap<QString, QString> users;
  for (const QAction* action : window_->actions().all()) {
    for (const QKeySequence& key : window_->actions().defaultKeys(action)) {
      const QString name = key.toString();
      EXPECT_FALSE(users.contains(name)) << name.toStdString() << ": " << users[name].toStdString() << " and "
                                         << action->objectName().toStdString();
      users[name] = action->objectName();
    }
  }
  EXPECT_GT(users.size(), 40);
}

TEST_F(Shortcuts, ATypedKeyIsTakenAndWorksAtOnceAndLater) {
  open(sample());
  choose("Invert colours");
  press("ctrl+j");
  (void)waitFor([&] { return !keysOf("layer.invert").isEmpty(); }, 4000);
  EXPECT_EQ(keysOf("layer.invert"), QList<QKeySequence>{QKeySequence("Ctrl+J")});
  EXPECT_EQ(QSettings().value("shortcuts/layer.invert").toString(), "Ctrl+J");
  child<ui::SettingsDialog>("settings")->close();
  driver_.focus(window_.get());
  driver_.key("ctrl+j");
  EXPECT_TRUE(waitFor([&] { return active().display.invert; }));
  const ui::MainWindow second({composition_.sources, composition_.writers, composition_.backends});
  EXPECT_EQ(const_cast<ui::MainWindow&>(second).actions().find("layer.invert")->shortcut(), QKeySequence("Ctrl+J"));
}

TEST_F(Shortcuts, AKeyThatIsTakenIsMovedOnlyWhenThatIsSaid) {
  choose("Invert colours");
  press("r");
  (void)waitFor([&] { return !child<QLabel>("shortcutConflict")->text().isEmpty(); }, 4000);
  EXPECT_TRUE(keysOf("layer.invert").isEmpty());
  EXPECT_EQ(keysOf("view.reset"), QList<QKeySequence>{QKeySequence("R")});
  EXPECT_TRUE(child<QLabel>("shortcutConflict")->text().contains("Reset views"));
  driver_.click(child<QPushButton>("shortcutMove"));
  EXPECT_EQ(keysOf("layer.invert"), QList<QKeySequence>{QKeySequence("R")});
  EXPECT_TRUE(keysOf("view.reset").isEmpty());
  EXPECT_TRUE(child<QLabel>("shortcutConflict")->text().isEmpty());
}

TEST_F(Shortcuts, OneOrAllBecomeAgainWhatTheyWere) {
  choose("Reset views");
  driver_.click(child<QPushButton>("shortcutClear"));
  EXPECT_TRUE(keysOf("view.reset").isEmpty());
  driver_.click(child<QPushButton>("shortcutReset"));
  EXPECT_EQ(keysOf("view.reset"), QList<QKeySequence>{QKeySequence("R")});
  press("ctrl+j");
  driver_.click(child<QPushButton>("restoreDefaults"));
  EXPECT_EQ(keysOf("view.reset"), QList<QKeySequence>{QKeySequence("R")});
  EXPECT_FALSE(QSettings().contains("shortcuts/view.reset"));
}

TEST_F(Shortcuts, TheModelKeepsToTheRulesOfModels) {
  ui::ShortcutModel model(window_->actions());
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.setKey(0, QKeySequence("Ctrl+J"));
  model.moveKey(1, QKeySequence("Ctrl+J"));
  EXPECT_TRUE(model.action(0)->shortcuts().isEmpty() || model.action(0)->shortcut() != QKeySequence("Ctrl+J"));
  model.resetAll();
  EXPECT_EQ(model.action(1)->shortcuts(), window_->actions().defaultKeys(model.action(1)));
}

TEST_F(Shortcuts, WhatIsTypedInFieldsIsText) {
  open(sample());
  const std::string layout = document().views.layout;
  window_->actions().find("tools.goTo")->trigger();
  auto* place = child<QLineEdit>("goToPlace");
  driver_.focus(place->window());
  driver_.click(place);
  driver_.type("as3 x");
  EXPECT_EQ(place->text(), "as3 x");
  place->window()->close();
  driver_.focus(window_.get());
  auto* box = new QSpinBox(window_.get());  // in the window itself, where its keys are
  box->setRange(0, 999);
  box->setGeometry(10, 200, 90, 30);
  box->show();
  box->raise();
  driver_.click(box, QPoint(20, 15), Driver::Left, 2);
  driver_.type("348");
  EXPECT_EQ(box->value(), 348);
  auto* edit = new QLineEdit(window_.get());
  edit->setGeometry(10, 240, 120, 30);
  edit->show();
  edit->raise();
  driver_.click(edit);
  driver_.type("A a 1");
  EXPECT_EQ(edit->text(), "A a 1");
  EXPECT_EQ(document().views.layout, layout);
  EXPECT_EQ(document().views.tool, "crosshair");
}

TEST_F(Shortcuts, SpacePressesTheButtonThatHasTheKeyboard) {
  open(sample());
  auto* button = new QPushButton("Press", window_.get());
  button->setGeometry(10, 200, 90, 30);
  button->show();
  button->raise();
  int pressed = 0;
  QObject::connect(button, &QPushButton::clicked, button, [&] { ++pressed; });
  button->setFocus();
  const bool annotations = document().views.annotations;
  driver_.key("space");
  EXPECT_EQ(pressed, 1);
  EXPECT_EQ(document().views.annotations, annotations);
}

TEST_F(Shortcuts, TheSheetShowsEveryKeyAndTheMouseAndCloses) {
  open(sample());
  auto* sheet = child<QFrame>("shortcutSheet");
  view(render::Plane::Axial)->setFocus();
  driver_.key("question");
  ASSERT_TRUE(waitFor([&] { return sheet->isVisible(); }));
  QStringList shown;
  for (const QLabel* label : sheet->findChildren<QLabel*>()) shown << label->text();
  for (const ui::ShortcutGroup& group : ui::shortcutGroups(window_->actions())) {
    EXPECT_TRUE(shown.contains(group.title)) << group.title.toStdString();
    for (const auto& [what, keys] : group.rows) EXPECT_TRUE(shown.contains(what) && shown.contains(keys));
  }
  for (const auto& [what, how] : ui::mouseSummary().rows) EXPECT_TRUE(shown.contains(how)) << how.toStdString();
  driver_.key("a");  // explained, not done
  EXPECT_EQ(document().views.layout, "quad");
  driver_.key("Escape");
  EXPECT_FALSE(sheet->isVisible());
  EXPECT_TRUE(view(render::Plane::Axial)->hasFocus());
  driver_.key("question");
  ASSERT_TRUE(waitFor([&] { return sheet->isVisible(); }));
  driver_.key("question");
  EXPECT_FALSE(sheet->isVisible());
}

}  // namespace
}  // namespace voxmark::testing
