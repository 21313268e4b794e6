#include "ui/panels/timeline_view.h"

#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/widgets/charts/chart_frame.h"
#include "ui/widgets/plain_table.h"

namespace voxmark::ui {

TimelineView::TimelineView(const QString& title, const QString& name, QWidget* parent)
    : QWidget(parent),
      chart_(new TimelineChart(title, this)),
      model_(new ActionLogModel(this)),
      why_(new QLabel(tr("Click a stage or an action to learn where its time went."), this)) {
  chart_->setObjectName(name + "Chart");
  frame_ = new ChartFrame(chart_, this);
  why_->setObjectName(name + "Why");
  why_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  why_->setWordWrap(true);
  why_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
  auto* right = new QWidget(this);
  auto* column = new QVBoxLayout(right);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  column->addWidget(frame_, 1);
  column->addWidget(why_);
  auto* splitter = new QSplitter(Qt::Horizontal, this);
  splitter->setChildrenCollapsible(false);
  splitter->addWidget(makeActions(name));
  splitter->addWidget(right);
  splitter->setSizes({560, 1000});
  splitter->setStretchFactor(1, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(splitter);
  connect(chart_, &TimelineChart::chosen, this, &TimelineView::explain);
  connect(chart_, &Chart::failed, this, &TimelineView::failed);
}

QWidget* TimelineView::makeActions(const QString& name) {
  actions_ = plainTable(this);
  actions_->setModel(model_);
  actions_->setObjectName(name + "Actions");
  actions_->setAccessibleName(tr("Actions"));
  actions_->setMinimumWidth(220);
  QHeaderView* header = actions_->horizontalHeader();
  header->setSectionResizeMode(ActionLogModel::Title, QHeaderView::Stretch);
  const int unit = fontMetrics().horizontalAdvance('0');
  constexpr int kWidths[ActionLogModel::ColumnCount] = {0, 9, 11, 15};
  for (int n = 1; n < ActionLogModel::ColumnCount; ++n) actions_->setColumnWidth(n, kWidths[n] * unit);
  connect(actions_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
    if (!now.isValid() || !actions_->hasFocus()) return;
    const trace::ActionReport action = model_->actionAt(now.row());
    explain(action);
    chart_->show(action.startNs, action.startNs + static_cast<std::int64_t>(action.ms * 1e6));
  });
  return actions_;
}

void TimelineView::setLog(const TraceLog* log) {
  log_ = log;
  logChanged();
}

void TimelineView::logChanged() {
  static const TraceLog kNothing;
  model_->follow(log_ == nullptr ? kNothing : *log_);
  chart_->setLog(log_);
}

QString TimelineView::why() const {
  return why_->text();
}

void TimelineView::explain(const TimelineChart::Choice& choice) {
  if (log_ == nullptr) return;
  const auto* action = std::get_if<trace::ActionReport>(&choice);
  if (action != nullptr) {
    why_->setText(whySlow(QString::fromStdString(action->title), log_->coverageOf(*action)));
  } else {
    const auto& event = std::get<trace::Event>(choice);
    why_->setText(whySlow(event.name, log_->coverageOf(event)));
  }
}

}  // namespace voxmark::ui
