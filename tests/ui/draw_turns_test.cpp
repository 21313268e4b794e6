#include "ui/widgets/draw_turns.h"

#include <QVBoxLayout>
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/ui/driver.h"

namespace voxmark::testing {
namespace {

constexpr double kSlowMs = 30;  ///< more than a turn's time: whoever draws is the only one

/// A view whose pictures are said to be slow, and which has a new one to draw whenever it is painted.
class SlowView : public QWidget {
 public:
  using QWidget::QWidget;
  int drawn = 0;

 protected:
  void paintEvent(QPaintEvent*) override {
    if (!ui::DrawTurns::get().mayDraw(*this)) return;
    ++drawn;
    ui::DrawTurns::get().note(*this, kSlowMs);
    QMetaObject::invokeMethod(
        this, [this] { update(); }, Qt::QueuedConnection);
  }
};

class DrawTurns : public ::testing::Test {
 protected:
  DrawTurns() {
    auto* column = new QVBoxLayout(&window_);
    for (SlowView*& view : views_) column->addWidget(view = new SlowView(&window_));
    window_.resize(300, 300);
    window_.show();
  }
  [[nodiscard]] int least() const { return std::min({views_[0]->drawn, views_[1]->drawn, views_[2]->drawn}); }

  QWidget window_;
  std::array<SlowView*, 3> views_{};
};

TEST_F(DrawTurns, EveryViewGetsItsTurnHoweverSlowTheOthersAre) {
  ASSERT_TRUE(waitFor([&] { return least() >= 20; }, 20000));
  for (const SlowView* view : views_) EXPECT_LE(view->drawn, 2 * least() + 4);
}

TEST_F(DrawTurns, OneThatCannotBeSeenAnyMoreKeepsNobodyWaiting) {
  ASSERT_TRUE(waitFor([&] { return least() >= 1; }, 20000));
  views_[1]->hide();
  const int before = views_[2]->drawn;
  const int other = views_[0]->drawn;
  EXPECT_TRUE(waitFor([&] { return views_[2]->drawn >= before + 10 && views_[0]->drawn >= other + 10; }, 20000));
}

}  // namespace
}  // namespace voxmark::testing
