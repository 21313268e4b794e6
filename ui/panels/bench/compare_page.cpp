#include "ui/panels/bench/compare_page.h"

#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/widgets/charts/chart_frame.h"
#include "ui/widgets/charts/forest_chart.h"
#include "ui/widgets/plain_table.h"
#include "ui/widgets/theme.h"

namespace voxmark::ui {

ComparePage::ComparePage(BenchRuns& runs, QWidget* parent)
    : QWidget(parent),
      runs_(runs),
      chart_(new ForestChart(tr("Against the baseline"), this)),
      environment_(new EnvironmentModel(this)) {
  chart_->setObjectName("forestChart");
  frame_ = new ChartFrame(chart_, this);
  auto* splitter = new QSplitter(Qt::Vertical, this);
  splitter->setChildrenCollapsible(false);
  splitter->addWidget(frame_);
  splitter->addWidget(makeEnvironment());
  splitter->setStretchFactor(0, 3);
  splitter->setStretchFactor(1, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 6, 0, 0);
  layout->addWidget(splitter);
  connect(chart_, &Chart::failed, this, &ComparePage::failed);
  connect(&runs_, &BenchRuns::changed, this, &ComparePage::refresh);
  connect(&runs_, &BenchRuns::resultAdded, this, &ComparePage::refresh);
  refresh();
}

QWidget* ComparePage::makeEnvironment() {
  auto* box = new QWidget(this);
  auto* table = plainTable(box);
  table->setModel(environment_);
  table->setObjectName("environmentTable");
  table->setAccessibleName(tr("Differences of the surroundings"));
  table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  about_ = new QLabel(box);
  about_->setObjectName("environmentAbout");
  about_->setWordWrap(true);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(about_);
  column->addWidget(table, 1);
  return box;
}

void ComparePage::refresh() {
  const profiling::Comparison* comparison = runs_.comparison();
  QString note = tr("Run twice, or open a result file, to compare.");
  if (runs_.current() != nullptr && runs_.all().size() > 1) note = tr("Tick the run that is to be the baseline.");
  if (runs_.baseline() != nullptr && comparison == nullptr) note = tr("These two cannot be compared.");
  chart_->setComparison(comparison, note);
  using State = profiling::VerdictState;
  if (comparison == nullptr) {
    frame_->setSummary({});
    environment_->setDifferences({});
    about_->setText({});
    return;
  }
  frame_->setSummary(tr("%1 against %2: %3 worse, %4 no worse, %5 cannot be told")
                         .arg(runs_.current()->title, runs_.baseline()->title)
                         .arg(comparison->count(State::Regressed))
                         .arg(comparison->count(State::Pass))
                         .arg(comparison->count(State::Inconclusive)));
  environment_->setDifferences(comparison->environment);
  if (!environment_->comparable()) {
    about_->setText(tr("The two were not measured under the same conditions: their times are not comparable."));
  } else {
    about_->setText(comparison->environment.empty() ? tr("Measured under the same conditions.")
                                                    : tr("Measured on the same machine and data; this differs:"));
  }
  setTone(about_, environment_->comparable() ? "soft" : "warning");
}

}  // namespace voxmark::ui
