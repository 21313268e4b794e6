#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QToolButton>
#include <algorithm>
#include <cmath>

#include "core/ops/percentiles.h"
#include "tests/ui/made_volume.h"
#include "tests/ui/window_test.h"
#include "ui/models/window_presets.h"
#include "ui/widgets/histogram_view.h"
#include "ui/widgets/value_box.h"

namespace voxmark::testing {
namespace {

class WindowLevel : public WindowTest {
 protected:
  void SetUp() override { openCounted(sample()); }
  void openCounted(const QString& path, bool replace = true) {
    open(path, replace);
    ASSERT_TRUE(waitFor([&] { return histogram()->picture().whole != nullptr; }));
    ASSERT_TRUE(settle());
  }
  [[nodiscard]] ui::HistogramView* histogram() const { return child<ui::HistogramView>("histogram"); }
  [[nodiscard]] DisplayWindow window() const { return active().display.window; }
  [[nodiscard]] double low() const { return window().level - window().width / 2; }
  [[nodiscard]] double high() const { return window().level + window().width / 2; }
  [[nodiscard]] double perPixel() const { return histogram()->picture().axis.perPixel(); }
  [[nodiscard]] QPoint at(double value, double share = 0.5) const {
    const QRectF bars = ui::HistogramLayout(histogram()->rect()).bars;
    return {histogram()->pixelOf(value), static_cast<int>(bars.top() + share * bars.height())};
  }
  [[nodiscard]] QPoint markerAt(double value) const {
    return {histogram()->pixelOf(value),
            static_cast<int>(ui::HistogramLayout(histogram()->rect()).markers.center().y())};
  }
  void enter(const char* box, const QString& text) {
    driver_.click(child<ui::ValueBox>(box), QPoint(20, 10));
    driver_.key("ctrl+a");
    driver_.type(text);
    driver_.key("Return");
  }
};

TEST_F(WindowLevel, TheEdgesOfTheWindowAreDraggedInOneStepEach) {
  const double lowBefore = low();
  const double highBefore = high();
  const DisplayWindow before = window();
  const double step = perPixel();
  driver_.drag(histogram(), at(lowBefore), at(lowBefore) + QPoint(40, 0));
  EXPECT_NEAR(low(), lowBefore + 40 * step, step);
  EXPECT_NEAR(high(), highBefore, 1e-9);
  const double lowAfter = low();
  driver_.drag(histogram(), at(highBefore), at(highBefore) - QPoint(50, 0));
  EXPECT_NEAR(high(), highBefore - 50 * step, step);
  EXPECT_NEAR(low(), lowAfter, 1e-9);
  undo();
  EXPECT_NEAR(high(), highBefore, 1e-9);
  EXPECT_NEAR(low(), lowAfter, 1e-9);
  undo();
  EXPECT_EQ(window(), before);
}

TEST_F(WindowLevel, ItsMiddleIsDraggedAndTheEdgesDoNotPassEachOther) {
  const DisplayWindow before = window();
  driver_.drag(histogram(), at(before.level), at(before.level) + QPoint(25, 0));
  EXPECT_NEAR(window().level, before.level + 25 * perPixel(), perPixel());
  EXPECT_NEAR(window().width, before.width, 1e-9);
  driver_.drag(histogram(), at(low()), at(high()) + QPoint(20, 0));
  EXPECT_GT(window().width, 0);
  EXPECT_LT(window().width, perPixel());
}

TEST_F(WindowLevel, TheHistogramCountsEveryVoxelOfTheLayer) {
  const Volume& volume = *active().volume;
  const ValueDistribution& counted = *histogram()->picture().whole;
  std::vector<std::uint64_t> expected(256, 0);
  const Index3& size = volume.geometry().size;
  for (std::int64_t k = 0; k < size[2]; ++k) {
    for (std::int64_t j = 0; j < size[1]; ++j) {
      for (std::int64_t i = 0; i < size[0]; ++i) {
        ++expected[static_cast<std::size_t>(volume.valueAt(0, {i, j, k}))];
      }
    }
  }
  for (std::size_t value = 0; value < 256; ++value) {
    const auto bin = counted.binOf(static_cast<double>(value));
    EXPECT_EQ(bin ? counted.counts[*bin] : 0, expected[value]) << value;
  }
  driver_.moveTo(histogram(), at(100));
  const QString text = child<QLabel>("histogramValue")->text();
  const QString count = QLocale().toString(static_cast<qulonglong>(expected[100]));
  const QString beside = QLocale().toString(static_cast<qulonglong>(expected[101]));
  EXPECT_TRUE(text == "100: " + count + " voxels" || text == "101: " + beside + " voxels") << text.toStdString();
}

TEST_F(WindowLevel, OutliersDoNotSpoilTheViewAndTheWheelLooksCloser) {
  writeCube<float>(folder_.filePath("outlier.nrrd"), 24, [](int i, int j, int k) {
    return i == 3 && j == 4 && k == 5 ? 1e6F : 0.05F * static_cast<float>(i * 24 + j);
  });
  openCounted(folder_.filePath("outlier.nrrd"));
  EXPECT_LT(histogram()->picture().axis.high, 100);
  ASSERT_TRUE(waitFor([&] { return histogram()->picture().detail != nullptr; }));  // else all in one bin
  EXPECT_LT(histogram()->picture().detail->binWidth(), 1);
  driver_.click(child<QToolButton>("histogramAll"));
  EXPECT_GT(histogram()->picture().axis.high, 1e6);
  driver_.click(child<QToolButton>("histogramFit"));
  EXPECT_NEAR(histogram()->picture().axis.low, window().level - window().width, 0.2 * window().width);
  EXPECT_NEAR(histogram()->picture().axis.high, window().level + window().width, 0.2 * window().width);
  const double before = perPixel();
  const QPoint place = at(low());
  const double value = histogram()->picture().axis.valueAt(place.x());
  driver_.wheel(histogram(), place, 3);
  EXPECT_NEAR(perPixel(), before / std::pow(1.25, 3), before * 1e-6);
  EXPECT_NEAR(histogram()->picture().axis.valueAt(place.x()), value, 0.5 * perPixel());
  EXPECT_FALSE(window_->session().history().canRedo());
}

TEST_F(WindowLevel, RareValuesShowOnALogarithmicScale) {
  driver_.moveTo(window_.get(), {5, 5});
  const auto bright = [&] {
    const QImage picture = histogram()->grab().toImage();
    int count = 0;
    for (int y = 0; y < picture.height(); ++y) {
      for (int x = 0; x < picture.width(); ++x) count += qGray(picture.pixel(x, y)) > 90 ? 1 : 0;
    }
    return count;
  };
  const int linear = bright();
  driver_.click(child<QToolButton>("histogramLog"));
  EXPECT_TRUE(histogram()->picture().logarithmic);
  EXPECT_GT(bright(), linear);
}

TEST_F(WindowLevel, TheNumberKeysChooseCtWindows) {
  const DisplayWindow expected[] = {{80, 40}, {400, 40}, {350, 40}, {1500, -600}, {1500, 300}, {150, 90}};
  const DisplayWindow before = window();
  driver_.click(view(render::Plane::Axial));
  for (int n = 0; n < 6; ++n) {
    driver_.key(QString::number(3 + n));
    EXPECT_EQ(window(), expected[n]) << n;
  }
  for (int n = 4; n >= 0; --n) {
    driver_.key("ctrl+z");
    EXPECT_EQ(window(), expected[n]) << n;
  }
  driver_.key("ctrl+z");
  EXPECT_EQ(window(), before);
}

TEST_F(WindowLevel, APresetIsChosenFromTheListAndShownThere) {
  auto* list = child<QComboBox>("windowPreset");
  EXPECT_EQ(list->currentIndex(), -1);
  driver_.click(list);
  ASSERT_TRUE(waitFor([] { return QApplication::activePopupWidget() != nullptr; }));
  const int lung = list->findText("Lung", Qt::MatchStartsWith);
  ASSERT_GE(lung, 0);
  driver_.click(list->view()->viewport(), list->view()->visualRect(list->model()->index(lung, 0)).center());
  EXPECT_EQ(window(), (DisplayWindow{1500, -600}));
  EXPECT_TRUE(list->currentText().startsWith("Lung"));
  EXPECT_LT(histogram()->picture().axis.low, low());  // comes into view
  undo();
  EXPECT_EQ(list->currentIndex(), -1);
}

TEST_F(WindowLevel, AnOwnWindowIsKeptUnderItsNameAndDeletedAgain) {
  enter("windowWidth", "123");
  enter("windowLevel", "77");
  driver_.click(child<QToolButton>("windowPresetMenu"));
  letRun(100);
  driver_.key("Down");
  driver_.key("Return");
  dialog<QInputDialog>();
  driver_.type("Knee");
  driver_.key("Return");
  ASSERT_EQ(ui::ownWindows().size(), 1U);
  driver_.focus(window_.get());
  view(render::Plane::Axial)->setFocus();
  driver_.key("Escape");
  ASSERT_NE(window(), (DisplayWindow{123, 77}));
  // Another start of the program.
  window_->close();
  window_ =
      std::make_unique<ui::MainWindow>(ui::Services{composition_.sources, composition_.writers, composition_.backends});
  window_->show();
  driver_.focus(window_.get());
  openCounted(sample());
  driver_.click(child<QComboBox>("windowPreset"));
  letRun(100);
  driver_.type("Knee");
  driver_.key("Return");
  EXPECT_EQ(window(), (DisplayWindow{123, 77}));
  driver_.click(child<QToolButton>("windowPresetMenu"));
  letRun(100);
  driver_.key("Up");
  driver_.key("Return");
  EXPECT_TRUE(ui::ownWindows().empty());
  EXPECT_EQ(child<QComboBox>("windowPreset")->findText("Knee", Qt::MatchStartsWith), -1);
}

TEST_F(WindowLevel, NumbersAreTypedAsWindowAndLevelOrAsARange) {
  enter("windowLow", "-20");
  enter("windowHigh", "180");
  EXPECT_NEAR(window().width, 200, 1e-9);
  EXPECT_NEAR(window().level, 80, 1e-9);
  EXPECT_EQ(child<ui::ValueBox>("windowWidth")->text(), "200");
  enter("windowWidth", "100");
  EXPECT_NEAR(low(), 30, 1e-9);
  enter("windowLevel", "3");  // a number, no preset
  EXPECT_NEAR(window().level, 3, 1e-9);
  EXPECT_NEAR(window().width, 100, 1e-9);
  enter("windowLow", "500");  // above the upper edge, which gives way
  EXPECT_NEAR(low(), 500, 1e-9);
  EXPECT_GT(high(), 500);
}

TEST_F(WindowLevel, AutomaticLeavesOutATenthOfAPercentOnEachSideAndEscapeComesBack) {
  const DisplayWindow first = window();
  const Volume& volume = *active().volume;
  std::vector<double> values;
  const Index3& size = volume.geometry().size;
  for (std::int64_t k = 0; k < size[2]; ++k) {
    for (std::int64_t j = 0; j < size[1]; ++j) {
      for (std::int64_t i = 0; i < size[0]; ++i) values.push_back(volume.valueAt(0, {i, j, k}));
    }
  }
  driver_.key("3");
  driver_.click(child<QPushButton>("windowAutomatic"));
  EXPECT_NEAR(low(), quantile(values, 0.001), 2);  // an estimate from a part of the voxels
  EXPECT_NEAR(high(), quantile(values, 0.999), 4);
  driver_.key("3");
  driver_.key("Escape");
  EXPECT_EQ(window(), first);
}

TEST_F(WindowLevel, WhileAFileIsReadAutomaticGoesOnFollowingWhatComesIn) {
  gate_->slices = 3;
  QFile file(folder_.filePath("slow.gated"));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.close();
  window_->open({file.fileName()}, true);
  ASSERT_TRUE(waitFor([&] { return gate_->reading.load() && active().name == "slow.gated"; }));
  letRun(300);
  driver_.key("4");
  ASSERT_EQ(window(), (DisplayWindow{400, 40}));
  driver_.click(child<QPushButton>("windowAutomatic"));
  EXPECT_EQ(window(), active().automatic);
  gate_->open = true;
  ASSERT_TRUE(settle());
  EXPECT_EQ(window(), (DisplayWindow{140, 90}));  // 20 to 160, of all slices
}

TEST_F(WindowLevel, EveryLayerKeepsItsOwn) {
  driver_.key("5");
  openCounted(bundled("nifti/las.nii"), false);
  const DisplayWindow second = window();
  EXPECT_NE(second, (DisplayWindow{350, 40}));
  driver_.click(view(render::Plane::Axial));
  driver_.key("bracketleft");
  EXPECT_EQ(window(), (DisplayWindow{350, 40}));
  EXPECT_EQ(child<ui::ValueBox>("windowWidth")->value(), 350);
  driver_.key("6");
  driver_.key("bracketright");
  EXPECT_EQ(window(), second);
}

TEST_F(WindowLevel, ThresholdsAreSetBesideTheHistogramAndDraggedInIt) {
  driver_.click(child<QCheckBox>("hideBelow"), QPoint(10, 10));
  ASSERT_TRUE(active().display.hideBelow);
  EXPECT_NEAR(*active().display.hideBelow, low(), 1e-9);
  enter("hideBelowValue", "40");
  EXPECT_NEAR(active().display.hideBelow.value_or(0), 40, 1e-9);
  driver_.drag(histogram(), markerAt(40), markerAt(40) + QPoint(30, 0));
  EXPECT_NEAR(active().display.hideBelow.value_or(0), 40 + 30 * perPixel(), 1.01 * perPixel());
  EXPECT_FALSE(active().display.hideAbove);
  undo();
  EXPECT_NEAR(active().display.hideBelow.value_or(0), 40, 1e-9);
  driver_.click(child<QCheckBox>("hideAbove"), QPoint(10, 10));
  EXPECT_NEAR(active().display.hideAbove.value_or(0), high(), 1e-9);
  driver_.click(child<QCheckBox>("hideBelow"), QPoint(10, 10));
  EXPECT_FALSE(active().display.hideBelow);
}

TEST_F(WindowLevel, ColourMapInvertAndSmoothingAreStepsThatCanBeUndone) {
  driver_.click(child<QComboBox>("colorMap"));
  letRun(100);
  driver_.type("inf");
  driver_.key("Return");
  EXPECT_EQ(active().display.colorMap, "inferno");
  driver_.click(child<QCheckBox>("invert"), QPoint(10, 10));
  EXPECT_TRUE(active().display.invert);
  driver_.click(view(render::Plane::Axial));
  driver_.key("i");
  EXPECT_FALSE(active().display.interpolate);
  EXPECT_FALSE(child<QCheckBox>("interpolate")->isChecked());
  for (int n = 0; n < 3; ++n) driver_.key("ctrl+z");
  EXPECT_EQ(active().display.colorMap, "gray");
  EXPECT_FALSE(active().display.invert);
  EXPECT_TRUE(active().display.interpolate);
}

TEST_F(WindowLevel, TheKeyboardMovesTheWindowInTheHistogram) {
  driver_.click(child<QToolButton>("histogramFit"));
  histogram()->setFocus(Qt::TabFocusReason);
  const DisplayWindow before = window();
  const double step = perPixel();
  driver_.key("Right");
  EXPECT_NEAR(window().level, before.level + 2 * step, 1e-9);
  driver_.key("shift+Right");
  EXPECT_NEAR(window().width, before.width + 2 * step, 1e-9);
  driver_.key("plus");
  EXPECT_NEAR(perPixel(), step / 1.25, 1e-9);
}

TEST_F(WindowLevel, OfVectorsTheStyleIsOfferedAndOfColoursNoWindow) {
  auto* style = child<QComboBox>("vectorStyle");
  EXPECT_FALSE(style->isVisible());
  openCounted(bundled("metaimage/vector.mha"));
  ASSERT_EQ(active().volume->info().meaning, ComponentMeaning::Vector);
  EXPECT_TRUE(style->isVisible());
  driver_.click(style);
  letRun(100);
  driver_.key("Down");
  driver_.key("Return");
  EXPECT_EQ(active().display.vectors, VectorStyle::Direction);
  EXPECT_FALSE(child<QComboBox>("colorMap")->isEnabled());
  undo();
  EXPECT_EQ(active().display.vectors, VectorStyle::Magnitude);
  openCounted(bundled("nifti/rgb.nii"));
  EXPECT_FALSE(style->isVisible());
  EXPECT_FALSE(child<ui::ValueBox>("windowWidth")->isEnabled());
  EXPECT_FALSE(child<QComboBox>("colorMap")->isEnabled());
}

}  // namespace
}  // namespace voxmark::testing
