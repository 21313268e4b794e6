// One application for all tests of this program, on the X server that ctest starts.
#include <QApplication>
#include <QStandardPaths>
#include <QSurfaceFormat>

#include <gtest/gtest.h>

#include "ui/widgets/theme.h"

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  QStandardPaths::setTestModeEnabled(true);
  QSurfaceFormat format;
  format.setVersion(3, 2);
  format.setProfile(QSurfaceFormat::CoreProfile);
  format.setDepthBufferSize(24);
  format.setStencilBufferSize(8);
  QSurfaceFormat::setDefaultFormat(format);
  QApplication application(argc, argv);
  QApplication::setOrganizationName("voxmark-test");
  QApplication::setApplicationName("voxmark-test");
  QApplication::setQuitOnLastWindowClosed(false);
  voxmark::ui::applyDarkTheme(application);
  return RUN_ALL_TESTS();
}
