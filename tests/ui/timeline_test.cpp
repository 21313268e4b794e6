#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QDockWidget>
#include <QFileDialog>
#include <QPushButton>
#include <QTableView>
#include <nlohmann/json.hpp>

#include "tests/ui/window_test.h"
#include "ui/panels/timeline_panel.h"
#include "ui/panels/timeline_view.h"

namespace voxmark::testing {
namespace {

class Timeline : public WindowTest {
 protected:
  [[nodiscard]] ui::TimelinePanel& panel() const { return *window_->findChild<ui::TimelinePanel*>(); }
  [[nodiscard]] ui::TimelineChart& chart() const { return panel().view().chart(); }
  /// The newest event of that name; nothing where there is none.
  [[nodiscard]] std::optional<trace::Event> newest(std::string_view name) const {
    std::optional<trace::Event> out;
    for (const auto& lane : panel().log().lanes()) {
      for (const auto& event : lane.events) {
        if (event.name == name && (!out || event.startNs > out->startNs)) out = event;
      }
    }
    return out;
  }
};

TEST_F(Timeline, ALoadAndItsFramesAppearAsTheyHappen) {
  showDock("timelineDock");
  EXPECT_FALSE(newest("inflate") && newest("inflate")->action != 0 && panel().log().actions().empty());
  const std::int64_t before = trace::now();
  open(sample());
  ASSERT_TRUE(waitFor([&] {
    const auto inflate = newest("inflate");
    const auto frame = newest("render");
    return inflate && inflate->startNs > before && frame && frame->startNs > before;
  }));
  const auto* actions = child<QTableView>("timelineActions")->model();
  ASSERT_TRUE(waitFor([&] { return actions->rowCount() > 0; }));
  bool opened = false;
  for (int row = 0; row < actions->rowCount(); ++row) {
    opened = opened || actions->index(row, 0).data().toString().startsWith("Open brain_t1");
  }
  EXPECT_TRUE(opened);
  const std::int64_t then = trace::now();
  driver_.wheel(view(render::Plane::Axial), view(render::Plane::Axial)->rect().center(), 1);
  EXPECT_TRUE(waitFor([&] { return newest("render")->startNs > then; }));
}

TEST_F(Timeline, NothingIsReadWhileNobodySeesIt) {
  showDock("logDock");
  open(sample());
  letRun(300);
  const auto seen = newest("inflate");
  const std::int64_t last = seen ? seen->startNs : 0;
  showDock("timelineDock");
  EXPECT_TRUE(waitFor([&] { return newest("inflate") && newest("inflate")->startNs > last; }));
}

TEST_F(Timeline, AClickOnAStageSaysWhyItTookSoLong) {
  showDock("timelineDock");
  open(sample());
  ASSERT_TRUE(waitFor([&] { return newest("inflate").has_value(); }));
  const trace::Event event = *newest("inflate");
  chart().show(event.startNs, event.startNs + event.durationNs);
  EXPECT_FALSE(child<QCheckBox>("timelineFollow")->isChecked());
  letRun(300);
  // Rows move down while actions and lanes are added above them.
  const auto place = [&] { return chart().placeOf(event.startNs + event.durationNs / 2, event.lane, event.depth); };
  EXPECT_TRUE(waitFor([&] {
    driver_.moveTo(&chart(), place() + QPoint(1, 0));
    driver_.moveTo(&chart(), place());
    return chart().readout().contains("inflate");
  })) << chart().readout().toStdString();
  driver_.click(&chart(), place());
  EXPECT_TRUE(waitFor([&] { return panel().view().why().startsWith("inflate took"); }))
      << panel().view().why().toStdString();
}

TEST_F(Timeline, AnActionThatIsChosenIsShownAndExplained) {
  showDock("timelineDock");
  open(sample());
  auto* table = child<QTableView>("timelineActions");
  const QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
  ASSERT_TRUE(waitFor([&] { return table->model()->rowCount() > 0; }));
  int row = 0;
  while (!table->model()->index(row, 0).data().toString().startsWith("Open ")) ++row;
  driver_.click(table->viewport(), table->visualRect(table->model()->index(row, 0)).center());
  ASSERT_TRUE(waitFor([&] { return panel().view().why().startsWith("Open brain_t1"); }));
  EXPECT_TRUE(panel().view().why().contains("widest stage") || panel().view().why().contains("in no stage"));
  EXPECT_LT(chart().xAxis->range().size(), 5);
}

TEST_F(Timeline, GapsSayBetweenWhichStagesTheyLie) {
  showDock("timelineDock");
  open(sample());
  ASSERT_TRUE(waitFor([&] { return newest("render").has_value(); }));
  ASSERT_TRUE(settle());
  letRun(300);  // a gap on the window's own lane
  const std::int64_t then = newest("render")->startNs;
  driver_.wheel(view(render::Plane::Axial), view(render::Plane::Axial)->rect().center(), 1);
  ASSERT_TRUE(waitFor([&] { return newest("render")->startNs > then; }));
  for (const auto& lane : panel().log().lanes()) {
    for (std::size_t n = 1; n < lane.events.size(); ++n) {
      const auto& a = lane.events[n - 1];
      const auto& b = lane.events[n];
      const std::int64_t from = a.startNs + a.durationNs;
      if (a.depth != 0 || b.depth != 0 || b.startNs - from < 20000000) continue;
      chart().show(from, b.startNs);
      letRun(300);
      driver_.moveTo(&chart(), chart().placeOf((from + b.startNs) / 2, lane.id));
      EXPECT_TRUE(waitFor([&] { return chart().readout().contains("in no stage for"); }))
          << chart().readout().toStdString();
      return;
    }
  }
  FAIL() << "there is no gap of 20 ms";
}

TEST_F(Timeline, TheTraceIsSavedForPerfetto) {
  showDock("timelineDock");
  open(sample());
  driver_.click(child<QPushButton>("saveTrace"));
  dialog<QFileDialog>();
  driver_.key("ctrl+a");
  driver_.type(at("trace.json"));
  driver_.key("Return");
  ASSERT_TRUE(waitFor([&] { return QFile::exists(at("trace.json")); }));
  QFile file(at("trace.json"));
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  const auto json = nlohmann::json::parse(file.readAll().toStdString());
  bool named = false;
  for (const auto& event : json.at("traceEvents")) named = named || event.at("name") == "inflate";
  EXPECT_TRUE(named);
}

}  // namespace
}  // namespace voxmark::testing
