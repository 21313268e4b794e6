#include "ui/panels/measure_docks.h"

#include <QDockWidget>

#include "core/base/log.h"
#include "ui/panels/header_dialog.h"
#include "ui/panels/layer_list.h"
#include "ui/panels/measurements_panel.h"
#include "ui/panels/plots_panel.h"
#include "ui/panels/timeline_panel.h"
#include "ui/widgets/frame_bar.h"

namespace voxmark::ui {
namespace {

QDockWidget* addDock(MainWindow& window, const QString& title, const char* name, QWidget* content) {
  auto* dock = new QDockWidget(title, &window);
  dock->setObjectName(name);
  dock->setWidget(content);
  dock->setTitleBarWidget(new QWidget(dock));  // its tab already names it
  window.addDockWidget(Qt::BottomDockWidgetArea, dock);
  return dock;
}

template <typename Panel>
Panel* panelOf(MainWindow& window) {
  return window.findChild<Panel*>();
}

/// Brings a dock to the front, shown or not.
void reveal(MainWindow& window, const char* name) {
  auto* dock = window.findChild<QDockWidget*>(name);
  dock->show();
  dock->raise();
}

}  // namespace

void addMeasureDocks(MainWindow& window) {
  Session& session = window.session();
  auto* measurements = new MarkMeasurements(session, &window);
  auto* table = new MeasurementsPanel(session, *measurements, &window);
  auto* plots = new PlotsPanel(session, *measurements, &window);
  auto* tableDock = addDock(window, MainWindow::tr("Measurements"), "measurementsDock", table);
  auto* plotsDock = addDock(window, MainWindow::tr("Plots"), "plotsDock", plots);
  auto* timeline = new TimelinePanel(&window);
  auto* timelineDock = addDock(window, MainWindow::tr("Timeline"), "timelineDock", timeline);
  QDockWidget* last = tableDock;
  for (QDockWidget* next : {plotsDock, timelineDock, window.findChild<QDockWidget*>("logDock")}) {
    if (next == nullptr) continue;
    window.tabifyDockWidget(last, next);
    last = next;
  }
  timelineDock->raise();
  QObject::connect(timelineDock, &QDockWidget::visibilityChanged, timeline, &TimelinePanel::setShown);
  QObject::connect(timeline, &TimelinePanel::failed, &window, &MainWindow::showError);
  QObject::connect(plotsDock, &QDockWidget::visibilityChanged, plots, &PlotsPanel::setShown);
  QObject::connect(table, &MeasurementsPanel::failed, &window, &MainWindow::showError);
  QObject::connect(plots, &PlotsPanel::failed, &window, &MainWindow::showError);
  QObject::connect(table, &MeasurementsPanel::exported, &window,
                   [](const QString& path) { log::info("Exported " + path.toStdString()); });
}

void addMeasureActions(MainWindow& window) {
  ActionList& actions = window.actions();
  Session& session = window.session();
  auto* header = new HeaderDialog(session, &window);
  auto* table = panelOf<MeasurementsPanel>(window);
  if (auto* layers = panelOf<LayerList>(window)) {
    QObject::connect(layers, &LayerList::headerRequested, header, &HeaderDialog::showLayer);
  }
  actions.add({"layer.header", "view", MainWindow::tr("Header of the layer…"), {QKeySequence("Ctrl+I")}},
              [header, &session] {
                const auto& active = session.document().activeLayer;
                if (active) header->showLayer(*active);
              });
  actions.add({"view.play", "view", MainWindow::tr("Play the frames"), {QKeySequence("P")}}, [&window] {
    FramePlayer& player = panelOf<FrameBar>(window)->player();
    player.setPlaying(!player.playing());
  });
  actions.add({"measure.show", "view", MainWindow::tr("Show the measurements")},
              [&window] { reveal(window, "measurementsDock"); });
  actions.add({"measure.plots", "view", MainWindow::tr("Show the plots")}, [&window] { reveal(window, "plotsDock"); });
  actions.add({"view.timeline", "view", MainWindow::tr("Show the timeline")},
              [&window] { reveal(window, "timelineDock"); });
  actions.add({"measure.copy", "tools", MainWindow::tr("Copy the measurements")}, [table] { table->copy(); });
  actions.add({"measure.export", "tools", MainWindow::tr("Export the measurements…")},
              [table] { table->chooseExport(); });
  actions.add({"measure.clear", "tools", MainWindow::tr("Remove all measurements")}, [table] { table->removeAll(); });
}

}  // namespace voxmark::ui
