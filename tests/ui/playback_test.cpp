#include <QDoubleSpinBox>
#include <QFile>
#include <QLabel>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>
#include <set>

#include "tests/ui/window_test.h"
#include "ui/widgets/frame_bar.h"

namespace voxmark::testing {
namespace {

class Playback : public WindowTest {
 protected:
  /// 8³ voxels a frame, read at once while the gate is open.
  void openSeries(int frames) {
    gate_->open = true;
    gate_->frames = frames;
    QFile file(at("slow.gated"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.close();
    open(file.fileName());
  }
  [[nodiscard]] ui::FramePlayer& player() const { return window_->findChild<ui::FrameBar*>()->player(); }
  [[nodiscard]] std::int64_t frame() const { return document().views.frame; }
  void setRate(double rate) {
    window_->session().edit("Rate", [rate](Document& d) { d.views.frameRate = rate; });
  }
  void focusViews() { driver_.click(view(render::Plane::Axial)); }
};

TEST_F(Playback, TheBarIsThereForSeriesAlone) {
  open(sample());
  EXPECT_FALSE(child<QWidget>("frameBar")->isVisible());
  openSeries(5);
  EXPECT_TRUE(child<QWidget>("frameBar")->isVisible());
  EXPECT_EQ(child<QSlider>("frameSlider")->maximum(), 4);
}

TEST_F(Playback, SliderAndNumberChooseTheFrame) {
  openSeries(9);
  auto* slider = child<QSlider>("frameSlider");
  driver_.click(slider, {slider->width() / 2, slider->height() / 2});
  EXPECT_GT(frame(), 0);
  auto* number = child<QSpinBox>("frameNumber");
  driver_.click(number, {10, number->height() / 2}, Driver::Left, 2);
  driver_.key("ctrl+a");
  driver_.type("7");
  driver_.key("Return");
  ASSERT_TRUE(waitFor([&] { return frame() == 6; }));
  EXPECT_EQ(slider->value(), 6);
  EXPECT_FALSE(window_->session().history().undoLabel() == "Frame");
}

TEST_F(Playback, PlaysAndPausesWithAKey) {
  openSeries(6);
  setRate(20);
  focusViews();
  driver_.key("p");
  ASSERT_TRUE(player().playing());
  std::set<std::int64_t> seen;
  EXPECT_TRUE(waitFor([&] {
    seen.insert(frame());
    return seen.size() == 6;  // and over again until all have come by
  }));
  driver_.click(child<QToolButton>("playFrames"));
  ASSERT_FALSE(player().playing());
  const std::int64_t stopped = frame();
  letRun(200);
  EXPECT_EQ(frame(), stopped);
}

TEST_F(Playback, WithoutALoopItEndsOnTheLastFrameAndBeginsAnew) {
  openSeries(4);
  setRate(20);
  driver_.click(child<QToolButton>("loopFrames"));
  ASSERT_FALSE(document().views.frameLoop);
  driver_.click(child<QToolButton>("playFrames"));
  ASSERT_TRUE(waitFor([&] { return !player().playing(); }));
  EXPECT_EQ(frame(), 3);
  setRate(0.1);
  driver_.click(child<QToolButton>("playFrames"));
  EXPECT_TRUE(player().playing());
  EXPECT_EQ(frame(), 0);
  driver_.key("ctrl+z");  // the rate, the loop: settings like any other
  driver_.key("ctrl+z");
  driver_.key("ctrl+z");
  EXPECT_TRUE(waitFor([&] { return document().views.frameLoop; }));
}

TEST_F(Playback, FramesThatAreNotReadInTimeAreSkippedAndNoneQueues) {
  openSeries(50);
  setRate(20);
  gate_->open = false;
  const int reads = gate_->reads;
  player().setPlaying(true);
  ASSERT_TRUE(waitFor([&] { return frame() > 0; }));
  const std::int64_t waiting = frame();
  letRun(500);  // ten frames' time
  EXPECT_EQ(frame(), waiting);
  EXPECT_LE(gate_->reads, reads + 1);
  gate_->open = true;
  ASSERT_TRUE(waitFor([&] { return frame() != waiting; }));
  EXPECT_GE(frame(), waiting + 8);  // where the time is, not the next one
  player().setPlaying(false);
}

TEST_F(Playback, TheRateIsTypedAndUndone) {
  openSeries(3);
  auto* rate = child<QDoubleSpinBox>("frameRate");
  driver_.click(rate, {12, rate->height() / 2}, Driver::Left, 2);
  driver_.key("ctrl+a");
  driver_.type("12");
  driver_.key("Return");
  ASSERT_TRUE(waitFor([&] { return document().views.frameRate == 12; }));
  window_->session().undo();
  EXPECT_EQ(document().views.frameRate, 5);
  EXPECT_EQ(rate->value(), 5);
}

}  // namespace
}  // namespace voxmark::testing
