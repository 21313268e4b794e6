#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QSpinBox>

#include "tests/ui/window_test.h"
#include "ui/panels/picture_dialog.h"

namespace voxmark::testing {
namespace {

class Pictures : public WindowTest {
 protected:
  ui::PictureDialog* ask() {
    driver_.key("ctrl+shift+p");
    return dialog<ui::PictureDialog>();
  }
  template <typename Widget>
  Widget* in(QWidget* parent, const char* name) {
    return parent->findChild<Widget*>(name);
  }
  QImage save(ui::PictureDialog* asked) {
    const QString path = at(QString("picture%1.png").arg(++count_));
    driver_.click(in<QPushButton>(asked, "pictureSave"));
    dialog<QFileDialog>();
    driver_.key("ctrl+a");
    driver_.type(path);
    driver_.key("Return");
    EXPECT_TRUE(waitFor([&] { return QFileInfo::exists(path); }, 60000)) << window_->lastError().toStdString();
    EXPECT_TRUE(settle());
    driver_.focus(window_.get());
    return QImage(path);
  }
  /// Mean absolute difference of the grey values, the larger picture reduced by averaging.
  static double difference(const QImage& a, const QImage& b) {
    const QImage small = b.scaled(a.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    double sum = 0;
    for (int y = 0; y < a.height(); ++y) {
      for (int x = 0; x < a.width(); ++x) sum += std::abs(qGray(a.pixel(x, y)) - qGray(small.pixel(x, y)));
    }
    return sum / (a.width() * a.height());
  }
  /// Share of the pixels that are as the one to their left, and as the one above: all of an enlarged picture's blocks.
  static double repeats(const QImage& picture, int scale) {
    int same = 0;
    int all = 0;
    for (int y = 0; y < picture.height(); ++y) {
      for (int x = 0; x < picture.width(); ++x) {
        if (qGray(picture.pixel(x, y)) < 30) continue;  // of what is not black
        ++all;
        same += picture.pixel(x, y) == picture.pixel(x / scale * scale, y / scale * scale) ? 1 : 0;
      }
    }
    return static_cast<double>(same) / std::max(all, 1);
  }

  int count_ = 0;
};

TEST_F(Pictures, AViewIsDrawnAnewAtThreeTimesItsSize) {
  open(sample());
  ui::SliceView* axial = view(render::Plane::Axial);
  driver_.click(axial);
  ASSERT_TRUE(settle());
  const QImage shown = axial->grabFramebuffer();
  auto* asked = ask();
  EXPECT_TRUE(in<QComboBox>(asked, "pictureWhat")->currentText().contains("axial", Qt::CaseInsensitive));
  in<QSpinBox>(asked, "pictureScale")->setValue(3);
  const QImage picture = save(asked);
  ASSERT_EQ(picture.size(), shown.size() * 3);
  EXPECT_LT(difference(shown, picture), 4);
  EXPECT_LT(repeats(picture, 3), 0.7);
  letRun(200);
  EXPECT_LT(difference(shown, axial->grabFramebuffer()), 0.5);  // the window is as before
}

TEST_F(Pictures, WithoutAnnotationsOnlyTheSliceIsThere) {
  open(sample());
  ui::SliceView* axial = view(render::Plane::Axial);
  driver_.click(axial);
  ASSERT_TRUE(settle());
  auto* asked = ask();
  in<QSpinBox>(asked, "pictureScale")->setValue(1);
  in<QCheckBox>(asked, "pictureAnnotations")->setChecked(false);
  const QImage plain = save(asked);
  EXPECT_TRUE(document().views.annotations);
  EXPECT_TRUE(document().views.crosshairVisible);
  EXPECT_FALSE(window_->session().history().undoLabel() == "Annotations");
  int coloured = 0;  // the crosshair is; a grey slice is not
  for (int y = 0; y < plain.height(); ++y) {
    for (int x = 0; x < plain.width(); ++x) {
      const QColor c = plain.pixelColor(x, y);
      coloured += std::max({c.red(), c.green(), c.blue()}) - std::min({c.red(), c.green(), c.blue()}) > 40 ? 1 : 0;
    }
  }
  EXPECT_EQ(coloured, 0);
  auto* again = ask();
  in<QCheckBox>(again, "pictureAnnotations")->setChecked(true);
  EXPECT_GT(difference(plain, save(again)), 0.1);
}

TEST_F(Pictures, TheWholeWindowTwiceAsLargeHoldsItsViewsAndPanels) {
  open(sample());
  ASSERT_TRUE(settle());
  const QImage shown = window_->grab().toImage();
  auto* asked = ask();
  in<QComboBox>(asked, "pictureWhat")->setCurrentIndex(2);
  in<QSpinBox>(asked, "pictureScale")->setValue(2);
  const QImage picture = save(asked);
  ASSERT_EQ(picture.size(), shown.size() * 2);
  EXPECT_LT(difference(shown, picture), 6);
}

TEST_F(Pictures, TheClipboardGetsAPicture) {
  open(sample());
  driver_.click(view(render::Plane::Coronal));
  ASSERT_TRUE(settle());
  QApplication::clipboard()->clear();
  driver_.key("ctrl+shift+c");
  ASSERT_TRUE(waitFor([] { return !QApplication::clipboard()->image().isNull(); }));
  EXPECT_EQ(QApplication::clipboard()->image().size(), view(render::Plane::Coronal)->pixelSize());
}

}  // namespace
}  // namespace voxmark::testing
