#include <gtest/gtest.h>

#include "core/document/history.h"
#include "core/document/load_layer.h"

namespace voxmark {
namespace {

VolumePtr smallVolume() {
  VolumeInfo info;
  info.geometry.size = {2, 2, 2};
  info.geometry.origin = {5, 6, 7};
  auto volume = std::make_shared<Volume>(info);
  std::fill_n(volume->mutableFrameData(0), 8, std::byte{1});
  return volume;
}

class Withdrawing : public ::testing::Test {
 protected:
  Withdrawing() : history_(std::make_shared<const Document>()) {
    Document opened = withLayer({}, makeLayer(smallVolume(), 1, "old"));
    opened.steps.push_back({Cast{}, true, {}});
    push(opened, "Open old");
  }
  void push(Document document, const std::string& label) {
    history_.push(std::make_shared<const Document>(std::move(document)), label);
  }
  void open(bool replace) {
    before_ = history_;
    Document next = *history_.current();
    if (replace) {
      next.layers.clear();
      next.steps.clear();
    }
    push(withLayer(next, makeLayer(smallVolume(), 2, "new")), "Open new");
  }
  void withdraw(bool replaced) {
    const Document before = *before_->current();
    history_.revise([&](Document& d) { return withdrawLayer(d, 2, before, replaced); });
    history_.restoreRedo(*before_);
  }
  void moveCrosshair() {
    Document next = *history_.current();
    next.views.crosshair = {1, 2, 3};
    history_.replace(std::make_shared<const Document>(next));
  }

  History history_;
  std::optional<History> before_;
};

TEST_F(Withdrawing, BringsBackWhatWasReplacedWithItsSteps) {
  moveCrosshair();
  const Document before = *history_.current();
  open(true);
  withdraw(true);
  EXPECT_TRUE(history_.current()->sameContent(before));
  EXPECT_EQ(history_.current()->views, before.views);
  EXPECT_EQ(history_.current()->activeLayer, 1);
  EXPECT_EQ(history_.undoLabel(), "Open old");
  EXPECT_FALSE(history_.canRedo());
}

TEST_F(Withdrawing, KeepsWhatTheUserDidMeanwhile) {
  open(false);
  Document next = *history_.current();
  next.layers[0].display.opacity = 0.25;
  push(next, "Opacity");
  moveCrosshair();
  withdraw(false);
  ASSERT_EQ(history_.current()->layers.size(), 1U);
  EXPECT_EQ(history_.current()->layers[0].display.opacity, 0.25);
  EXPECT_EQ(history_.current()->views.crosshair, (Vec3{1, 2, 3}));
  EXPECT_EQ(history_.current()->activeLayer, 1);
  EXPECT_EQ(history_.undoLabel(), "Opacity");
  history_.undo();
  EXPECT_EQ(history_.current()->layers[0].display.opacity, 1);
  EXPECT_EQ(history_.undoLabel(), "Open old");
}

TEST_F(Withdrawing, AlsoReachesWhatWasUndone) {
  open(true);
  history_.undo();
  withdraw(true);
  EXPECT_FALSE(history_.canRedo());
  EXPECT_EQ(history_.current()->layers[0].name, "old");
}

TEST_F(Withdrawing, GivesBackWhatCouldBeRedone) {
  history_.undo();
  open(false);
  EXPECT_FALSE(history_.canRedo());
  withdraw(false);
  EXPECT_TRUE(history_.current()->layers.empty());
  EXPECT_EQ(history_.redoLabel(), "Open old");
}

TEST_F(Withdrawing, TheNextStepOfTheSameNameIsAStepOfItsOwn) {
  before_ = history_;
  history_.push(std::make_shared<const Document>(withLayer({}, makeLayer(smallVolume(), 2, "new"))), "Open", "open-1");
  withdraw(true);
  history_.push(std::make_shared<const Document>(withLayer({}, makeLayer(smallVolume(), 3, "third"))), "Open",
                "open-1");
  history_.undo();
  EXPECT_EQ(history_.current()->layers[0].name, "old");
}

TEST(LoadLayer, TheWindowOfAnUnfinishedVolumeIsOfWhatIsThere) {
  VolumeInfo info;
  info.geometry.size = {4, 4, 3};
  auto volume = std::make_shared<Volume>(info);
  std::fill_n(volume->mutableFrameData(0), 16, std::byte{255});  // not read
  std::fill_n(volume->mutableFrameData(0) + 16, 16, std::byte{10});
  std::fill_n(volume->mutableFrameData(0) + 32, 16, std::byte{20});
  const auto filled = std::make_shared<FilledSlices>(info.geometry.size, 1);
  volume->setFilled(filled);
  EXPECT_EQ(initialWindow(*volume), (DisplayWindow{1, 0.5}));
  filled->add(0, {{0, 0, 1}, {4, 4, 2}});
  EXPECT_EQ(initialWindow(*volume), (DisplayWindow{10, 15}));
}

TEST(LoadLayer, AWindowThatShowsNothingOfTheVoxelsIsNotTaken) {
  VolumeInfo info;
  info.geometry.size = {10, 10, 10};
  const auto shownWith = [&](DisplayWindow window) {
    info.window = window;
    Volume volume(info);
    for (std::size_t n = 0; n < 1000; ++n) volume.mutableFrameData(0)[n] = std::byte(n % 100);
    return initialWindow(volume);
  };
  EXPECT_EQ(shownWith({50, 40}), (DisplayWindow{50, 40}));
  EXPECT_EQ(shownWith({5000, 1000}), (DisplayWindow{5000, 1000}));  // little of it, but enough to see
  EXPECT_NEAR(shownWith({25497, 12752}).width, 99, 2);
  EXPECT_NEAR(shownWith({10, 500}).level, 50, 2);
}

}  // namespace
}  // namespace voxmark
