// One application for all tests of this program, on the X server that ctest starts.
#include <QApplication>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include "ui/widgets/theme.h"
#include "ui/widgets/vtk_widget.h"

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  QStandardPaths::setTestModeEnabled(true);
  voxmark::ui::requestSurfaceFormat();
  const QTemporaryDir settings;  // neither the user's nor those of tests that run at the same time
  QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
  QApplication application(argc, argv);
  QApplication::setOrganizationName("voxmark-test");
  QApplication::setApplicationName("voxmark-test");
  QApplication::setQuitOnLastWindowClosed(false);
  voxmark::ui::applyTheme(application);
  return RUN_ALL_TESTS();
}
