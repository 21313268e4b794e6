#include "ui/panels/benchmark_desk.h"

#include <QDockWidget>
#include <QEvent>
#include <QFile>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/benchmarks_panel.h"

namespace voxmark::ui {
namespace {

/// A page behind another one asks for no room.
void showPage(QStackedWidget& pages, QWidget* shown) {
  for (int n = 0; n < pages.count(); ++n) {
    const auto policy = pages.widget(n) == shown ? QSizePolicy::Preferred : QSizePolicy::Ignored;
    pages.widget(n)->setSizePolicy(policy, policy);
  }
  pages.setCurrentWidget(shown);
}

/// Sessions and steps are JSON too.
bool holdsResults(const QString& path) {
  if (!path.endsWith(".json", Qt::CaseInsensitive)) return false;
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return false;
  constexpr qint64 kHead = 65536;  // the context comes first, and its machine's caches
  return file.read(kHead).contains("\"benchmarks\"");
}

}  // namespace

BenchmarkDesk::BenchmarkDesk(const Parts& parts, const Viewer& viewer, QMainWindow& window)
    : QObject(&window),
      window_(window),
      pages_(new QStackedWidget(&window)),
      panel_(new BenchmarksPanel(parts.session, parts.jobs, parts.sources, parts.backends, pages_)) {
  auto* views = new QWidget(pages_);
  auto* column = new QVBoxLayout(views);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(viewer.above);
  column->addWidget(viewer.views, 1);
  column->addWidget(viewer.below);
  pages_->addWidget(views);
  pages_->addWidget(panel_);
  showPage(*pages_, views);
  window.installEventFilter(this);
  connect(panel_, &BenchmarksPanel::failed, this, &BenchmarkDesk::failed);
  connect(panel_, &BenchmarksPanel::inputRequested, this,
          [this, &io = parts.io, &session = parts.session](const QString& path) {
            setShown(false);
            const auto& layers = session.document().layers;
            const auto isIt = [&](const Layer& layer) { return QString::fromStdString(layer.path) == path; };
            const auto found = std::find_if(layers.begin(), layers.end(), isIt);
            if (found == layers.end()) return io.open({path}, true);
            session.edit(tr("Choose layer"), [id = found->id](Document& d) { d.activeLayer = id; });
          });
}

bool BenchmarkDesk::shown() const {
  return pages_->currentWidget() == panel_;
}

void BenchmarkDesk::setShown(bool shown) {
  if (shown == this->shown()) return;
  if (shown) {
    docks_ = window_.saveState();
    for (auto* dock : window_.findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly)) dock->hide();
    showPage(*pages_, panel_);
    panel_->setFocus();
  } else {
    showPage(*pages_, pages_->widget(0));
    window_.restoreState(docks_);
  }
  if (action_ != nullptr) action_->setChecked(shown);
}

void BenchmarkDesk::addActions(ActionList& actions) {
  action_ = actions.add({"view.benchmarks", "view", tr("&Benchmarks"), {QKeySequence("Ctrl+B")}, "benchmarks"},
                        [this] { setShown(!shown()); });
  action_->setCheckable(true);
  connect(action_, &QAction::triggered, this, [this] { action_->setChecked(shown()); });
  actions.add({"file.openResults", "view", tr("Open benchmark results…")}, [this] {
    setShown(true);
    panel_->chooseOpen();
  });
}

QStringList BenchmarkDesk::takeResults(const QStringList& paths) {
  QStringList others;
  QStringList results;
  for (const QString& path : paths) (holdsResults(path) ? results : others) << path;
  if (!results.isEmpty()) {
    setShown(true);
    panel_->open(results);
  }
  return others;
}

bool BenchmarkDesk::eventFilter(QObject* object, QEvent* event) {
  if (object == &window_ && event->type() == QEvent::Close) setShown(false);
  return QObject::eventFilter(object, event);
}

}  // namespace voxmark::ui
