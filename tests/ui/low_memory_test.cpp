#include <QCheckBox>
#include <QLabel>
#include <QSpinBox>

#include "tests/ui/window_test.h"
#include "ui/panels/low_memory_dialog.h"
#include "ui/panels/session_desk.h"

namespace voxmark::testing {
namespace {

/// A machine whose memory a test decides on. The sample has 124×160×140 voxels of a byte.
class LowMemory : public WindowTest {
 protected:
  LowMemory() {
    window_->io().setAvailableMemory([this] { return available_; });
    JobContext job;
    whole_ = readVolume(*composition_.sources.open(sample().toStdString()), job);
  }
  ui::LowMemoryDialog* openAndAsk() {
    window_->open({sample()}, true);
    return dialog<ui::LowMemoryDialog>();
  }
  [[nodiscard]] std::uint64_t bytes() const { return whole_->info().totalBytes(); }
  template <typename Widget>
  Widget* in(QWidget* parent, const char* name) {
    return parent->findChild<Widget*>(name);
  }

  std::uint64_t available_ = 1;
  std::shared_ptr<Volume> whole_;
};

TEST_F(LowMemory, WhatDoesNotFitIsAskedAboutAndLoadsReduced) {
  available_ = bytes() / 2;
  auto* ask = openAndAsk();
  EXPECT_FALSE(in<QPushButton>(ask, "loadAll")->isEnabled());
  EXPECT_TRUE(in<QLabel>(ask, "lowMemoryText")->text().contains("does not fit"));
  EXPECT_EQ(in<QSpinBox>(ask, "reduceStep0")->value(), 2);  // a step that leaves half of the memory free
  EXPECT_TRUE(document().layers.empty());
  driver_.click(in<QPushButton>(ask, "loadReduced"));
  ASSERT_TRUE(waitFor([&] { return !document().layers.empty(); }));
  ASSERT_TRUE(settle());
  const Volume& got = *active().volume;
  for (std::size_t a = 0; a < 3; ++a) {
    EXPECT_EQ(got.geometry().size[a], (whole_->geometry().size[a] + 1) / 2);
    EXPECT_DOUBLE_EQ(got.geometry().spacing[a], 2 * whole_->geometry().spacing[a]);
  }
  EXPECT_EQ(got.valueAt(0, {20, 25, 22}), whole_->valueAt(0, {40, 50, 44}));
  EXPECT_EQ(active().reduction.step, (Index3{2, 2, 2}));
  EXPECT_FALSE(got.info().warnings.empty());
}

TEST_F(LowMemory, ABoxIsChosenWithItsSizeShownAtOnce) {
  available_ = bytes() / 2;
  auto* ask = openAndAsk();
  for (const char* step : {"reduceStep0", "reduceStep1", "reduceStep2"}) in<QSpinBox>(ask, step)->setValue(1);
  EXPECT_TRUE(in<QLabel>(ask, "reducedSize")->text().contains("still too much"));
  EXPECT_FALSE(in<QPushButton>(ask, "loadReduced")->isEnabled());
  in<QSpinBox>(ask, "cropStart2")->setValue(30);
  in<QSpinBox>(ask, "cropSize2")->setFocus();
  driver_.key("ctrl+a");
  driver_.type("20");
  ASSERT_TRUE(waitFor([&] { return in<QPushButton>(ask, "loadReduced")->isEnabled(); }));
  driver_.click(in<QPushButton>(ask, "loadReduced"));
  ASSERT_TRUE(waitFor([&] { return !document().layers.empty(); }));
  ASSERT_TRUE(settle());
  EXPECT_EQ(active().volume->geometry().size[2], 20);
  EXPECT_EQ(active().volume->valueAt(0, {40, 50, 4}), whole_->valueAt(0, {40, 50, 34}));
}

TEST_F(LowMemory, WhatMayFitCanBeLoadedAllTheSame) {
  available_ = bytes() * 5 / 4;
  auto* ask = openAndAsk();
  ASSERT_TRUE(in<QPushButton>(ask, "loadAll")->isEnabled());
  driver_.click(in<QPushButton>(ask, "loadAll"));
  ASSERT_TRUE(waitFor([&] { return !document().layers.empty(); }));
  ASSERT_TRUE(settle());
  EXPECT_EQ(active().volume->geometry().size, whole_->geometry().size);
}

TEST_F(LowMemory, CancellingOpensNothingAndEnoughMemoryIsNotAskedAbout) {
  available_ = bytes() / 2;
  openAndAsk();
  driver_.key("Escape");
  ASSERT_TRUE(settle());
  EXPECT_TRUE(document().layers.empty());
  EXPECT_FALSE(errorShown());
  available_ = bytes() * 3;
  open(sample());
  EXPECT_EQ(active().volume->geometry().size, whole_->geometry().size);
}

TEST_F(LowMemory, ASessionRemembersWhatWasLoaded) {
  available_ = bytes() / 2;
  auto* ask = openAndAsk();
  in<QCheckBox>(ask, "reduceMean")->setChecked(true);
  driver_.click(in<QPushButton>(ask, "loadReduced"));
  ASSERT_TRUE(waitFor([&] { return !document().layers.empty(); }));
  ASSERT_TRUE(settle());
  const double value = active().volume->valueAt(0, {20, 25, 22});
  window_->desk().files().save(at("small.voxmark.json"));
  ASSERT_TRUE(waitFor([&] { return !window_->desk().files().path().isEmpty(); }));
  window_->session().edit("Close", [](Document& d) { d = Document{}; });
  window_->open({at("small.voxmark.json")}, true);
  ASSERT_TRUE(waitFor([&] { return !document().layers.empty(); }));
  ASSERT_TRUE(settle());
  ASSERT_NE(active().volume, nullptr) << active().missing;
  EXPECT_EQ(active().volume->valueAt(0, {20, 25, 22}), value);
}

}  // namespace
}  // namespace voxmark::testing
