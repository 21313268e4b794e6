#include "ui/panels/bench/sizes_page.h"

#include <QSplitter>
#include <QVBoxLayout>

#include "ui/widgets/charts/chart_frame.h"
#include "ui/widgets/charts/heat_map.h"
#include "ui/widgets/charts/line_chart.h"

namespace voxmark::ui {

SizesPage::SizesPage(BenchRuns& runs, QWidget* parent)
    : QWidget(parent),
      runs_(runs),
      map_(new HeatMap(tr("Speed by scenario and size"), this)),
      scaling_(new LineChart(tr("Time by size"), tr("Voxels"), tr("ms"), true, this)) {
  map_->setObjectName("heatMap");
  scaling_->setObjectName("scalingChart");
  auto* scaling = new ChartFrame(scaling_, this);
  scaling->setSummary(tr("dashed: in proportion to the voxels"));
  auto* splitter = new QSplitter(Qt::Vertical, this);
  splitter->setChildrenCollapsible(false);
  splitter->addWidget(new ChartFrame(map_, this));
  splitter->addWidget(scaling);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 6, 0, 0);
  layout->addWidget(splitter);
  for (Chart* chart : {static_cast<Chart*>(map_), static_cast<Chart*>(scaling_)})
    connect(chart, &Chart::failed, this, &SizesPage::failed);
  connect(&runs_, &BenchRuns::changed, this, &SizesPage::refresh);
  connect(&runs_, &BenchRuns::resultAdded, this, &SizesPage::refresh);
  refresh();
}

void SizesPage::refresh() {
  SizeTable table = sizeTable(runs_.all());
  std::vector<LineChart::Line> lines;
  for (std::size_t row = 0; row < table.cells.size(); ++row) {
    LineChart::Line line{{table.families[static_cast<int>(row)], curveColour(static_cast<int>(row)), {}, {}}};
    for (std::size_t column = 0; column < table.sizes.size(); ++column) {
      const auto& cell = table.cells[row][column];
      if (!cell || !(cell->ms > 0)) continue;
      line.curve.x.push_back(table.sizes[column].voxels);
      line.curve.y.push_back(cell->ms);
    }
    if (line.curve.x.empty()) continue;
    if (line.curve.x.size() > 1) {
      LineChart::Line ideal{line.curve, true};
      for (std::size_t n = 0; n < ideal.curve.x.size(); ++n) {
        ideal.curve.y[n] = line.curve.y[0] * line.curve.x[n] / line.curve.x[0];
      }
      lines.push_back(std::move(ideal));
    }
    lines.push_back(std::move(line));
  }
  scaling_->setLines(std::move(lines), tr("Measure files of several sizes to see how time grows with them."));
  map_->setTable(std::move(table));
}

}  // namespace voxmark::ui
