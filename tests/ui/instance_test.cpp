#include <QDir>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <csignal>
#include <cstdlib>
#include <memory>

#include <gtest/gtest.h>

#include "tests/ui/driver.h"

namespace voxmark::testing {
namespace {

/// Programs as a user starts them one after the other, with settings and a runtime folder of their own.
class Instance : public ::testing::Test {
 protected:
  void SetUp() override {
    program_ = qEnvironmentVariable("VOXMARK_PROGRAM");
    ASSERT_FALSE(program_.isEmpty()) << "VOXMARK_PROGRAM does not name the program";
  }
  void TearDown() override {
    for (const auto& one : running_) {
      one->kill();
      one->waitForFinished();
    }
  }
  QProcess* start(const QStringList& arguments, int scale = 1) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QT_SCALE_FACTOR", QString::number(scale));
    environment.insert("XDG_CONFIG_HOME", folder_.filePath("config"));
    environment.insert("XDG_RUNTIME_DIR", folder_.path());
    environment.insert("VOXMARK_CACHE_DIR", folder_.filePath("cache"));
    auto& process = running_.emplace_back(std::make_unique<QProcess>());
    process->setProcessEnvironment(environment);
    process->start(program_, arguments);
    return process.get();
  }
  /// How many windows have a title like that.
  static int windows(const QString& title) {
    QProcess search;
    search.start("xdotool", {"search", "--onlyvisible", "--name", title});
    search.waitForFinished();
    return static_cast<int>(search.readAllStandardOutput().count('\n'));
  }
  static bool ended(const QProcess* process) { return process->state() == QProcess::NotRunning; }
  static QString sample() { return qEnvironmentVariable("VOXMARK_SOURCE_DIR") + "/resources/sample/brain_t1.nii.gz"; }
  [[nodiscard]] int sockets() const {
    return static_cast<int>(QDir(folder_.path()).entryList({"voxmark-*.socket"}, QDir::System).size());
  }

  QTemporaryDir folder_;
  QString program_;
  std::vector<std::unique_ptr<QProcess>> running_;
};

TEST_F(Instance, FilesOfASecondStartOpenInTheRunningWindow) {
  start({});
  ASSERT_TRUE(waitFor([] { return windows("^Voxmark$") == 1; }, 60000));
  QProcess* second = start({sample()});
  ASSERT_TRUE(waitFor([&] { return ended(second); }, 60000));
  EXPECT_EQ(second->exitCode(), 0) << second->readAllStandardError().toStdString();
  EXPECT_TRUE(waitFor([] { return windows("brain_t1.nii.gz — Voxmark") == 1; }, 60000));
  EXPECT_EQ(windows("Voxmark$"), 1);
  // Another one where that is asked for.
  QProcess* own = start({"--new-window", sample()});
  EXPECT_TRUE(waitFor([] { return windows("brain_t1.nii.gz — Voxmark") == 2; }, 60000));
  EXPECT_FALSE(ended(own));
}

TEST_F(Instance, ASocketThatACrashHasLeftIsNoObstacle) {
  QProcess* first = start({});
  ASSERT_TRUE(waitFor([&] { return sockets() == 1 && windows("^Voxmark$") == 1; }, 60000));
  kill(static_cast<pid_t>(first->processId()), SIGKILL);
  ASSERT_TRUE(waitFor([&] { return ended(first); }));
  ASSERT_EQ(sockets(), 1);
  QProcess* second = start({sample()});
  EXPECT_TRUE(waitFor([] { return windows("brain_t1.nii.gz — Voxmark") == 1; }, 60000));
  EXPECT_FALSE(ended(second));
  QProcess* third = start({sample()});  // and is found by the next one
  EXPECT_TRUE(waitFor([&] { return ended(third); }, 60000));
  EXPECT_EQ(windows("Voxmark$"), 1);
}

TEST_F(Instance, OnFineScreensTheWindowIsDrawnFinerNotEnlarged) {
  for (const int scale : {1, 2, 3}) {
    const QString path = folder_.filePath(QString("at_%1.png").arg(scale));
    QProcess* taking = start({"--screenshot", path, sample()}, scale);
    ASSERT_TRUE(waitFor([&] { return ended(taking); }, 120000));
    const QImage picture(path);
    ASSERT_FALSE(picture.isNull()) << taking->readAllStandardError().toStdString();
    EXPECT_GE(picture.width(), 1400) << "the window fills the screen at any scale";
    // Enlarged pixels would be the same in squares of `scale`.
    const QImage coarse = picture.scaled(picture.size() / scale, Qt::IgnoreAspectRatio, Qt::FastTransformation)
                              .scaled(picture.size(), Qt::IgnoreAspectRatio, Qt::FastTransformation);
    int others = 0;
    for (int y = 0; y < picture.height(); ++y) {
      for (int x = 0; x < picture.width(); ++x) {
        others += std::abs(qGray(picture.pixel(x, y)) - qGray(coarse.pixel(x, y))) > 8 ? 1 : 0;
      }
    }
    if (scale == 1) continue;
    EXPECT_GT(others, picture.width() * picture.height() / 50) << scale;
  }
}

TEST_F(Instance, APictureIsTakenOfAWindowOfItsOwn) {
  start({});
  ASSERT_TRUE(waitFor([] { return windows("^Voxmark$") == 1; }, 60000));
  const QString picture = folder_.filePath("picture.png");
  QProcess* second = start({"--screenshot", picture, sample()});
  ASSERT_TRUE(waitFor([&] { return ended(second); }, 120000));
  EXPECT_TRUE(QFileInfo::exists(picture));
  EXPECT_EQ(windows("^Voxmark$"), 1);
  EXPECT_EQ(windows("brain_t1.nii.gz — Voxmark"), 0);
}

}  // namespace
}  // namespace voxmark::testing
