#include "ui/panels/bench/distribution_page.h"

#include <QVBoxLayout>

#include "core/profiling/sample_statistics.h"
#include "ui/models/curves.h"
#include "ui/widgets/charts/chart_frame.h"
#include "ui/widgets/charts/distribution_chart.h"

namespace voxmark::ui {

DistributionPage::DistributionPage(BenchRuns& runs, QWidget* parent)
    : QWidget(parent), runs_(runs), chart_(new DistributionChart(tr("Spread of the times"), this)) {
  chart_->setObjectName("distributionChart");
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 6, 0, 0);
  layout->addWidget(new ChartFrame(chart_, this));
  connect(chart_, &Chart::failed, this, &DistributionPage::failed);
  connect(&runs_, &BenchRuns::changed, this, &DistributionPage::refresh);
  connect(&runs_, &BenchRuns::resultAdded, this, &DistributionPage::refresh);
  refresh();
}

void DistributionPage::refresh() {
  std::vector<DistributionChart::Sample> samples;
  const BenchRun* current = runs_.current();
  const BenchRun* baseline = runs_.baseline();
  const auto& results = current == nullptr ? std::vector<profiling::RunResult>{} : current->file.results;
  for (const profiling::RunResult& result : results) {
    const QString name = QString::fromStdString(result.scenario.name);
    double reference = 0;
    if (baseline != nullptr) {
      for (const profiling::RunResult& before : baseline->file.results) {
        if (before.scenario.name != result.scenario.name || before.blocks.empty()) continue;
        reference = before.medianMs();
        samples.push_back({name, baseline->title, curveColour(1), blockTimes(before), reference});
      }
    }
    if (result.blocks.empty()) continue;
    if (!(reference > 0)) reference = result.medianMs();
    samples.push_back({name, current->title, curveColour(0), blockTimes(result), reference});
  }
  chart_->setSamples(std::move(samples));
}

}  // namespace voxmark::ui
