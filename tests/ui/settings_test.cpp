#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QListWidget>
#include <QRadioButton>
#include <QSettings>
#include <QSpinBox>
#include <filesystem>

#include "core/io/cache_folder.h"
#include "tests/ui/window_test.h"
#include "ui/models/preferences.h"
#include "ui/panels/settings/settings_dialog.h"
#include "ui/widgets/mouse_bindings.h"
#include "ui/widgets/theme.h"

namespace voxmark::testing {
namespace {

class SettingsTest : public WindowTest {
 protected:
  ~SettingsTest() override {
    QSettings().clear();
    ui::setThemeMode(ui::ThemeMode::Dark);
  }
  void show(const char* page) {
    child<ui::SettingsDialog>("settings")->ask(page);
    driver_.focus(child<ui::SettingsDialog>("settings"));
    letRun(30);
  }
};

TEST_F(SettingsTest, AreNotThoseOfTheUser) {
  EXPECT_EQ(QSettings().organizationName(), "voxmark-test");
}

TEST_F(SettingsTest, OpenByKeyAndTurnPagesByKey) {
  driver_.key("ctrl+comma");
  auto* dialog = child<ui::SettingsDialog>("settings");
  ASSERT_TRUE(waitFor([&] { return dialog->isVisible(); }));
  driver_.focus(dialog);
  auto* pages = child<QListWidget>("settingsPages");
  EXPECT_EQ(pages->count(), 5);
  EXPECT_TRUE(child<QCheckBox>("oneWindow")->isVisible());
  driver_.key("Down");
  EXPECT_TRUE(child<QComboBox>("theme")->isVisible());
  driver_.key("Escape");
  EXPECT_FALSE(dialog->isVisible());
}

TEST_F(SettingsTest, ThemeAndTextSizeApplyAtOnceAndBecomeTheDefaultsAgain) {
  show("appearance");
  const double points = QApplication::font().pointSizeF();
  auto* theme = child<QComboBox>("theme");
  theme->setFocus();
  driver_.key("Down");
  EXPECT_EQ(ui::themeMode(), ui::ThemeMode::Light);
  EXPECT_EQ(window_->palette().color(QPalette::Window), ui::lightColours().window);
  auto* size = child<QSpinBox>("textSize");
  size->setFocus();
  driver_.key("ctrl+a");
  driver_.type("150\t");
  EXPECT_NEAR(QApplication::font().pointSizeF(), points * 1.5, 0.01);
  driver_.click(child<QPushButton>("restoreDefaults"));
  EXPECT_EQ(ui::themeMode(), ui::ThemeMode::Dark);
  EXPECT_NEAR(QApplication::font().pointSizeF(), points, 0.01);
  EXPECT_EQ(theme->currentIndex(), 0);
}

TEST_F(SettingsTest, MousePresetsAreThoseThatTheViewsAsk) {
  show("mousePage");
  driver_.click(child<QRadioButton>("mouse_radiology"), QPoint(8, 8));
  EXPECT_STREQ(ui::currentMousePreset().id, "radiology");
  driver_.click(child<QCheckBox>("invertLevel"), QPoint(8, 8));
  EXPECT_TRUE(ui::levelInverted());
  driver_.click(child<QPushButton>("restoreDefaults"));
  EXPECT_STREQ(ui::currentMousePreset().id, "voxmark");
  EXPECT_FALSE(ui::levelInverted());
  EXPECT_TRUE(child<QRadioButton>("mouse_voxmark")->isChecked());
}

TEST_F(SettingsTest, GeneralOnesAreKept) {
  show("general");
  driver_.click(child<QCheckBox>("oneWindow"), QPoint(8, 8));
  EXPECT_FALSE(ui::oneWindow());
  auto* autosave = child<QSpinBox>("autosaveSeconds");
  autosave->setFocus();
  driver_.key("ctrl+a");
  driver_.type("17");
  EXPECT_EQ(ui::autosaveSeconds(), 17);
  driver_.click(child<QPushButton>("restoreDefaults"));
  EXPECT_TRUE(ui::oneWindow());
  EXPECT_EQ(autosave->value(), 3);
}

TEST_F(SettingsTest, TheCacheIsMeasuredAndClearedButNotWhatIsKeptForRecovery) {
  const QByteArray before = qgetenv("VOXMARK_CACHE_DIR");
  qputenv("VOXMARK_CACHE_DIR", folder_.path().toUtf8());
  for (const char* name : {"gzip-index", "autosave"}) {
    std::filesystem::create_directories(at(name).toStdString());
    QFile file(at(name) + "/one");
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(2500000, 'x'));
  }
  EXPECT_EQ(cacheBytes(), 2500000U);
  show("cache");
  auto* size = child<QLabel>("cacheSize");
  EXPECT_TRUE(waitFor([&] { return size->text() == "2.5 MB"; })) << size->text().toStdString();
  driver_.click(child<QPushButton>("clearCache"));
  EXPECT_TRUE(waitFor([&] { return size->text() == "0.0 MB"; }));
  EXPECT_FALSE(QFile::exists(at("gzip-index/one")));
  EXPECT_TRUE(QFile::exists(at("autosave/one")));
  qputenv("VOXMARK_CACHE_DIR", before);
}

}  // namespace
}  // namespace voxmark::testing
