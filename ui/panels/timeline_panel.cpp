#include "ui/panels/timeline_panel.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "core/document/table_text.h"
#include "ui/panels/timeline_view.h"
#include "ui/widgets/charts/chart_frame.h"

namespace voxmark::ui {
namespace {

constexpr int kRefreshMs = 100;

}  // namespace

TimelinePanel::TimelinePanel(QWidget* parent)
    : QWidget(parent),
      view_(new TimelineView(tr("Timeline"), "timeline", this)),
      follow_(new QCheckBox(tr("Follow"), this)) {
  trace::nameLane(tr("window").toStdString());
  view_->setLog(&log_);
  view_->chart().setWindow(10);
  follow_->setObjectName("timelineFollow");
  follow_->setToolTip(tr("Keep the last ten seconds in sight"));
  follow_->setChecked(true);
  auto* trace = new QPushButton(tr("Save trace…"), this);
  trace->setObjectName("saveTrace");
  trace->setToolTip(tr("Save what was recorded as a trace that Perfetto and Chrome open"));
  view_->frame().addControl(follow_);
  view_->frame().addControl(trace);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(6, 4, 6, 4);
  layout->addWidget(view_);
  connect(&view_->chart(), &Chart::moved, follow_, [this] { follow_->setChecked(false); });
  connect(view_, &TimelineView::failed, this, &TimelinePanel::failed);
  connect(follow_, &QCheckBox::toggled, this, [this](bool on) {
    view_->chart().setWindow(on ? std::optional(10.0) : std::nullopt);
    if (on) view_->chart().showAll();
  });
  connect(trace, &QPushButton::clicked, this, &TimelinePanel::saveTrace);
  timer_.setInterval(kRefreshMs);
  connect(&timer_, &QTimer::timeout, this, &TimelinePanel::refresh);
}

void TimelinePanel::setShown(bool shown) {
  if (!shown) return timer_.stop();
  timer_.start();
  refresh();
}

void TimelinePanel::refresh() {
  const std::vector<trace::Event> events = trace::eventsSince(cursor_);
  if (events.empty() && !running_) return;
  log_.add(events);
  log_.setActions(trace::actions());
  running_ = std::any_of(log_.actions().begin(), log_.actions().end(), [](const auto& one) { return !one.finished; });
  view_->logChanged();
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
