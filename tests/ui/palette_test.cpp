#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QListView>

#include "tests/ui/window_test.h"
#include "ui/models/fuzzy_match.h"
#include "ui/widgets/command_palette.h"

namespace voxmark::testing {
namespace {

class Palette : public WindowTest {
 protected:
  void ask() {
    driver_.key("ctrl+k");
    ASSERT_TRUE(waitFor([&] { return palette()->isVisible(); }));
  }
  [[nodiscard]] ui::CommandPalette* palette() const { return child<ui::CommandPalette>("commandPalette"); }
  [[nodiscard]] QListView* list() const { return child<QListView>("commandList"); }
  [[nodiscard]] QString text(int row) const { return list()->model()->index(row, 0).data().toString(); }
  [[nodiscard]] QString marked() const { return list()->currentIndex().data().toString(); }
};

TEST(FuzzyMatch, FindsPartsAndLettersInOrder) {
  EXPECT_TRUE(ui::fuzzyMatch("cross", "Crosshair"));
  EXPECT_TRUE(ui::fuzzyMatch("rw", "Reset window and level"));
  EXPECT_TRUE(ui::fuzzyMatch("level reset", "Reset window and level"));
  EXPECT_FALSE(ui::fuzzyMatch("xyz", "Reset window and level"));
  EXPECT_FALSE(ui::fuzzyMatch("reset zoom", "Reset window and level"));
  EXPECT_EQ(ui::fuzzyMatch("", "anything"), 0);
}

TEST(FuzzyMatch, PrefersBeginningsOfWordsToPartsAndPartsToLetters) {
  EXPECT_GT(*ui::fuzzyMatch("layer", "Add layer"), *ui::fuzzyMatch("layer", "Multilayer"));
  EXPECT_GT(*ui::fuzzyMatch("bone", "CT window: Bone"), *ui::fuzzyMatch("bone", "Box or line"));
  EXPECT_GT(*ui::fuzzyMatch("open", "Open"), *ui::fuzzyMatch("open", "Then open"));
}

TEST_F(Palette, TypedLettersFindAnActionAndEnterRunsIt) {
  open(sample());
  const bool before = document().views.crosshairVisible;
  ask();
  driver_.type("crossh");
  EXPECT_EQ(marked(), "Crosshair");
  driver_.key("Return");
  EXPECT_TRUE(waitFor([&] { return document().views.crosshairVisible != before; }));
  EXPECT_FALSE(palette()->isVisible());
}

TEST_F(Palette, ArrowsMoveTheMarkAroundTheEnds) {
  open(sample());
  ask();
  driver_.type("only");
  const QString first = marked();
  driver_.key("Down");
  EXPECT_NE(marked(), first);
  driver_.key("Up");
  EXPECT_EQ(marked(), first);
  driver_.key("Up");
  EXPECT_EQ(list()->currentIndex().row(), list()->model()->rowCount() - 1);
}

TEST_F(Palette, EscClosesItAndChangesNothing) {
  open(sample());
  ask();
  const auto before = window_->session().history().current();
  driver_.type("bone");
  driver_.key("Escape");
  EXPECT_FALSE(palette()->isVisible());
  EXPECT_EQ(window_->session().history().current(), before);
}

TEST_F(Palette, WhatCannotBeDoneIsGreyAndDoesNothing) {
  ask();
  driver_.type("undo");
  const QModelIndex undo = list()->model()->index(0, 0);
  ASSERT_EQ(undo.data().toString(), "Undo");
  EXPECT_FALSE(undo.flags().testFlag(Qt::ItemIsEnabled));
  driver_.click(list()->viewport(), list()->visualRect(undo).center());
  EXPECT_TRUE(palette()->isVisible());
  EXPECT_NE(marked(), "Undo");
}

TEST_F(Palette, WhatWasUsedLastComesFirst) {
  open(sample());
  ask();
  driver_.type("colour map: viridis");
  driver_.key("Return");
  ASSERT_TRUE(waitFor([&] { return active().display.colorMap == "viridis"; }));
  ask();
  EXPECT_EQ(text(0), "Colour map: viridis");
}

TEST_F(Palette, ListsLayoutsPresetsAndPanels) {
  ui::CommandModel model(window_->actions());
  QStringList texts;
  for (int row = 0; row < model.rowCount(); ++row) texts << model.index(row, 0).data().toString();
  for (const char* wanted : {"Axial only", "All four views", "Colour map: inferno", "Display", "Log", "Settings…"}) {
    EXPECT_TRUE(texts.contains(wanted)) << wanted;
  }
  EXPECT_EQ(texts.filter("CT window:").size(), 8);
  EXPECT_TRUE(texts.filter("&").isEmpty());
}

TEST_F(Palette, TheModelKeepsToTheRulesOfModels) {
  ui::CommandModel model(window_->actions());
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  for (const char* typed : {"", "w", "window", "nothing is called that", ""}) model.setFilter(typed);
  EXPECT_GT(model.rowCount(), 40);
}

}  // namespace
}  // namespace voxmark::testing
