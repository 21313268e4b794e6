#include "ui/panels/bench/results_page.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/models/curves.h"
#include "ui/widgets/charts/chart_frame.h"
#include "ui/widgets/charts/live_chart.h"
#include "ui/widgets/plain_table.h"
#include "ui/widgets/theme.h"

namespace voxmark::ui {
namespace {

constexpr int kRefreshMs = 100;

/// What tells the memory in use of the first device that is not the processor; empty where there is none.
std::function<std::optional<std::uint64_t>()> deviceMemory(const BackendRegistry& backends) {
  for (const BackendInfo& info : backends.list()) {
    if (!info.available || info.id == "cpu") continue;
    return [backend = backends.get(info.id)]() -> std::optional<std::uint64_t> {
      try {
        return backend->memoryUsage().used;
      } catch (const std::exception&) {
        return std::nullopt;
      }
    };
  }
  return {};
}

}  // namespace

ResultsPage::ResultsPage(BenchRuns& runs, BenchRunner& runner, QWidget* parent)
    : QWidget(parent), runs_(runs), runner_(runner), model_(new ResultModel(runs, this)) {
  auto* splitter = new QSplitter(Qt::Vertical, this);
  splitter->setChildrenCollapsible(false);
  splitter->addWidget(makeTable());
  splitter->addWidget(makeCharts());
  splitter->setStretchFactor(0, 1);
  splitter->setStretchFactor(1, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 6, 0, 0);
  layout->addWidget(splitter);
  timer_.setInterval(kRefreshMs);
  connect(&timer_, &QTimer::timeout, this, &ResultsPage::takeSamples);
  connect(&runner_, &BenchRunner::started, this, &ResultsPage::begin);
  connect(&runner_, &BenchRunner::finished, this, &ResultsPage::end);
  const auto seconds = [this](qint64 ns) { return static_cast<double>(ns - runner_.startedNs()) / 1e9; };
  connect(&runner_, &BenchRunner::repeated, this, [this, seconds](const profiling::Repetition& one, qint64 ns) {
    throughput_->append(0, seconds(ns), one.bytesPerSecond / 1e6);
    throughput_->append(1, seconds(ns), one.ms > 0 ? 1e3 / one.ms : 0);
  });
  connect(&runner_, &BenchRunner::measured, this, [this, seconds](const profiling::RunResult& one, qint64 ns) {
    for (LiveChart* chart : {throughput_, memory_})
      chart->endBand(QString::fromStdString(one.scenario.name), seconds(ns));
  });
}

ResultsPage::~ResultsPage() = default;

QWidget* ResultsPage::makeTable() {
  auto* box = new QWidget(this);
  table_ = plainTable(box);
  table_->setModel(model_);
  table_->setObjectName("benchmarkResults");
  table_->setAccessibleName(tr("Results"));
  QHeaderView* header = table_->horizontalHeader();
  header->setSectionResizeMode(QHeaderView::ResizeToContents);
  header->setSectionResizeMode(ResultModel::Name, QHeaderView::Stretch);
  header->setMinimumSectionSize(60);
  show_ = new QPushButton(tr("Show the volume"), box);
  show_->setObjectName("showInput");
  show_->setToolTip(tr("Open the volume that was measured in the viewer (double click or Return on a result)"));
  show_->setEnabled(false);
  hint_ = new QLabel(tr("No results yet. Press Run, or open or drop a result file: Voxmark's, or any in Google "
                        "Benchmark's form."),
                     box);
  hint_->setObjectName("resultsHint");
  setTone(hint_, "soft");
  auto* row = new QHBoxLayout;
  row->addWidget(hint_, 1);
  row->addStretch(1);
  row->addWidget(show_);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(table_, 1);
  column->addLayout(row);
  const auto follow = [this] {
    show_->setEnabled(runs_.current() != nullptr && !runs_.current()->input.empty());
    hint_->setVisible(runs_.all().empty());
  };
  connect(&runs_, &BenchRuns::changed, this, follow);
  connect(&runs_, &BenchRuns::resultAdded, table_, &QTableView::scrollToBottom, Qt::QueuedConnection);
  connect(show_, &QPushButton::clicked, this, &ResultsPage::inputRequested);
  connect(table_, &QTableView::doubleClicked, this, &ResultsPage::inputRequested);
  auto* enter = new QShortcut(QKeySequence(Qt::Key_Return), table_);
  enter->setContext(Qt::WidgetShortcut);
  connect(enter, &QShortcut::activated, this, &ResultsPage::inputRequested);
  return box;
}

QWidget* ResultsPage::makeCharts() {
  auto* box = new QWidget(this);
  throughput_ = new LiveChart(tr("Throughput"), tr("MB/s"), box);
  throughput_->setObjectName("throughputChart");
  throughput_->addSeries(tr("MB/s"), curveColour(0));
  throughput_->addSeries(tr("Runs/s"), curveColour(1), tr("Runs/s"));
  throughput_->graph(0)->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, 4));
  memory_ = new LiveChart(tr("Memory"), tr("MB"), box);
  memory_->setObjectName("memoryChart");
  memory_->addSeries(tr("Process"), curveColour(0));
  memory_->addSeries(tr("Buffer pool"), curveColour(1));
  if (deviceMemory(runner_.backends())) device_ = memory_->addSeries(tr("Device"), curveColour(2));
  cost_ = new QLabel(box);
  cost_->setObjectName("samplingCost");
  setTone(cost_, "soft");
  auto* throughput = new ChartFrame(throughput_, box);
  auto* memory = new ChartFrame(memory_, box);
  memory->addControl(cost_);
  for (LiveChart* chart : {throughput_, memory_}) connect(chart, &Chart::failed, this, &ResultsPage::failed);
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(throughput, 1);
  row->addWidget(memory, 1);
  return box;
}

void ResultsPage::begin() {
  for (LiveChart* chart : {throughput_, memory_}) chart->clear();
  trace_ = runs_.current()->trace;
  for (LiveChart* chart : {throughput_, memory_}) chart->setStages(trace_.get(), runner_.startedNs());
  cursor_ = 0;
  sampler_ = std::make_unique<profiling::LiveSampler>(deviceMemory(runner_.backends()));
  timer_.start();
}

void ResultsPage::end() {
  timer_.stop();
  takeSamples();
  sampler_.reset();
}

void ResultsPage::takeSamples() {
  if (!sampler_) return;
  for (const profiling::LiveSample& sample : sampler_->since(cursor_)) {
    const double seconds = static_cast<double>(sample.ns - runner_.startedNs()) / 1e9;
    memory_->append(0, seconds, static_cast<double>(sample.resident) / 1e6);
    memory_->append(1, seconds, static_cast<double>(sample.pool) / 1e6);
    if (device_ >= 0 && sample.device) memory_->append(device_, seconds, static_cast<double>(*sample.device) / 1e6);
  }
  cost_->setText(tr("sampling takes %1 % of one core").arg(100 * sampler_->costShare(), 0, 'f', 3));
  if (!isVisible()) return;
  throughput_->refresh();
  memory_->refresh();
}

}  // namespace voxmark::ui
