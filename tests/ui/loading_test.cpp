#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include "core/document/load_layer.h"
#include "tests/ui/window_test.h"
#include "ui/models/document_io.h"

namespace voxmark::testing {
namespace {

/// A file whose reading a test holds after three of its eight slices.
class Loading : public WindowTest {
 protected:
  void openHeld(bool replace = true) {
    gate_->slices = 3;
    QFile file(at("slow.gated"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.close();
    window_->open({file.fileName()}, replace);
    ASSERT_TRUE(waitFor([&] { return gate_->reading.load() && loading(); }));
    letRun(300);  // what follows the first slice
  }
  [[nodiscard]] bool loading() const { return document().active() != nullptr && active().name == "slow.gated"; }
  [[nodiscard]] bool releaseAndSettle() {
    gate_->open = true;
    return settle();
  }
  [[nodiscard]] const History& history() const { return window_->session().history(); }
  void crosshairTo(int k) {
    window_->session().look([&](Document& d) {
      d.views.crosshair = voxelToWorld(active().volume->geometry(), {4, 4, static_cast<double>(k)});
    });
  }
  void dragWindow(render::Plane plane) {
    const QPoint middle = view(plane)->rect().center();
    driver_.drag(view(plane), middle, middle + QPoint(60, 25), Driver::Left, "shift");
  }
  /// Share of a view's pixels for which `is` holds.
  template <typename Is>
  double share(render::Plane plane, Is&& is) const {
    const QImage picture = view(plane)->grabFramebuffer();
    int found = 0;
    for (int y = 0; y < picture.height(); ++y) {
      for (int x = 0; x < picture.width(); ++x) found += is(picture.pixelColor(x, y)) ? 1 : 0;
    }
    return static_cast<double>(found) / (picture.width() * picture.height());
  }
  /// The stripes of what is not read, and what smoothing makes between them.
  static bool striped(const QColor& colour) {
    const int tint = colour.blue() - colour.red();
    return colour.red() >= 22 && colour.red() <= 42 && tint >= 4 && tint <= 13;
  }
};

TEST_F(Loading, TheSlicesThatAreThereShowWhileTheRestIsRead) {
  openHeld();
  EXPECT_TRUE(active().opening);
  EXPECT_EQ(active().volume->filled()->slices(0), (std::vector<std::int64_t>{5, 6, 7}));
  // The slice nearest to the middle that is there, in the plane in which slices come.
  EXPECT_EQ(view(render::Plane::Axial)->slices().slice(), 5);
  EXPECT_TRUE(window_->status().placeText().endsWith(QString("value %1").arg(gatedValue(0, 5))))
      << window_->status().placeText().toStdString();
  EXPECT_LT(share(render::Plane::Axial, striped), 0.001);
  // Across them: three slices of eight, and nothing of what the memory holds where nothing was read.
  const double missing = share(render::Plane::Sagittal, striped);
  const auto bright = [](const QColor& colour) { return colour.value() > 60; };
  EXPECT_GT(missing, 0.2);
  EXPECT_LT(share(render::Plane::Sagittal, bright), missing * 3 / 5 * 1.2);
  ASSERT_TRUE(releaseAndSettle());
  EXPECT_FALSE(active().opening);
  EXPECT_EQ(active().frames, nullptr);
  EXPECT_EQ(share(render::Plane::Sagittal, striped), 0);
  EXPECT_EQ(view(render::Plane::Axial)->slices().slice(), 4);
  EXPECT_EQ(document().views.crosshair, centreOf(active().volume->geometry()));
}

TEST_F(Loading, WhatIsNotReadYetIsCalledSoAndSlicesCanBeTurned) {
  openHeld();
  driver_.wheel(view(render::Plane::Axial), view(render::Plane::Axial)->rect().center(), -3);
  ASSERT_TRUE(waitFor([&] { return view(render::Plane::Axial)->slices().slice() == 2; }));
  letRun(200);
  EXPECT_TRUE(window_->status().placeText().endsWith("not read yet")) << window_->status().placeText().toStdString();
  EXPECT_GT(share(render::Plane::Axial, striped), 0.4);
  ASSERT_TRUE(releaseAndSettle());
  EXPECT_EQ(view(render::Plane::Axial)->slices().slice(), 2);  // where the user went
  EXPECT_TRUE(window_->status().placeText().endsWith(QString("value %1").arg(gatedValue(0, 2))));
}

TEST_F(Loading, TheWindowOfTheWholeComesWithTheLastSlice) {
  openHeld();
  // Slices 5 to 7 hold 120 to 160: the window is of those that were there first.
  EXPECT_GE(active().display.window.level, 120);
  EXPECT_LE(active().display.window.level, 160);
  ASSERT_TRUE(releaseAndSettle());
  EXPECT_EQ(active().display.window, initialWindow(*active().volume));
  EXPECT_EQ(active().display.window, (DisplayWindow{140, 90}));
}

TEST_F(Loading, AWindowThatTheUserHasChosenStays) {
  openHeld();
  dragWindow(render::Plane::Axial);
  const DisplayWindow chosen = active().display.window;
  ASSERT_NE(chosen, (DisplayWindow{40, 140}));
  ASSERT_TRUE(releaseAndSettle());
  EXPECT_EQ(active().display.window, chosen);
  driver_.key("ctrl+z");
  EXPECT_EQ(active().display.window, (DisplayWindow{140, 90}));  // not that of a part
  driver_.key("ctrl+z");
  EXPECT_TRUE(document().layers.empty());
}

TEST_F(Loading, DamageAtTheEndBringsBackWhatWasOpen) {
  open(sample());
  dragWindow(render::Plane::Coronal);
  driver_.key("ctrl+z");
  ASSERT_TRUE(history().canRedo());
  const Document before = document();
  gate_->damaged = true;
  openHeld();
  EXPECT_EQ(document().layers.size(), 1U);
  dragWindow(render::Plane::Axial);
  ASSERT_TRUE(releaseAndSettle());
  ASSERT_TRUE(errorShown());
  EXPECT_TRUE(window_->lastError().contains("the checksum is wrong")) << window_->lastError().toStdString();
  EXPECT_TRUE(document().sameContent(before));
  EXPECT_EQ(document().views.crosshair, before.views.crosshair);
  EXPECT_EQ(document().activeLayer, before.activeLayer);
  EXPECT_EQ(history().undoLabel(), "Open brain_t1.nii.gz");
  EXPECT_TRUE(history().canRedo());
  driver_.key("ctrl+z");
  EXPECT_TRUE(document().layers.empty());
}

TEST_F(Loading, CancelBringsBackWhatWasOpen) {
  open(sample());
  const Document before = document();
  openHeld();
  driver_.click(child<QToolButton>("cancelJob"));
  ASSERT_TRUE(waitFor([&] { return gate_->cancelled.load(); }));
  ASSERT_TRUE(settle());
  EXPECT_TRUE(document().sameContent(before));
  EXPECT_EQ(document().views, before.views);
  EXPECT_FALSE(errorShown());
  EXPECT_FALSE(history().canRedo());
}

TEST_F(Loading, ALayerOnTopThatFailsTakesNothingWithIt) {
  open(sample());
  const Vec3 crosshair = document().views.crosshair;
  gate_->damaged = true;
  openHeld(false);
  ASSERT_EQ(document().layers.size(), 2U);
  EXPECT_EQ(document().views.crosshair, crosshair);
  window_->session().edit("Opacity", [](Document& d) { d.layers[0].display.opacity = 0.5; });
  ASSERT_TRUE(releaseAndSettle());
  ASSERT_EQ(document().layers.size(), 1U);
  EXPECT_EQ(active().display.opacity, 0.5);
  driver_.key("ctrl+z");
  EXPECT_EQ(active().display.opacity, 1);
  EXPECT_EQ(history().undoLabel(), "Open brain_t1.nii.gz");
}

TEST_F(Loading, UndoStopsTheReading) {
  open(sample());
  const Document before = document();
  openHeld();
  driver_.key("ctrl+z");
  ASSERT_TRUE(waitFor([&] { return gate_->cancelled.load(); }));
  ASSERT_TRUE(settle());
  EXPECT_TRUE(document().sameContent(before));
  EXPECT_FALSE(history().canRedo());
}

TEST_F(Loading, AGoodLoadIsOneStep) {
  openHeld();
  ASSERT_TRUE(releaseAndSettle());
  driver_.key("ctrl+z");
  EXPECT_TRUE(document().layers.empty());
  driver_.key("ctrl+shift+z");
  ASSERT_TRUE(waitFor([&] { return loading(); }));
  EXPECT_FALSE(active().opening);
  EXPECT_TRUE(active().volume->complete(0));
}

TEST_F(Loading, NothingIsMadeOfAnUnfinishedLayer) {
  openHeld();
  addCastStep();
  EXPECT_FALSE(child<QPushButton>("applyPipeline")->isEnabled());
  EXPECT_TRUE(child<QLabel>("pipelineResult")->text().contains("still being read"));
  window_->findChild<ui::DocumentIo*>()->exportActive({at("out.nii"), {}, true, -1});
  EXPECT_TRUE(window_->lastError().contains("still being read")) << window_->lastError().toStdString();
  driver_.key("ctrl+e");
  letRun(200);
  EXPECT_EQ(QApplication::activeModalWidget(), nullptr);
  ASSERT_TRUE(releaseAndSettle());
  EXPECT_FALSE(QFile::exists(at("out.nii")));
  EXPECT_TRUE(child<QPushButton>("applyPipeline")->isEnabled());
}

TEST_F(Loading, TheWindowCanBeClosedWhileAFileIsRead) {
  openHeld();
  window_.reset();
  EXPECT_TRUE(gate_->cancelled);
}

TEST_F(Loading, TheNextFileOpensAfterOneThatFailed) {
  gate_->damaged = true;
  gate_->slices = 3;
  QFile file(at("slow.gated"));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.close();
  open(sample());
  window_->open({file.fileName(), sample()}, true);
  ASSERT_TRUE(waitFor([&] { return loading(); }));
  ASSERT_TRUE(releaseAndSettle());
  EXPECT_EQ(document().layers.size(), 1U);
  EXPECT_EQ(active().name, "brain_t1.nii.gz");
  driver_.key("ctrl+z");
  ASSERT_EQ(document().layers.size(), 1U);  // the sample that was opened first
  driver_.key("ctrl+z");
  EXPECT_TRUE(document().layers.empty());
}

}  // namespace
}  // namespace voxmark::testing
