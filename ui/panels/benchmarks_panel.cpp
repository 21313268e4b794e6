#include "ui/panels/benchmarks_panel.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/panels/bench/compare_page.h"
#include "ui/panels/bench/distribution_page.h"
#include "ui/panels/bench/error_page.h"
#include "ui/panels/bench/history_page.h"
#include "ui/panels/bench/results_page.h"
#include "ui/panels/bench/runs_pane.h"
#include "ui/panels/bench/scenario_pane.h"
#include "ui/panels/bench/sizes_page.h"
#include "ui/panels/timeline_view.h"

namespace voxmark::ui {

BenchmarksPanel::BenchmarksPanel(Session& session, JobController& jobs, const SourceRegistry& sources,
                                 const BackendRegistry& backends, QWidget* parent)
    : QWidget(parent),
      session_(session),
      runner_(new BenchRunner(runs_, jobs, sources, backends, this)),
      pages_(new QTabWidget(this)) {
  auto* splitter = new QSplitter(Qt::Horizontal, this);
  splitter->setChildrenCollapsible(false);
  splitter->addWidget(makeSide());
  makePages();
  splitter->addWidget(pages_);
  splitter->setSizes({310, 1200});
  splitter->setStretchFactor(1, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 8, 8, 8);
  layout->addWidget(splitter);
  setAcceptDrops(true);
  connect(&session_, &Session::changed, this, &BenchmarksPanel::followSession);
  connect(&runs_, &BenchRuns::changed, this, &BenchmarksPanel::followTrace);
  connect(runner_, &BenchRunner::finished, this, &BenchmarksPanel::followTrace);
  followSession();
}

QWidget* BenchmarksPanel::makeSide() {
  scenarios_ = new ScenarioPane(*runner_, this);
  list_ = new RunsPane(runs_, this);
  auto* side = new QSplitter(Qt::Vertical, this);
  side->setChildrenCollapsible(false);
  side->setMinimumWidth(250);
  side->addWidget(scenarios_);
  side->addWidget(list_);
  side->setStretchFactor(0, 3);
  side->setStretchFactor(1, 2);
  connect(list_, &RunsPane::failed, this, &BenchmarksPanel::failed);
  connect(list_, &RunsPane::said, scenarios_, &ScenarioPane::say);
  connect(list_, &RunsPane::compareRequested, this, [this] { pages_->setCurrentWidget(compare_); });
  return side;
}

void BenchmarksPanel::makePages() {
  pages_->setObjectName("benchmarkPages");
  pages_->setDocumentMode(true);
  pages_->setMinimumSize(560, 300);  // what does not fit a page scrolls or is cut short there
  results_ = new ResultsPage(runs_, *runner_, this);
  distribution_ = new DistributionPage(runs_, this);
  compare_ = new ComparePage(runs_, this);
  history_ = new HistoryPage(runs_, this);
  sizes_ = new SizesPage(runs_, this);
  errors_ = new ErrorPage(runs_, this);
  stages_ = new TimelineView(tr("Stages of the run"), "stages", this);
  stages_->chart().setWindow(std::nullopt);
  stages_->setContentsMargins(0, 6, 0, 0);
  pages_->addTab(results_, tr("Results"));
  pages_->addTab(distribution_, tr("Spread"));
  pages_->addTab(compare_, tr("Compare"));
  pages_->addTab(history_, tr("History"));
  pages_->addTab(sizes_, tr("Sizes"));
  pages_->addTab(errors_, tr("Error"));
  pages_->addTab(stages_, tr("Stages"));
  connect(results_, &ResultsPage::failed, this, &BenchmarksPanel::failed);
  connect(distribution_, &DistributionPage::failed, this, &BenchmarksPanel::failed);
  connect(compare_, &ComparePage::failed, this, &BenchmarksPanel::failed);
  connect(history_, &HistoryPage::failed, this, &BenchmarksPanel::failed);
  connect(history_, &HistoryPage::said, scenarios_, &ScenarioPane::say);
  connect(sizes_, &SizesPage::failed, this, &BenchmarksPanel::failed);
  connect(errors_, &ErrorPage::failed, this, &BenchmarksPanel::failed);
  connect(stages_, &TimelineView::failed, this, &BenchmarksPanel::failed);
  connect(results_, &ResultsPage::inputRequested, this, &BenchmarksPanel::requestInput);
}

const Layer* BenchmarksPanel::measured() const {
  const Layer* layer = session_.document().active();
  while (layer != nullptr && layer->path.empty()) {
    layer = layer->derivedFrom ? session_.document().find(*layer->derivedFrom) : nullptr;
  }
  return layer;
}

void BenchmarksPanel::followSession() {
  const Layer* layer = measured();
  if (layer == nullptr) return scenarios_->setInput({}, {});
  scenarios_->setInput(QString::fromStdString(layer->name), layer->path);
}

void BenchmarksPanel::followTrace() {
  const BenchRun* current = runs_.current();
  trace_ = current == nullptr ? nullptr : current->trace;
  stages_->setLog(trace_.get());
}

void BenchmarksPanel::requestInput() {
  const BenchRun* current = runs_.current();
  if (current != nullptr && !current->input.empty()) Q_EMIT inputRequested(QString::fromStdString(current->input));
}

void BenchmarksPanel::open(const QStringList& paths) {
  list_->open(paths);
}

void BenchmarksPanel::chooseOpen() {
  list_->chooseOpen();
}

void BenchmarksPanel::dragEnterEvent(QDragEnterEvent* event) {
  for (const QUrl& url : event->mimeData()->urls()) {
    if (url.isLocalFile() && url.path().endsWith(".json", Qt::CaseInsensitive)) return event->acceptProposedAction();
  }
}

void BenchmarksPanel::dropEvent(QDropEvent* event) {
  QStringList paths;
  for (const QUrl& url : event->mimeData()->urls()) {
    if (url.isLocalFile()) paths << url.toLocalFile();
  }
  event->acceptProposedAction();
  open(paths);
}

}  // namespace voxmark::ui
