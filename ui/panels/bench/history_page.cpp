#include "ui/panels/bench/history_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "ui/widgets/charts/chart_frame.h"
#include "ui/widgets/charts/history_chart.h"

namespace voxmark::ui {
namespace {

std::string fieldOf(const profiling::Environment& environment, const char* key) {
  const auto found = environment.find(key);
  return found == environment.end() ? std::string() : found->second;
}

profiling::HistoryPoint pointOf(const BenchRun& run, const profiling::RunResult& result) {
  profiling::HistoryPoint out;
  out.date = fieldOf(run.file.environment, "date");
  out.commit = fieldOf(run.file.environment, "voxmark.commit");
  out.name = result.scenario.name;
  out.medianMs = result.medianMs();
  const auto times = blockTimes(result);
  out.lowMs = *std::min_element(times.begin(), times.end());
  out.highMs = *std::max_element(times.begin(), times.end());
  out.blocks = times.size();
  return out;
}

}  // namespace

HistoryPage::HistoryPage(BenchRuns& runs, QWidget* parent)
    : QWidget(parent),
      runs_(runs),
      machine_(new QComboBox(this)),
      scenario_(new QComboBox(this)),
      note_(new QLineEdit(this)),
      keep_(new QPushButton(tr("Keep the run in front"), this)),
      chart_(new HistoryChart(tr("History"), this)) {
  chart_->setObjectName("historyChart");
  frame_ = new ChartFrame(chart_, this);
  auto* byDate = new QCheckBox(tr("By date"), this);
  byDate->setObjectName("historyByDate");
  frame_->addControl(byDate);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 6, 0, 0);
  layout->addWidget(makeControls());
  layout->addWidget(frame_, 1);
  connect(byDate, &QCheckBox::toggled, chart_, &HistoryChart::setByDate);
  connect(chart_, &Chart::failed, this, &HistoryPage::failed);
  connect(machine_, &QComboBox::currentIndexChanged, this, &HistoryPage::fillScenarios);
  connect(scenario_, &QComboBox::currentIndexChanged, this, &HistoryPage::refresh);
  connect(keep_, &QPushButton::clicked, this, &HistoryPage::keep);
  connect(&runs_, &BenchRuns::changed, this, &HistoryPage::fillScenarios);
  connect(&runs_, &BenchRuns::resultAdded, this, &HistoryPage::fillScenarios);
  fillScenarios();
}

QWidget* HistoryPage::makeControls() {
  auto* box = new QWidget(this);
  machine_->setObjectName("historyMachine");
  machine_->setAccessibleName(tr("Machine"));
  machine_->setToolTip(tr("Each machine has a history of its own"));
  scenario_->setObjectName("historyScenario");
  scenario_->setAccessibleName(tr("Scenario"));
  scenario_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  note_->setObjectName("historyNote");
  note_->setAccessibleName(tr("Note"));
  note_->setPlaceholderText(tr("Note for the history"));
  keep_->setObjectName("keepRun");
  keep_->setToolTip(tr("Add the results of the run in front to the history of its machine"));
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(machine_);
  row->addWidget(scenario_, 2);
  row->addWidget(note_, 1);
  row->addWidget(keep_);
  return box;
}

void HistoryPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  read();
}

void HistoryPage::read() {
  try {
    const auto folder = profiling::historyFolder();
    histories_ = folder ? profiling::readHistories(*folder) : std::vector<profiling::History>{};
  } catch (const Error& error) {
    Q_EMIT failed(QString::fromStdString(error.what()));
  }
  const QString before = machine_->currentText();
  {
    const QSignalBlocker quiet(machine_);
    machine_->clear();
    for (const auto& history : histories_) machine_->addItem(QString::fromStdString(history.machine));
    const BenchRun* current = runs_.current();
    const QString wanted = before.isEmpty() && current != nullptr
                               ? QString::fromStdString(profiling::machineKey(current->file.environment))
                               : before;
    machine_->setCurrentIndex(std::max(0, machine_->findText(wanted)));
  }
  machine_->setVisible(histories_.size() > 1);
  fillScenarios();
}

const profiling::History* HistoryPage::chosen() const {
  const auto at = static_cast<std::size_t>(std::max(0, machine_->currentIndex()));
  return at < histories_.size() ? &histories_[at] : nullptr;
}

void HistoryPage::fillScenarios() {
  QStringList names;
  if (const auto* current = runs_.current()) {
    for (const auto& result : current->file.results) names << QString::fromStdString(result.scenario.name);
  }
  if (const auto* history = chosen()) {
    for (const std::string& name : namesOf(*history)) names << QString::fromStdString(name);
  }
  names.removeDuplicates();
  const QString before = scenario_->currentText();
  {
    const QSignalBlocker quiet(scenario_);
    scenario_->clear();
    scenario_->addItems(names);
    scenario_->setCurrentIndex(std::max(0, scenario_->findText(before)));
  }
  keep_->setEnabled(runs_.current() != nullptr && !runs_.current()->file.results.empty());
  refresh();
}

void HistoryPage::refresh() {
  const std::string name = scenario_->currentText().toStdString();
  std::vector<profiling::HistoryPoint> points;
  if (const auto* history = chosen()) points = profiling::pointsOf(*history, name);
  bool isNew = false;
  if (const BenchRun* current = runs_.current()) {
    for (const auto& result : current->file.results) {
      if (result.scenario.name != name || result.blocks.empty()) continue;
      const auto point = pointOf(*current, result);
      const bool kept =
          std::any_of(points.begin(), points.end(), [&](const auto& one) { return one.date == point.date; });
      if (kept) continue;
      points.push_back(point);
      isNew = true;
    }
  }
  chart_->setPoints(std::move(points), isNew, tr("Keep runs to see how times change from one to the next."));
  const auto steps = chart_->segments().empty() ? 0 : chart_->segments().size() - 1;
  frame_->setSummary(chart_->points() == 0 ? QString() : tr("%1 runs, %2 steps").arg(chart_->points()).arg(steps));
}

void HistoryPage::keep() {
  const BenchRun* current = runs_.current();
  if (current == nullptr) return;
  try {
    const auto folder = profiling::historyFolder();
    if (!folder) throw Error(ErrorCode::Usage, "there is no folder for histories");
    const std::string file = profiling::appendHistory(*folder, current->file.results, current->file.environment,
                                                      note_->text().toStdString());
    note_->clear();
    Q_EMIT said(tr("Added to %1").arg(QString::fromStdString(file)));
  } catch (const Error& error) {
    Q_EMIT failed(QString::fromStdString(error.what()));
  }
  read();
}

}  // namespace voxmark::ui
