#include "ui/widgets/theme.h"

#include <QAction>
#include <QImage>
#include <QSettings>
#include <QToolBar>

#include "tests/ui/window_test.h"
#include "ui/widgets/themed_icon.h"

namespace voxmark::testing {
namespace {

class Theme : public WindowTest, public ::testing::WithParamInterface<ui::ThemeMode> {
 protected:
  ~Theme() override {
    QSettings().clear();
    ui::setThemeMode(ui::ThemeMode::Dark);
  }
};

TEST(Contrast, IsThatOfTheDefinition) {
  EXPECT_NEAR(ui::contrast(Qt::white, Qt::black), 21, 1e-9);
  EXPECT_NEAR(ui::contrast(Qt::red, Qt::red), 1, 1e-9);
  EXPECT_NEAR(ui::contrast(QColor("#767676"), Qt::white), 4.54, 0.005);  // the lightest grey that passes on white
}

TEST(ThemeColours, EveryTextIsLegibleOnEveryGroundItLiesOn) {
  for (const ui::ThemeColours* c : {&ui::darkColours(), &ui::lightColours()}) {
    const std::pair<QColor, QColor> pairs[] = {{c->text, c->window},
                                               {c->text, c->base},
                                               {c->text, c->alternate},
                                               {c->text, c->button},
                                               {c->text, c->title},
                                               {c->text, c->toolBar},
                                               {c->text, c->statusBar},
                                               {c->faint, c->base},
                                               {c->faint, c->window},
                                               {c->faint, c->alternate},
                                               {c->soft, c->window},
                                               {c->soft, c->statusBar},
                                               {c->soft, c->base},
                                               {c->onAccent, c->accent},
                                               {c->accent, c->base},
                                               {c->warning, c->window},
                                               {c->warning, c->base},
                                               {c->error, c->window},
                                               {c->warningText, c->warningGround},
                                               {c->errorText, c->errorGround},
                                               {c->axial, c->window},
                                               {c->sagittal, c->window},
                                               {c->coronal, c->window},
                                               {c->threeDee, c->window}};
    for (const auto& [text, ground] : pairs) {
      EXPECT_GE(ui::contrast(text, ground), 4.5) << text.name().toStdString() << " on " << ground.name().toStdString();
    }
  }
}

TEST_P(Theme, ReachesTheWindowAndLeavesTheViewsBlack) {
  open(sample());
  ui::setThemeMode(GetParam());
  const bool dark = GetParam() == ui::ThemeMode::Dark;
  const ui::ThemeColours& expected = dark ? ui::darkColours() : ui::lightColours();
  ASSERT_TRUE(settle());
  EXPECT_EQ(window_->palette().color(QPalette::Window), expected.window);
  EXPECT_EQ(&ui::themeColours(), &expected);
  const QImage picture = view(render::Plane::Axial)->grab().toImage();
  EXPECT_EQ(picture.pixelColor(3, picture.height() / 2), QColor(Qt::black));
}

TEST_P(Theme, IconsHaveTheColourOfTheTexts) {
  const QIcon icon = ui::themedIcon("open");  // made before the theme
  ui::setThemeMode(GetParam());
  const QImage image = icon.pixmap(QSize(64, 64), 1).toImage();
  int drawn = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      const QColor colour = image.pixelColor(x, y);
      if (colour.alpha() < 255) continue;
      EXPECT_EQ(colour, QApplication::palette().color(QPalette::ButtonText));
      ++drawn;
    }
  }
  EXPECT_GT(drawn, 50);
}

// Nothing says on these tests' X server that the system is dark.
INSTANTIATE_TEST_SUITE_P(Modes, Theme,
                         ::testing::Values(ui::ThemeMode::Dark, ui::ThemeMode::Light, ui::ThemeMode::System));

TEST(ThemedIcon, IsDrawnAtTheSizeThatThePixelRatioAsksFor) {
  for (const int ratio : {1, 2, 3}) {
    const QPixmap pixmap = ui::themedIcon("open").pixmap(QSize(20, 20), ratio);
    EXPECT_EQ(pixmap.width(), 20 * ratio);
    EXPECT_EQ(pixmap.devicePixelRatio(), ratio);
  }
}

TEST_F(WindowTest, TheToolBarHasTwelveIconsAtMost) {
  int icons = 0;
  for (const QAction* action : child<QToolBar>("toolBar")->actions()) icons += action->isSeparator() ? 0 : 1;
  EXPECT_LE(icons, 12);
  EXPECT_GE(icons, 5);
}

}  // namespace
}  // namespace voxmark::testing
