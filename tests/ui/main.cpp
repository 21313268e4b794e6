// One application for all tests of this program, on the X server that ctest starts.
#include <QApplication>
#include <QStandardPaths>

#include <gtest/gtest.h>

#include "ui/widgets/theme.h"
#include "ui/widgets/vtk_widget.h"

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  QStandardPaths::setTestModeEnabled(true);
  voxmark::ui::requestSurfaceFormat();
  QApplication application(argc, argv);
  QApplication::setOrganizationName("voxmark-test");
  QApplication::setApplicationName("voxmark-test");
  QApplication::setQuitOnLastWindowClosed(false);
  voxmark::ui::applyTheme(application);
  return RUN_ALL_TESTS();
}
