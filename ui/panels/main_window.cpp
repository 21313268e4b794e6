#include "ui/panels/main_window.h"

#include <QDockWidget>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QTabWidget>
#include <QVBoxLayout>

#include "core/base/log.h"
#include "ui/models/frame_loader.h"
#include "ui/panels/benchmark_desk.h"
#include "ui/panels/comfort_actions.h"
#include "ui/panels/crop_bar.h"
#include "ui/panels/display_panel.h"
#include "ui/panels/dock_room.h"
#include "ui/panels/file_actions.h"
#include "ui/panels/labels_box.h"
#include "ui/panels/layer_actions.h"
#include "ui/panels/layers_panel.h"
#include "ui/panels/log_panel.h"
#include "ui/panels/measure_docks.h"
#include "ui/panels/picture_actions.h"
#include "ui/panels/process_desk.h"
#include "ui/panels/readout_panel.h"
#include "ui/panels/session_desk.h"
#include "ui/panels/tool_actions.h"
#include "ui/panels/view_actions.h"
#include "ui/widgets/frame_bar.h"
#include "ui/widgets/label_offer.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/recovery_bar.h"
#include "ui/widgets/scrolled.h"
#include "ui/widgets/start_page.h"

namespace voxmark::ui {

MainWindow::MainWindow(Services services) : services_(services) {
  io_ = new DocumentIo(session_, jobs_, services.sources, services.writers, services.backends, this);
  auto* frames = new FrameLoader(session_, jobs_, this);
  files_ = new FileActions(session_, *io_, this);
  auto* centre = new QWidget(this);
  errorBar_ = new MessageBar(centre);
  views_ = new ViewsArea(session_, centre);
  desk_ = new SessionDesk({session_, jobs_, *io_, *files_, services.sources, services.backends}, this);
  views_->setStartPage(desk_->startPage());
  auto* layout = new QVBoxLayout(centre);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(desk_->recoveryBar());
  layout->addWidget(errorBar_);
  auto* crop = new CropBar(session_, centre);
  connect(crop, &CropBar::failed, this, &MainWindow::showError);
  connect(crop, &CropBar::applied, this, [this] { findChild<QDockWidget*>("processDock")->raise(); });
  bench_ = new BenchmarkDesk({session_, jobs_, *io_, services.sources, services.backends},
                             {crop, views_, new FrameBar(session_, centre)}, *this);
  layout->addWidget(bench_->pages(), 1);
  setCentralWidget(centre);
  status_ = new StatusLine(session_, jobs_, QString::fromStdString(services.backends.get("auto")->info().id), this);
  setStatusBar(status_);
  setAcceptDrops(true);
  makeDocks();
  makeActions();
  connect(views_, &ViewsArea::hovered, status_, &StatusLine::showPlace);
  connect(io_, &DocumentIo::failed, this, &MainWindow::showError);
  connect(frames, &FrameLoader::failed, this, &MainWindow::showError);
  connect(bench_, &BenchmarkDesk::failed, this, &MainWindow::showError);
  connect(io_, &DocumentIo::warned, errorBar_, &MessageBar::showWarning);
  connect(io_, &DocumentIo::exported, this, [](const QString& path) { log::info("Exported " + path.toStdString()); });
  connect(desk_, &SessionDesk::failed, this, &MainWindow::showError);
  connect(desk_, &SessionDesk::warned, errorBar_, &MessageBar::showWarning);
  connect(desk_, &SessionDesk::started, errorBar_, &QWidget::hide);
  connect(files_, &FileActions::started, errorBar_, &QWidget::hide);
  connect(&session_, &Session::changed, this, &MainWindow::updateActions);
  resize(QSize(1600, 1000).boundedTo(screen()->availableSize()));
  leaveRoomForSlices(*this);
  const QSettings settings;
  restoreGeometry(settings.value("window/geometry").toByteArray());
  restoreState(settings.value("window/state").toByteArray());
  updateActions();
}

MainWindow::~MainWindow() {
  hide();  // what follows being hidden still needs the session, which goes before the panels do
}

void MainWindow::makeDocks() {
  const auto dock = [this](const QString& title, const char* name, QWidget* content, Qt::DockWidgetArea area) {
    auto* widget = new QDockWidget(title, this);
    widget->setObjectName(name);
    widget->setWidget(content);
    addDockWidget(area, widget);
    return widget;
  };
  dock(tr("Layers"), "layersDock", new LayersPanel(session_, this), Qt::LeftDockWidgetArea)->setMinimumWidth(250);
  auto* readout = new ReadoutPanel(session_, this);
  connect(views_, &ViewsArea::hovered, readout, &ReadoutPanel::showPlace);
  dock(tr("Readout"), "readoutDock", readout, Qt::LeftDockWidgetArea);
  auto* display = new DisplayPanel(session_, jobs_, this);
  connect(display, &DisplayPanel::failed, this, &MainWindow::showError);
  process_ = new ProcessDesk({session_, jobs_, services_.sources, services_.backends, *io_}, *views_, this);
  connect(process_->panel(), &ProcessPanel::failed, this, &MainWindow::showError);
  connect(process_->panel(), &ProcessPanel::started, errorBar_, &QWidget::hide);
  auto* displayDock = dock(tr("Display"), "displayDock", display, Qt::RightDockWidgetArea);
  auto* processDock = dock(tr("Process"), "processDock", scrolled(process_->panel(), 360), Qt::RightDockWidgetArea);
  displayDock->setMinimumWidth(290);
  connect(displayDock, &QDockWidget::visibilityChanged, display, &DisplayPanel::setShown);
  qobject_cast<QVBoxLayout*>(centralWidget()->layout())
      ->insertWidget(2, display->labels().makeOffer(centralWidget()));  // below what went wrong
  tabifyDockWidget(displayDock, processDock);
  displayDock->raise();
  auto* logDock = dock(tr("Log"), "logDock", new LogPanel(this), Qt::BottomDockWidgetArea);
  addMeasureDocks(*this);
  setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
  // Their tabs already name them.
  for (QDockWidget* tabbed : {displayDock, processDock, logDock}) tabbed->setTitleBarWidget(new QWidget(tabbed));
  resizeDocks({logDock}, {230}, Qt::Vertical);
  resizeDocks({findChild<QDockWidget*>("layersDock"), displayDock}, {270, 340}, Qt::Horizontal);
  setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
}

void MainWindow::makeActions() {
  actions_ = new ActionList(this, session_);
  const auto key = [](const char* text) { return QKeySequence(text); };
  const auto open = QKeySequence::keyBindings(QKeySequence::Open);
  actions_->add({"file.open", "file", tr("&Open…"), open, "open"}, [this] { files_->chooseFiles(true); });
  actions_->add({"file.openFolder", "file", tr("Open &folder…"), {key("Ctrl+Shift+O")}},
                [this] { files_->chooseFolder(); });
  desk_->addOpenActions(*actions_);
  actions_->add({"file.add", "file", tr("&Add layer…"), {key("Ctrl+L")}, "add"},
                [this] { files_->chooseFiles(false); });
  actions_->addSeparator("file");
  desk_->addSaveActions(*actions_);
  // Text fields keep Ctrl+E for themselves.
  export_ = actions_->add({"file.export", "file", tr("&Export…"), {key("Ctrl+S"), key("Ctrl+E")}, "export"},
                          [this] { files_->chooseExport(); });
  addPictureActions(*actions_, session_, jobs_, *this);
  actions_->addSeparator("file");
  actions_->add({"file.quit", "file", tr("&Quit"), {key("Ctrl+Q")}}, [this] { close(); });
  undo_ = actions_->add({"edit.undo", "edit", tr("Undo"), {key("Ctrl+Z")}, "undo"}, [this] { session_.undo(); });
  redo_ = actions_->add({"edit.redo", "edit", tr("Redo"), {key("Ctrl+Shift+Z"), key("Ctrl+Y")}, "redo"},
                        [this] { session_.redo(); });
  addViewActions(*actions_, session_, *views_);
  addMeasureActions(*this);
  addToolActions(*actions_, session_, *this);
  process_->addActions(*actions_);
  bench_->addActions(*actions_);
  addLayerActions(*actions_, session_);
  addComfortActions(*this, services_.backends);
}

void MainWindow::open(const QStringList& paths, bool replace) {
  errorBar_->hide();
  const QStringList volumes = process_->takeSteps(bench_->takeResults(paths));
  if (!volumes.isEmpty()) io_->open(volumes, replace);
}

void MainWindow::updateActions() {
  const History& history = session_.history();
  undo_->setEnabled(history.canUndo());
  redo_->setEnabled(history.canRedo());
  undo_->setToolTip(tr("Undo %1").arg(QString::fromStdString(history.undoLabel())));
  redo_->setToolTip(tr("Redo %1").arg(QString::fromStdString(history.redoLabel())));
  const Layer* active = session_.document().active();
  export_->setEnabled(active != nullptr && active->volume);
  setWindowTitle(active == nullptr ? QString("Voxmark") : QString::fromStdString(active->name) + " — Voxmark");
}

bool MainWindow::settled() const {
  return !jobs_.busy() && !process_->busy() && views_->volume().upToDate();
}

void MainWindow::showError(const QString& message) {
  lastError_ = message;
  log::error(message.toStdString());
  errorBar_->showError(message);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  QStringList paths;
  for (const QUrl& url : event->mimeData()->urls()) {
    if (url.isLocalFile()) paths << url.toLocalFile();
  }
  open(paths, (event->modifiers() & Qt::ControlModifier) == 0);
}

void MainWindow::closeEvent(QCloseEvent* event) {
  QSettings settings;
  settings.setValue("window/geometry", saveGeometry());
  settings.setValue("window/state", saveState());
  QMainWindow::closeEvent(event);
}

}  // namespace voxmark::ui
