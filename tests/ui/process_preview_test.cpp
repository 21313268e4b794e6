#include <QCheckBox>
#include <QLabel>

#include "core/document/load_layer.h"
#include "core/trace/counters.h"
#include "tests/ui/made_volume.h"
#include "tests/ui/process_support.h"

namespace voxmark::testing {
namespace {

class Preview : public ProcessTest {
 protected:
  [[nodiscard]] QImage picture(render::Plane plane = render::Plane::Axial) {
    EXPECT_TRUE(settle());
    letRun(120);
    EXPECT_TRUE(settle());
    return view(plane)->grabFramebuffer();
  }
  /// Mean absolute difference of grey values.
  static double difference(const QImage& a, const QImage& b) {
    if (a.size() != b.size()) return 255;
    double sum = 0;
    for (int y = 0; y < a.height(); ++y) {
      for (int x = 0; x < a.width(); ++x) sum += std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y)));
    }
    return sum / (a.width() * a.height());
  }
  /// The views without anything but voxels.
  void plain() {
    window_->session().look([](Document& d) {
      d.views.annotations = false;
      d.views.crosshairVisible = false;
    });
  }
  /// The slices of what the steps really make, drawn as the preview was.
  [[nodiscard]] std::vector<QImage> picturesOfTheResult() {
    JobContext job;
    MemorySource source(active().volume);
    MemorySink sink;
    const Plan made = plan(document().pipeline(), active().volume->info());
    (void)makeCpuBackend(0)->execute(made, source, sink, wholeOf(made.output.geometry.size), job);
    const VolumePtr volume = sink.take();
    window_->session().edit("Result", [&](Document& d) {
      Layer layer = layerOf(volume, d.nextLayerId, "result", d.active()->display.window);
      d = withLayer(d, layer);
      d.steps.clear();
      // The bottom layer gives the planes; it is there, and cannot be seen.
      d.layers.front().display.opacity = 0;
    });
    std::vector<QImage> out;
    for (const auto plane : {render::Plane::Axial, render::Plane::Sagittal, render::Plane::Coronal}) {
      out.push_back(picture(plane));
    }
    return out;
  }
  void expectLikeTheResult(const char* what) {
    std::vector<QImage> shown;
    for (const auto plane : {render::Plane::Axial, render::Plane::Sagittal, render::Plane::Coronal}) {
      shown.push_back(picture(plane));
    }
    const std::vector<QImage> result = picturesOfTheResult();
    for (std::size_t n = 0; n < 3; ++n) EXPECT_LT(difference(shown[n], result[n]), 0.2) << what << ", view " << n;
    undo();
    ASSERT_TRUE(settle());
  }
};

TEST_F(Preview, ShowsInEveryViewWhatTheStepsWouldMake) {
  plain();
  const QImage before = picture();
  give({Crop{{{20, 20, 20}, {60, 70, 60}}}, Smooth{2}});
  EXPECT_GT(difference(before, picture()), 1);
  EXPECT_EQ(document().layers.size(), 1U) << "nothing was run";
  expectLikeTheResult("a crop");
  undo();
  give({Resample{Vec3{2.5, 2.5, 4}, {}, {}, {}, Interpolation::Nearest, 0}, Clamp{50, 200}});
  expectLikeTheResult("another grid");
}

TEST_F(Preview, ShowsInTheLightboxToo) {
  plain();
  driver_.key("F7");
  auto& lightbox = window_->views().lightbox();
  ASSERT_TRUE(waitFor([&] { return lightbox.isVisible() && lightbox.pictures() > 0; }));
  const auto drawn = [&] {
    EXPECT_TRUE(settle());
    letRun(300);
    EXPECT_TRUE(settle());
    return lightbox.grabFramebuffer();
  };
  const QImage before = drawn();
  give({Smooth{3}, Clamp{0, 60}});
  ASSERT_TRUE(waitFor([&] { return difference(before, lightbox.grabFramebuffer()) > 1; }));
  const QImage shown = drawn();
  driver_.click(child<QPushButton>("applyPipeline"));
  ASSERT_TRUE(settle());
  EXPECT_LT(difference(shown, drawn()), 0.3) << "the result of the same steps";
}

TEST_F(Preview, HoldsOnTurnedPlanesAndInSlabs) {
  plain();
  window_->session().look([](Document& d) { d.views.rotation = rotationAbout({1, 1, 0}, 25); });
  give({Smooth{1.5}});
  expectLikeTheResult("turned");
  window_->session().look([](Document& d) { d.views.slab = {SlabMode::Maximum, 12}; });
  expectLikeTheResult("a turned slab");
  window_->session().look([](Document& d) { d.views.rotation = {}; });
  expectLikeTheResult("a slab");
}

TEST_F(Preview, FollowsTheCrosshairThroughTheSlices) {
  plain();
  give({Smooth{3}, Clamp{30, 180}});
  for (const double z : {-20.0, 5.0, 31.5}) {
    window_->session().look([z](Document& d) { d.views.crosshair[2] += z; });
    expectLikeTheResult("another slice");
  }
}

TEST_F(Preview, ValuesOfAnotherKindGetAWindowOfTheirOwn) {
  plain();
  const QImage before = picture();
  give({Normalize{NormalizeMethod::ZScore}});
  const QImage after = picture();
  EXPECT_LT(difference(before, after), 25) << "as bright as before, though values are about 0";
  int bright = 0;
  for (int y = 0; y < after.height(); y += 4) {
    for (int x = 0; x < after.width(); x += 4) bright += qGray(after.pixel(x, y)) > 60 ? 1 : 0;
  }
  EXPECT_GT(bright, 100);
  // The window is still the user's to drag.
  window_->session().edit("Window", [](Document& d) { d.layers[0].display.window.level *= 3; });
  EXPECT_GT(difference(after, picture()), 3);
}

TEST_F(Preview, AKeyAndTheSwitchShowBeforeAndAfterAndTheButtonWhileHeld) {
  plain();
  const QImage before = picture();
  give({Crop{{{40, 40, 40}, {40, 40, 40}}}});
  const QImage after = picture();
  ASSERT_GT(difference(before, after), 2);
  driver_.click(view(render::Plane::Sagittal), QPoint(5, 5));
  window_->session().look([](Document& d) { d.views.crosshair = centreOf(d.layers[0].volume->geometry()); });
  driver_.key("shift+b");
  EXPECT_FALSE(document().views.preview);
  EXPECT_LT(difference(before, picture()), 0.1);
  EXPECT_FALSE(child<QCheckBox>("previewSwitch")->isChecked());
  driver_.key("shift+b");
  EXPECT_LT(difference(after, picture()), 0.1);
  driver_.click(child<QCheckBox>("previewSwitch"), QPoint(8, 10));
  EXPECT_LT(difference(before, picture()), 0.1);
  driver_.click(child<QCheckBox>("previewSwitch"), QPoint(8, 10));
  auto* hold = child<QPushButton>("holdBefore");
  driver_.button(hold, hold->rect().center(), true);
  letRun(400);  // longer than a click
  EXPECT_LT(difference(before, picture()), 0.1);
  driver_.button(hold, hold->rect().center(), false);
  EXPECT_LT(difference(after, picture()), 0.1);
  EXPECT_EQ(window_->session().history().undoLabel(), "Give steps") << "looking is no step";
}

TEST_F(Preview, AClickOnBeforeSwitchesUntilTheNext) {
  plain();
  const QImage before = picture();
  give({Crop{{{40, 40, 40}, {40, 40, 40}}}});
  const QImage after = picture();
  auto* button = child<QPushButton>("holdBefore");
  driver_.click(button);
  EXPECT_TRUE(button->isChecked());
  EXPECT_LT(difference(before, picture()), 0.1);
  driver_.click(button);
  EXPECT_FALSE(button->isChecked());
  EXPECT_LT(difference(after, picture()), 0.1);
  driver_.click(button);
  window_->session().edit("None", [](Document& d) { d.steps.clear(); });
  ASSERT_TRUE(settle());
  EXPECT_FALSE(button->isChecked()) << "there is nothing to compare any more";
}

TEST_F(Preview, ResultsDoNotCoverThePreviewOfWhatTheyWereMadeOf) {
  plain();
  give({Smooth{4}});
  run();
  const QImage result = picture();
  window_->session().look([](Document& d) { d.activeLayer = d.layers[0].id; });
  EXPECT_LT(difference(result, picture()), 0.2) << "the same steps";
  window_->session().edit("Change", [](Document& d) { d.steps[0].operation = Crop{{{40, 40, 40}, {40, 40, 40}}}; });
  const QImage shown = picture();
  EXPECT_GT(difference(result, shown), 2);
  window_->session().edit("Hide", [](Document& d) { d.layers[1].display.visible = false; });
  EXPECT_LT(difference(shown, picture()), 0.1) << "nothing lay over it";
  undo();
  auto* button = child<QPushButton>("holdBefore");
  driver_.click(button);
  const QImage before = picture();
  window_->session().edit("None", [](Document& d) {
    d.steps.clear();
    d.layers[1].display.visible = false;
  });
  EXPECT_LT(difference(before, picture()), 0.1) << "the layer as it is";
}

TEST_F(Preview, ChangedStepsAreShownInPlaceOfTheirResult) {
  plain();
  give({Smooth{4}});
  run();
  const QImage result = picture();
  window_->session().edit("Change", [](Document& d) { d.steps[0].operation = Crop{{{40, 40, 40}, {40, 40, 40}}}; });
  const QImage shown = picture();
  EXPECT_GT(difference(result, shown), 2);
  driver_.click(child<QPushButton>("holdBefore"));
  EXPECT_GT(difference(result, picture()), 1) << "before is the layer, not its result";
  driver_.click(child<QPushButton>("holdBefore"));
  // Below the crop lies the layer that it is made of, in the preview as in the result.
  run();
  ASSERT_EQ(document().layers.size(), 3U);
  window_->session().edit("Hide", [](Document& d) { d.layers[1].display.visible = false; });
  EXPECT_LT(difference(shown, picture()), 0.2) << "the result looks as it was previewed";
}

TEST_F(Preview, SaysHowManySlicesTheEstimateIsOf) {
  const QString path = at("cube.nrrd");
  writeCube<std::uint16_t>(path, 96, [](int i, int j, int k) { return static_cast<std::uint16_t>(i + 2 * j + 3 * k); });
  open(path);
  showDock("processDock");
  give({Clamp{20, 300}, Cast{PixelType::U8}});
  ASSERT_TRUE(settle());
  EXPECT_TRUE(child<QLabel>("pipelineLoss")->text().contains("of 96 slices"))
      << child<QLabel>("pipelineLoss")->text().toStdString();
}

TEST_F(Preview, TheLossIsEstimatedBeforeAndExactAfterwards) {
  const QString path = at("cube.nrrd");
  const auto value = [](int i, int, int k) { return static_cast<std::uint16_t>(k == 0 && i < 5 ? 1000 : 100 + i); };
  writeCube<std::uint16_t>(path, 40, value);
  open(path);
  showDock("processDock");
  give({Cast{PixelType::U8}});
  ASSERT_TRUE(settle());
  // The slices that are tried do not hold the first one.
  EXPECT_TRUE(child<QLabel>("pipelineLoss")->text().contains("none"))
      << child<QLabel>("pipelineLoss")->text().toStdString();
  run();
  ASSERT_EQ(document().layers.size(), 2U);
  ASSERT_NE(active().loss, nullptr);
  EXPECT_EQ(active().loss->all.clipped, 200U);
  EXPECT_EQ(active().loss->all.maxAbsError, 1000 - 255);
  const QString text = child<QLabel>("pipelineLoss")->text();
  EXPECT_TRUE(text.contains("clipped 200 (0.31 %)")) << text.toStdString();
  EXPECT_TRUE(text.contains("PSNR")) << text.toStdString();
  EXPECT_TRUE(note(0).endsWith(" · clipped 0.31 %")) << note(0).toStdString();
  EXPECT_TRUE(list()->model()->index(0, 0).data(Qt::ToolTipRole).toString().contains("clipped 200 (0.31 %)"));
}

TEST_F(Preview, OnlyTheActiveLayerIsPreviewed) {
  plain();
  open(bundled("nifti/las.nii"), false);
  window_->session().look([](Document& d) { d.activeLayer = d.layers[1].id; });
  ASSERT_TRUE(settle());
  give({Clamp{0, 1}});
  ASSERT_TRUE(settle());
  window_->session().edit("Hide", [](Document& d) { d.layers[1].display.visible = false; });
  const QImage hidden = picture();
  window_->session().look([](Document& d) { d.views.preview = false; });
  EXPECT_LT(difference(hidden, picture()), 0.1);
}

TEST_F(Preview, TheMagnifierShowsItToo) {
  ui::SliceView* axial = view(render::Plane::Axial);
  axial->setFocus();
  driver_.key("m");
  ASSERT_EQ(document().views.tool, "magnifier");
  const auto lens = [&] {
    driver_.moveTo(axial, axial->rect().center());
    driver_.button(axial, axial->rect().center(), true);
    auto* glass = axial->findChild<QWidget*>("lens");
    const QImage out = glass == nullptr ? QImage() : glass->grab().toImage();
    driver_.button(axial, axial->rect().center(), false);
    return out;
  };
  const QImage before = lens();
  ASSERT_FALSE(before.isNull());
  give({Clamp{0, 1}});  // all but what is 0 becomes as dark as that
  (void)picture();
  const QImage with = lens();
  const auto middle = [](const QImage& image) { return qGray(image.pixel(image.width() / 2, image.height() / 2)); };
  EXPECT_GT(middle(before), 40);
  EXPECT_LT(middle(with), 10);
  driver_.key("shift+b");  // compares with the layer as it is
  (void)picture();
  letRun(600);  // a press sooner would be the second of a double click
  EXPECT_NEAR(middle(lens()), middle(before), 3);
}

}  // namespace
}  // namespace voxmark::testing
