#include "ui/panels/benchmark_desk.h"

#include <QDockWidget>
#include <QEvent>

#include "ui/panels/benchmarks_panel.h"

namespace voxmark::ui {

BenchmarkDesk::BenchmarkDesk(const Parts& parts, QWidget& views, QMainWindow& window)
    : QObject(&window),
      window_(window),
      pages_(new QStackedWidget(&window)),
      panel_(new BenchmarksPanel(parts.session, parts.jobs, parts.sources, parts.backends, pages_)) {
  pages_->addWidget(&views);
  pages_->addWidget(panel_);
  window.setCentralWidget(pages_);
  window.installEventFilter(this);
}

bool BenchmarkDesk::shown() const {
  return pages_->currentWidget() == panel_;
}

void BenchmarkDesk::setShown(bool shown) {
  if (shown == this->shown()) return;
  if (shown) {
    docks_ = window_.saveState();
    for (auto* dock : window_.findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly)) dock->hide();
    pages_->setCurrentWidget(panel_);
    panel_->setFocus();
  } else {
    pages_->setCurrentIndex(0);
    window_.restoreState(docks_);
  }
  if (action_ != nullptr) action_->setChecked(shown);
}

void BenchmarkDesk::addActions(ActionList& actions) {
  action_ = actions.add({"view.benchmarks", "view", tr("&Benchmarks"), {QKeySequence("Ctrl+B")}, "benchmarks"},
                        [this] { setShown(!shown()); });
  action_->setCheckable(true);
  connect(action_, &QAction::triggered, this, [this] { action_->setChecked(shown()); });
}

QStringList BenchmarkDesk::takeResults(const QStringList& paths) {
  return paths;
}

bool BenchmarkDesk::eventFilter(QObject* object, QEvent* event) {
  if (object == &window_ && event->type() == QEvent::Close) setShown(false);
  return QObject::eventFilter(object, event);
}

}  // namespace voxmark::ui
