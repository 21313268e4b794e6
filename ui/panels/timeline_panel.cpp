#include "ui/panels/timeline_panel.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "core/document/table_text.h"
#include "ui/widgets/charts/chart_frame.h"

namespace voxmark::ui {
namespace {

constexpr int kRefreshMs = 100;

}  // namespace

TimelinePanel::TimelinePanel(QWidget* parent)
    : QWidget(parent),
      chart_(new TimelineChart(tr("Timeline"), this)),
      model_(new ActionLogModel(this)),
      follow_(new QCheckBox(tr("Follow"), this)),
      why_(new QLabel(tr("Click a stage or an action to learn where its time went."), this)) {
  trace::nameLane(tr("window").toStdString());
  chart_->setObjectName("timelineChart");
  chart_->setLog(&log_);
  frame_ = new ChartFrame(chart_, this);
  follow_->setObjectName("timelineFollow");
  follow_->setToolTip(tr("Keep the last ten seconds in sight"));
  follow_->setChecked(true);
  auto* trace = new QPushButton(tr("Save trace…"), this);
  trace->setObjectName("saveTrace");
  trace->setToolTip(tr("Save what was recorded as a trace that Perfetto and Chrome open"));
  frame_->addControl(follow_);
  frame_->addControl(trace);
  why_->setObjectName("timelineWhy");
  why_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  why_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto* right = new QWidget(this);
  auto* column = new QVBoxLayout(right);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(frame_, 1);
  column->addWidget(why_);
  auto* splitter = new QSplitter(Qt::Horizontal, this);
  splitter->setChildrenCollapsible(false);
  splitter->addWidget(makeActions());
  splitter->addWidget(right);
  splitter->setSizes({420, 1000});
  splitter->setStretchFactor(1, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(6, 4, 6, 4);
  layout->addWidget(splitter);
  connect(chart_, &TimelineChart::chosen, this, &TimelinePanel::explain);
  connect(chart_, &Chart::moved, follow_, [this] { follow_->setChecked(false); });
  connect(chart_, &Chart::failed, this, &TimelinePanel::failed);
  connect(follow_, &QCheckBox::toggled, this, [this](bool on) {
    if (on) chart_->showAll();
  });
  connect(trace, &QPushButton::clicked, this, &TimelinePanel::saveTrace);
  timer_.setInterval(kRefreshMs);
  connect(&timer_, &QTimer::timeout, this, &TimelinePanel::refresh);
}

QWidget* TimelinePanel::makeActions() {
  actions_ = new QTableView(this);
  actions_->setModel(model_);
  actions_->setObjectName("timelineActions");
  actions_->setAccessibleName(tr("Actions"));
  actions_->setSelectionBehavior(QAbstractItemView::SelectRows);
  actions_->setSelectionMode(QAbstractItemView::SingleSelection);
  actions_->setShowGrid(false);
  actions_->setWordWrap(false);
  actions_->setTabKeyNavigation(false);
  actions_->setMinimumWidth(220);
  actions_->verticalHeader()->hide();
  actions_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
  QHeaderView* header = actions_->horizontalHeader();
  header->setHighlightSections(false);
  header->setSectionResizeMode(ActionLogModel::Title, QHeaderView::Stretch);
  const int unit = fontMetrics().horizontalAdvance('0');
  constexpr int kWidths[ActionLogModel::ColumnCount] = {0, 10, 12, 18};
  for (int n = 1; n < ActionLogModel::ColumnCount; ++n) actions_->setColumnWidth(n, kWidths[n] * unit);
  connect(actions_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
    if (!now.isValid() || !actions_->hasFocus()) return;
    const trace::ActionReport action = model_->actionAt(now.row());
    explain(action);
    chart_->show(action.startNs, action.startNs + static_cast<std::int64_t>(action.ms * 1e6));
  });
  return actions_;
}

QString TimelinePanel::why() const {
  return why_->toolTip();
}

void TimelinePanel::setShown(bool shown) {
  if (!shown) return timer_.stop();
  timer_.start();
  refresh();
}

void TimelinePanel::refresh() {
  const std::vector<trace::Event> events = trace::eventsSince(cursor_);
  if (events.empty() && running_ == 0) return;
  log_.add(events);
  log_.setActions(trace::actions());
  running_ = static_cast<std::size_t>(
      std::count_if(log_.actions().begin(), log_.actions().end(), [](const auto& one) { return !one.finished; }));
  model_->follow(log_);
  chart_->logChanged();
}

void TimelinePanel::explain(const TimelineChart::Choice& choice) {
  const auto* action = std::get_if<trace::ActionReport>(&choice);
  const QString text =
      action != nullptr ? whySlow(QString::fromStdString(action->title), log_.coverageOf(*action))
                        : whySlow(std::get<trace::Event>(choice).name, log_.coverageOf(std::get<trace::Event>(choice)));
  why_->setText(why_->fontMetrics().elidedText(text, Qt::ElideRight, why_->width()));
  why_->setToolTip(text);
}

void TimelinePanel::saveTrace() {
  auto* dialog = new QFileDialog(this, tr("Save the trace"), {}, tr("Trace (*.json)"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix("json");
  dialog->selectFile("trace.json");
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
    try {
      saveText(path.toStdString(), trace::chromeTrace());
    } catch (const Error& error) {
      Q_EMIT failed(QString::fromStdString(error.what()));
    }
  });
  dialog->open();
}

}  // namespace voxmark::ui
