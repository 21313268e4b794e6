#include "ui/panels/benchmarks_panel.h"

#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPointer>
#include <QVBoxLayout>

#include <qcustomplot.h>

#include "core/base/cpu_info.h"
#include "core/base/log.h"
#include "core/memory/buffer_pool.h"
#include "core/profiling/file_scenarios.h"
#include "core/profiling/result_file.h"
#include "ui/widgets/theme.h"

namespace voxmark::ui {
namespace {

constexpr int kSampleMs = 100;  // 10 Hz: a replot costs the GUI thread about 15 ms on a software rasteriser

void colour(QCustomPlot* chart) {
  const ThemeColours& colours = themeColours();
  chart->setBackground(QBrush(colours.window));
  chart->axisRect()->setBackground(QBrush(colours.base));
  for (QCPAxis* axis : {chart->xAxis, chart->yAxis}) {
    axis->setBasePen(QPen(colours.faint));
    axis->setTickPen(QPen(colours.faint));
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelColor(colours.soft);
    axis->setLabelColor(colours.soft);
    axis->grid()->setPen(QPen(colours.frame));
  }
  for (auto* heading : chart->findChildren<QCPTextElement*>()) heading->setTextColor(colours.soft);
  const QColor series[] = {colours.series, colours.secondSeries};
  for (int n = 0; n < chart->graphCount(); ++n) chart->graph(n)->setPen(QPen(series[n % 2], 1.5));
}

}  // namespace

BenchmarksPanel::BenchmarksPanel(Session& session, JobController& jobs, const SourceRegistry& sources,
                                 const BackendRegistry& backends, QWidget* parent)
    : QWidget(parent), session_(session), jobs_(jobs), sources_(sources), backends_(backends) {
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(6, 6, 6, 6);
  layout->addWidget(makeControls());
  throughput_ = makeChart(tr("Throughput, MB/s"));
  throughput_->addGraph();
  throughput_->graph(0)->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, 6));
  memory_ = makeChart(tr("Process and pool, MB"));
  memory_->addGraph();
  memory_->addGraph();
  layout->addWidget(throughput_, 2);
  layout->addWidget(memory_, 2);
  layout->addWidget(makeResults(), 5);
  recolour();
  sampler_.setInterval(kSampleMs);
  connect(&sampler_, &QTimer::timeout, this, &BenchmarksPanel::sampleMemory);
  connect(&session_, &Session::changed, this, &BenchmarksPanel::refresh);
  refresh();
}

QWidget* BenchmarksPanel::makeControls() {
  auto* box = new QWidget(this);
  box->setFixedWidth(210);
  scenarios_ = new QListWidget(box);
  scenarios_->setAccessibleName(tr("Scenarios"));
  for (const std::string& name : profiling::fileScenarioNames()) {
    auto* item = new QListWidgetItem(QString::fromStdString(name), scenarios_);
    item->setCheckState(Qt::Checked);
  }
  preset_ = new QComboBox(box);
  preset_->setObjectName("benchmarkPreset");
  preset_->addItems({"quick", "default", "full"});
  preset_->setAccessibleName(tr("Preset"));
  device_ = new QComboBox(box);
  device_->setAccessibleName(tr("Device"));
  for (const BackendInfo& info : backends_.list()) {
    if (info.available) device_->addItem(QString::fromStdString(info.id));
  }
  run_ = new QPushButton(tr("Run"), box);
  run_->setObjectName("runBenchmark");
  stop_ = new QPushButton(tr("Stop"), box);
  stop_->setObjectName("stopBenchmark");
  stop_->setEnabled(false);
  note_ = new QLabel(box);
  note_->setWordWrap(true);
  note_->setMinimumHeight(2 * note_->fontMetrics().lineSpacing());  // the buttons above stay where they are
  note_->setAlignment(Qt::AlignTop);
  auto* form = new QFormLayout;
  form->addRow(tr("Preset"), preset_);
  form->addRow(tr("Device"), device_);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(run_);
  buttons->addWidget(stop_);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(scenarios_, 1);
  column->addLayout(form);
  column->addLayout(buttons);
  column->addWidget(note_);
  connect(run_, &QPushButton::clicked, this, &BenchmarksPanel::run);
  connect(stop_, &QPushButton::clicked, this, [this] { jobs_.cancel(job_); });
  return box;
}

QWidget* BenchmarksPanel::makeResults() {
  auto* box = new QWidget(this);
  table_ = new QTableWidget(0, 6, box);
  table_->setObjectName("benchmarkResults");
  table_->setHorizontalHeaderLabels(
      {tr("Scenario"), tr("Median ms"), tr("Min – max"), tr("MB/s"), tr("Peak MB"), tr("Status")});
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  table_->horizontalHeader()->setMinimumSectionSize(60);
  table_->setTextElideMode(Qt::ElideMiddle);
  table_->setWordWrap(false);
  table_->verticalHeader()->hide();
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setAccessibleName(tr("Results"));
  auto* saveButton = new QPushButton(tr("Save…"), box);
  saveButton->setObjectName("saveResults");
  auto* clear = new QPushButton(tr("Clear"), box);
  auto* row = new QHBoxLayout;
  row->addStretch(1);
  row->addWidget(saveButton);
  row->addWidget(clear);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(table_, 1);
  column->addLayout(row);
  connect(saveButton, &QPushButton::clicked, this, [this] {
    auto* dialog = new QFileDialog(this, tr("Save the results"), {}, "JSON (*.json)");
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix("json");
    dialog->selectFile("benchmark.json");
    connect(dialog, &QFileDialog::fileSelected, this, &BenchmarksPanel::saveTo);
    dialog->open();
  });
  connect(clear, &QPushButton::clicked, this, [this] {
    results_.clear();
    table_->setRowCount(0);
  });
  return box;
}

QCustomPlot* BenchmarksPanel::makeChart(const QString& title) {
  auto* chart = new QCustomPlot(this);
  chart->plotLayout()->insertRow(0);
  auto* heading = new QCPTextElement(chart, title, QFont(font().family(), 9));
  chart->plotLayout()->addElement(0, 0, heading);
  chart->setMinimumWidth(200);
  return chart;
}

void BenchmarksPanel::recolour() {
  for (QCustomPlot* chart : {throughput_, memory_}) {
    colour(chart);
    chart->replot(QCustomPlot::rpQueuedReplot);
  }
}

void BenchmarksPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && memory_ != nullptr) recolour();
}

const Layer* BenchmarksPanel::measured() const {
  const Layer* layer = session_.document().active();
  while (layer != nullptr && layer->path.empty()) {
    layer = layer->derivedFrom ? session_.document().find(*layer->derivedFrom) : nullptr;
  }
  return layer;
}

void BenchmarksPanel::refresh() {
  const Layer* layer = measured();
  run_->setEnabled(layer != nullptr && job_ == 0);
  if (job_ != 0) return;
  note_->setText(layer != nullptr ? tr("On %1").arg(QString::fromStdString(layer->name))
                                  : tr("Open a file to measure it."));
}

void BenchmarksPanel::run() {
  const Layer* layer = measured();
  if (layer == nullptr) return;
  std::vector<std::string> chosen;
  for (int row = 0; row < scenarios_->count(); ++row) {
    if (scenarios_->item(row)->checkState() == Qt::Checked)
      chosen.push_back(scenarios_->item(row)->text().toStdString());
  }
  if (chosen.empty()) {
    note_->setText(tr("Choose a scenario."));
    return;
  }
  measuredFile_ = layer->path;
  const std::string device = device_->currentText().toStdString();
  const std::string preset = preset_->currentText().toStdString();
  const QPointer<BenchmarksPanel> self(this);
  const auto deliver = [self](auto&& call) {
    if (self) QMetaObject::invokeMethod(self.data(), std::forward<decltype(call)>(call), Qt::QueuedConnection);
  };
  profiling::RunnerHooks hooks;
  hooks.onRepetition = [self, deliver](const profiling::Repetition& one) {
    deliver([self, one] { self->addRepetition(one); });
  };
  hooks.onResult = [self, deliver](const profiling::RunResult& one) { deliver([self, one] { self->addResult(one); }); };
  for (QCustomPlot* chart : {throughput_, memory_}) {
    for (int n = 0; n < chart->graphCount(); ++n) chart->graph(n)->data()->clear();
  }
  repetitions_ = 0;
  started_ = trace::now();
  stop_->setEnabled(true);
  run_->setEnabled(false);
  note_->setText(tr("Running…"));
  sampler_.start();
  job_ = jobs_.start(
      tr("Benchmark"),
      [=, file = measuredFile_, &sources = sources_, &backends = backends_](JobContext& job) {
        auto list = profiling::makeFileScenarios(file, device, chosen, sources, backends);
        (void)profiling::runScenarios(list, profiling::presetNamed(preset), job, hooks);
      },
      [this](const JobResult& result) {
        job_ = 0;
        sampler_.stop();
        sampleMemory();
        stop_->setEnabled(false);
        refresh();
        if (result.state == JobState::Failed) note_->setText(QString::fromStdString(result.error));
      });
}

void BenchmarksPanel::addRepetition(const profiling::Repetition& repetition) {
  throughput_->graph(0)->addData(repetitions_++, repetition.bytesPerSecond / 1e6);
}

void BenchmarksPanel::addResult(const profiling::RunResult& result) {
  results_.push_back(result);
  const int row = table_->rowCount();
  table_->insertRow(row);
  const bool measured = !result.blocks.empty();
  const auto peak = result.peakRss();
  const QString status = QString::fromUtf8(profiling::statusName(result.status).data());
  const QStringList cells{
      QString::fromStdString(result.scenario.name),
      measured ? QString::number(result.medianMs(), 'f', 2) : QString(),
      measured ? QString("%1 – %2").arg(result.minMs(), 0, 'f', 2).arg(result.maxMs(), 0, 'f', 2) : QString(),
      measured ? QString::number(result.bytesPerSecond() / 1e6, 'f', 0) : QString(),
      peak ? QString::number(static_cast<double>(*peak) / 1e6, 'f', 0) : QString(),
      result.message.empty() ? status : status + ": " + QString::fromStdString(result.message)};
  for (int column = 0; column < cells.size(); ++column) {
    auto* item = new QTableWidgetItem(cells[column]);
    if (column > 0 && column < 5) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    item->setToolTip(cells[column]);
    table_->setItem(row, column, item);
  }
  table_->scrollToBottom();
}

void BenchmarksPanel::sampleMemory() {
  const double seconds = static_cast<double>(trace::now() - started_) / 1e9;
  memory_->graph(0)->addData(seconds, static_cast<double>(residentMemory()) / 1e6);
  memory_->graph(1)->addData(seconds, static_cast<double>(BufferPool::global().usage().inUse) / 1e6);
  if (!isVisible()) return;
  for (QCustomPlot* chart : {throughput_, memory_}) {
    chart->rescaleAxes();
    chart->yAxis->setRangeLower(0);
    chart->yAxis->setRangeUpper(chart->yAxis->range().upper * 1.1);
    chart->replot(QCustomPlot::rpQueuedReplot);
  }
}

void BenchmarksPanel::saveTo(const QString& path) {
  try {
    save(path);
    note_->setText(tr("Saved %1").arg(path));
  } catch (const Error& error) {
    note_->setText(QString::fromStdString(error.what()));
  }
}

void BenchmarksPanel::save(const QString& path) const {
  profiling::writeResults(path.toStdString(), results_, measuredFile_);
}

}  // namespace voxmark::ui
