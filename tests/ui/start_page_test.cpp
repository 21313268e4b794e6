#include "ui/widgets/start_page.h"

#include <QFile>
#include <QListWidget>
#include <QMenu>
#include <QSettings>

#include "tests/ui/window_test.h"
#include "ui/panels/session_desk.h"
#include "ui/widgets/histogram_painter.h"
#include "ui/widgets/histogram_view.h"

namespace voxmark::testing {
namespace {

class Start : public WindowTest {
 protected:
  Start() {
    qputenv("VOXMARK_CACHE_DIR", folder_.filePath("cache").toLocal8Bit());
    QFile::copy(sample(), at("first.nii.gz"));
    QFile::copy(sample(), at("second.nii.gz"));
    window_->desk().keep();
  }
  ~Start() override { qputenv("VOXMARK_CACHE_DIR", cacheBefore_); }
  void closeAll() {
    window_->session().edit("Close", [](Document& d) { d = Document{}; });
    letRun(100);
  }
  [[nodiscard]] QListWidget* list() const { return child<QListWidget>("recentFiles"); }
  [[nodiscard]] QString text(int row) const { return list()->item(row)->text(); }

  QByteArray cacheBefore_ = qgetenv("VOXMARK_CACHE_DIR");
};

TEST_F(Start, AnEmptyWindowOffersWaysToOpenSomething) {
  EXPECT_TRUE(child<QWidget>("startPage")->isVisible());
  EXPECT_FALSE(list()->isVisible());
  driver_.click(child<QPushButton>("startSample"));
  ASSERT_TRUE(waitFor([&] { return !document().layers.empty(); }));
  ASSERT_TRUE(settle());
  EXPECT_EQ(active().name, "brain_t1.nii.gz");
  EXPECT_FALSE(child<QWidget>("startPage")->isVisible());
}

TEST_F(Start, AnEmptyWindowCountsNoValues) {
  const auto ink = [&] {
    auto* histogram = child<ui::HistogramView>("histogram");
    const QRect bars = ui::HistogramLayout(histogram->rect()).bars.toRect().adjusted(2, 2, -2, -2);
    const QImage picture = histogram->grab(bars).toImage();
    const QRgb ground = picture.pixel(0, 0);
    int other = 0;
    for (int y = 0; y < picture.height(); ++y) {
      for (int x = 0; x < picture.width(); ++x) other += picture.pixel(x, y) != ground ? 1 : 0;
    }
    return other;
  };
  EXPECT_FALSE(child<ui::HistogramView>("histogram")->picture().whole);
  EXPECT_EQ(ink(), 0) << "something is written into the empty histogram";
  open(at("first.nii.gz"));
  ASSERT_TRUE(waitFor([&] { return child<ui::HistogramView>("histogram")->picture().whole != nullptr; }));
  letRun(50);
  EXPECT_GT(ink(), 100);
  closeAll();
  EXPECT_EQ(ink(), 0);
}

TEST_F(Start, WhatWasOpenedLastComesFirstWithAPictureAndOpensByKey) {
  open(at("first.nii.gz"));
  open(at("second.nii.gz"));
  closeAll();
  ASSERT_TRUE(child<QWidget>("startPage")->isVisible());
  ASSERT_EQ(list()->count(), 2);
  EXPECT_EQ(text(0), "second.nii.gz");
  ASSERT_TRUE(waitFor([&] { return QDir(at("cache/thumbnails")).entryList({"*.png"}).size() == 2; }));
  const QDir pictures(at("cache/thumbnails"));
  const QImage picture(pictures.filePath(pictures.entryList({"*.png"}).front()));
  // A head: bright in the middle, black in the corners.
  EXPECT_GT(qGray(picture.pixel(picture.width() / 2, picture.height() / 2)), 20);
  EXPECT_LT(qGray(picture.pixel(2, 2)), 30);
  EXPECT_TRUE(list()->hasFocus());
  driver_.key("Right");
  driver_.key("Return");
  ASSERT_TRUE(waitFor([&] { return !document().layers.empty(); }));
  ASSERT_TRUE(settle());
  EXPECT_EQ(active().name, "first.nii.gz");
}

TEST_F(Start, FilesThatAreGoneAreMarkedAndCanBeTakenOffTheList) {
  open(at("first.nii.gz"));
  open(at("second.nii.gz"));
  ASSERT_TRUE(QFile::remove(at("second.nii.gz")));
  closeAll();
  ASSERT_TRUE(waitFor([&] { return text(0).contains("not found"); })) << text(0).toStdString();
  EXPECT_FALSE(text(1).contains("not found"));
  list()->setCurrentRow(0);
  driver_.key("Delete");
  ASSERT_TRUE(waitFor([&] { return list()->count() == 1; }));
  EXPECT_EQ(text(0), "first.nii.gz");
  EXPECT_EQ(QSettings().value("recent/files").toList().size(), 1);
}

TEST_F(Start, TheFileMenuHoldsTheSameList) {
  open(at("first.nii.gz"));
  QMenu* menu = window_->actions().menu("file.recent");
  Q_EMIT menu->aboutToShow();
  ASSERT_FALSE(menu->actions().isEmpty());
  EXPECT_EQ(menu->actions().front()->text(), "first.nii.gz");
  closeAll();
  Q_EMIT menu->aboutToShow();
  menu->actions().front()->trigger();
  ASSERT_TRUE(waitFor([&] { return !document().layers.empty(); }));
}

TEST_F(Start, TheListOutlivesTheWindow) {
  open(at("first.nii.gz"));
  ASSERT_TRUE(waitFor([&] { return QDir(at("cache/thumbnails")).entryList({"*.png"}).size() == 1; }));
  window_ =
      std::make_unique<ui::MainWindow>(ui::Services{composition_.sources, composition_.writers, composition_.backends});
  window_->show();
  window_->desk().keep();
  ASSERT_TRUE(waitFor([&] { return list()->count() == 1; }));
  EXPECT_EQ(text(0), "first.nii.gz");
}

}  // namespace
}  // namespace voxmark::testing
