#include <QFile>
#include <QImage>
#include <QLabel>
#include <cmath>

#include "core/io/writer_registry.h"
#include "tests/ui/window_test.h"
#include "ui/panels/plots_panel.h"

namespace voxmark::testing {
namespace {

class Plots : public WindowTest {
 protected:
  static constexpr std::int64_t kFrames = 12;

  [[nodiscard]] ui::PlotsPanel& panel() const { return *window_->findChild<ui::PlotsPanel*>(); }
  int add(MarkKind kind, const std::vector<Vec3>& points) {
    int id = 0;
    window_->session().edit("Add mark", [&](Document& d) {
      Mark mark;
      mark.id = id = d.nextMarkId++;
      mark.kind = kind;
      mark.points = points;
      d.marks.push_back(mark);
    });
    return id;
  }
  static int valueOf(std::int64_t frame, std::int64_t i, std::int64_t j, std::int64_t k) {
    return static_cast<int>(100 * frame + 3 * i + 5 * j + 7 * k);
  }
  /// 10 × 8 × 6 × 12 voxels of 2 mm, a frame every 1.5 s.
  QString series(const QString& name) {
    VolumeInfo info;
    info.geometry.size = {10, 8, 6};
    info.geometry.spacing = {2, 2, 2};
    info.pixelType = PixelType::I16;
    info.frames = kFrames;
    info.frameAxes = {kFrames};
    info.frameSpacing = 1.5;
    info.frameUnit = "s";
    auto volume = std::make_shared<Volume>(info);
    for (std::int64_t f = 0; f < kFrames; ++f) {
      auto* to = reinterpret_cast<std::int16_t*>(volume->mutableFrameData(f));
      for (int k = 0; k < 6; ++k) {
        for (int j = 0; j < 8; ++j) {
          for (int i = 0; i < 10; ++i) *to++ = static_cast<std::int16_t>(valueOf(f, i, j, k));
        }
      }
    }
    MemorySource source(volume);
    JobContext job;
    const auto sink = composition_.writers.create(at(name).toStdString(), {-1, true, 0});
    (void)composition_.backends.get("cpu")->execute(plan({}, volume->info()), source, *sink,
                                                    wholeOf(info.geometry.size), job);
    return at(name);
  }
  [[nodiscard]] static QPoint pointAt(const ui::CurvePlot& plot, double x) {
    return {plot.pixelOf(x), plot.height() / 2};
  }
  void moveCrosshair(const Index3& voxel) {
    const Vec3 world =
        voxelToWorld(active().volume->geometry(),
                     {static_cast<double>(voxel[0]), static_cast<double>(voxel[1]), static_cast<double>(voxel[2])});
    window_->session().look([&](Document& d) { d.views.crosshair = world; });
  }
  [[nodiscard]] bool coursesRead() const { return panel().reader().settled(); }
};

TEST_F(Plots, AProfileIsDrawnAndFollowsItsMark) {
  open(sample());
  showDock("plotsDock");
  const Vec3 middle = centreOf(active().volume->geometry());
  add(MarkKind::Profile, {middle, {middle[0] + 40, middle[1], middle[2]}});
  ui::CurvePlot& plot = panel().profiles();
  ASSERT_TRUE(waitFor([&] { return plot.curves().size() == 1; }));
  JobContext job;
  MemorySource source(active().volume);
  const auto expected = [&](const Mark& mark) {
    return lineProfile(mark.points[0], mark.points[1], source, 0, ProfileSampling::Linear, job).value;
  };
  EXPECT_EQ(plot.curves()[0].y, expected(document().marks[0]));
  EXPECT_NEAR(plot.curves()[0].x.back(), 40, 1e-9);
  window_->session().edit("Move", [](Document& d) { d.marks[0].points[1][1] += 10; });
  EXPECT_TRUE(waitFor([&] { return !plot.curves().empty() && plot.curves()[0].y == expected(document().marks[0]); }));
  window_->session().edit("Hide", [](Document& d) { d.marks[0].visible = false; });
  EXPECT_TRUE(waitFor([&] { return plot.curves().empty(); }));
}

TEST_F(Plots, ThePointerReadsValuesAndAPressMovesTheCrosshair) {
  open(sample());
  showDock("plotsDock");
  const Vec3 middle = centreOf(active().volume->geometry());
  add(MarkKind::Profile, {middle, {middle[0], middle[1] + 30, middle[2]}});
  ui::CurvePlot& plot = panel().profiles();
  ASSERT_TRUE(waitFor([&] { return plot.curves().size() == 1; }));
  letRun(200);
  const Vec3 before = document().views.crosshair;
  driver_.moveTo(&plot, pointAt(plot, 9.5));
  driver_.moveTo(&plot, pointAt(plot, 10));
  ASSERT_TRUE(waitFor([&] { return child<QLabel>("profilePlotReadout")->text().contains("Profile 1: "); }));
  EXPECT_EQ(document().views.crosshair, before);
  driver_.click(&plot, pointAt(plot, 10));
  EXPECT_NEAR(document().views.crosshair[1], middle[1] + 10, 0.2);
  driver_.drag(&plot, pointAt(plot, 10), pointAt(plot, 25));
  EXPECT_NEAR(document().views.crosshair[1], middle[1] + 25, 0.2);
  EXPECT_FALSE(window_->session().history().undoLabel() == "Crosshair");
}

TEST_F(Plots, TheCourseAtTheCrosshairIsOfAllFramesThoughOneIsInMemory) {
  open(series("series.nii"));
  showDock("plotsDock");
  moveCrosshair({4, 3, 2});
  ASSERT_TRUE(waitFor([&] { return coursesRead(); }));
  ui::CurvePlot& plot = panel().courses();
  ASSERT_EQ(plot.curves().size(), 1U);
  for (std::int64_t f = 0; f < kFrames; ++f) {
    const auto n = static_cast<std::size_t>(f);
    EXPECT_EQ(plot.curves()[0].y[n], valueOf(f, 4, 3, 2)) << f;
    EXPECT_DOUBLE_EQ(plot.curves()[0].x[n], 1.5 * static_cast<double>(f));
  }
  EXPECT_EQ(plot.xTitle(), "Time, s");
  EXPECT_FALSE(active().volume->complete(kFrames - 1));  // its value came from the file alone
  moveCrosshair({9, 0, 5});
  ASSERT_TRUE(waitFor([&] { return coursesRead(); }));
  EXPECT_EQ(plot.curves()[0].y[7], valueOf(7, 9, 0, 5));
}

TEST_F(Plots, PointsAndRegionsHaveCoursesOfTheirOwn) {
  open(series("series.nii.gz"));
  showDock("plotsDock");
  add(MarkKind::Point, {{6, 4, 2}});                // voxel 3 2 1
  add(MarkKind::Box, {{0, 0, 0}, {2, 0, 0}});       // voxels 0 0 0 and 1 0 0
  add(MarkKind::Distance, {{0, 0, 0}, {2, 0, 0}});  // has none
  ASSERT_TRUE(waitFor([&] { return coursesRead() && panel().courses().curves().size() == 3; }));
  const auto& curves = panel().courses().curves();
  EXPECT_EQ(curves[1].name, "Point 1");
  EXPECT_EQ(curves[1].y[11], valueOf(11, 3, 2, 1));
  EXPECT_EQ(curves[2].y[4], valueOf(4, 0, 0, 0) + 1.5);
  const QString file = at("course.csv");
  panel().save(panel().courses(), file);
  QFile csv(file);
  ASSERT_TRUE(csv.open(QIODevice::ReadOnly));
  const QStringList lines = QString::fromUtf8(csv.readAll()).split("\r\n", Qt::SkipEmptyParts);
  ASSERT_EQ(lines.size(), kFrames + 1);
  EXPECT_TRUE(lines[0].startsWith("\"Time, s\",Crosshair (")) << lines[0].toStdString();
  EXPECT_TRUE(lines[3].startsWith("3,")) << lines[3].toStdString();
  ASSERT_TRUE(panel().courses().saveTo(at("course.png")));
  EXPECT_EQ(QImage(at("course.png")).width(), 2 * panel().courses().width());
}

TEST_F(Plots, TheFrameMarkerIsDragged) {
  open(series("series.nii"));
  showDock("plotsDock");
  ASSERT_TRUE(waitFor([&] { return coursesRead(); }));
  letRun(200);
  ui::CurvePlot& plot = panel().courses();
  EXPECT_EQ(plot.marker(), 0.0);
  driver_.click(&plot, pointAt(plot, 4.5));
  EXPECT_EQ(document().views.frame, 3);
  EXPECT_EQ(plot.marker(), 4.5);
  driver_.drag(&plot, pointAt(plot, 4.5), pointAt(plot, 15));
  EXPECT_EQ(document().views.frame, 10);
}

TEST_F(Plots, NothingIsReadForAPlotThatNobodySees) {
  open(series("series.nii"));
  letRun(300);
  EXPECT_TRUE(panel().reader().courses().empty());
  showDock("plotsDock");
  EXPECT_TRUE(waitFor([&] { return coursesRead() && panel().courses().curves().size() == 1; }));
  showDock("logDock");
  moveCrosshair({1, 1, 1});
  letRun(300);
  EXPECT_NE(panel().reader().courses()[0].values[2], valueOf(2, 1, 1, 1));
}

TEST_F(Plots, OfOneFrameThereIsNoCourse) {
  open(sample());
  showDock("plotsDock");
  EXPECT_FALSE(panel().courses().isVisible());
  EXPECT_TRUE(panel().profiles().isVisible());
}

}  // namespace
}  // namespace voxmark::testing
