#include "ui/panels/bench/error_page.h"

#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/charts/chart_frame.h"
#include "ui/widgets/charts/line_chart.h"

namespace voxmark::ui {
namespace {

/// The largest of the blocks; nothing where none tells it.
std::optional<double> errorOf(const profiling::RunResult& result) {
  std::optional<double> out;
  for (const profiling::Block& block : result.blocks) {
    const auto found = block.metrics.find("max_error");
    if (found != block.metrics.end()) out = std::max(out.value_or(0), found->second);
  }
  return out;
}

}  // namespace

ErrorPage::ErrorPage(BenchRuns& runs, QWidget* parent)
    : QWidget(parent),
      runs_(runs),
      chart_(new LineChart(tr("Time and error"), tr("ms"), tr("Largest error"), true, this)) {
  chart_->setObjectName("errorChart");
  auto* frame = new ChartFrame(chart_, this);
  frame->setSummary(tr("better: further left, further down"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 6, 0, 0);
  layout->addWidget(frame);
  connect(chart_, &Chart::failed, this, &ErrorPage::failed);
  connect(&runs_, &BenchRuns::changed, this, &ErrorPage::refresh);
  connect(&runs_, &BenchRuns::resultAdded, this, &ErrorPage::refresh);
  refresh();
}

void ErrorPage::refresh() {
  struct Point {
    QString name;
    double ms = 0;
    double error = 0;
  };
  std::vector<Point> points;
  for (const BenchRun& run : runs_.all()) {
    for (const profiling::RunResult& result : run.file.results) {
      const auto error = errorOf(result);
      if (!error || !(result.medianMs() > 0)) continue;
      QString name = QString::fromStdString(result.scenario.name);
      if (runs_.all().size() > 1) name += " · " + run.title;
      points.push_back({name, result.medianMs(), *error});
    }
  }
  // What has no error at all lies below the others: a logarithm has no place for it.
  double least = 1;
  for (const Point& point : points) {
    if (point.error > 0) least = std::min(least, point.error);
  }
  std::vector<LineChart::Line> lines;
  for (const Point& point : points) {
    const QString name = point.error > 0 ? point.name : tr("%1 (exact)").arg(point.name);
    const int colour = static_cast<int>(lines.size());
    lines.push_back({{name, curveColour(colour), {point.ms}, {point.error > 0 ? point.error : least / 10}}});
  }
  chart_->setLines(std::move(lines), tr("Run scenarios that tell their error (precision, cast) to see what it costs."));
}

}  // namespace voxmark::ui
