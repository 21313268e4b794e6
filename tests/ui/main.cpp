// One application for all tests of this program, on the X server that ctest starts.
#include <QApplication>
#include <QStandardPaths>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "ui/widgets/theme.h"
#include "ui/widgets/vtk_widget.h"

namespace voxmark::testing {
namespace {

/// On a busy machine a key may come before what it is meant for: what has failed is tried once more, in a process of
/// its own. A test that fails twice has failed.
int againAlone(const char* program, int result) {
  constexpr const char* kMark = "VOXMARK_SECOND_TRY";
  if (result == 0 || std::getenv(kMark) != nullptr) return result;
  std::string filter = "--gtest_filter=";
  const ::testing::UnitTest& all = *::testing::UnitTest::GetInstance();
  for (int s = 0; s < all.total_test_suite_count(); ++s) {
    const ::testing::TestSuite& suite = *all.GetTestSuite(s);
    for (int n = 0; n < suite.total_test_count(); ++n) {
      const ::testing::TestInfo& test = *suite.GetTestInfo(n);
      if (test.result()->Failed()) filter += std::string(test.test_suite_name()) + "." + test.name() + ":";
    }
  }
  std::printf("Trying again what has failed: %s\n", filter.c_str());
  std::fflush(nullptr);
  ::setenv(kMark, "1", 1);
  ::execl(program, program, filter.c_str(), nullptr);
  return result;
}

}  // namespace
}  // namespace voxmark::testing

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  QStandardPaths::setTestModeEnabled(true);
  voxmark::ui::requestSurfaceFormat();
  QApplication application(argc, argv);
  QApplication::setOrganizationName("voxmark-test");
  QApplication::setApplicationName("voxmark-test");
  QApplication::setQuitOnLastWindowClosed(false);
  voxmark::ui::applyTheme(application);
  return voxmark::testing::againAlone(argv[0], RUN_ALL_TESTS());
}
