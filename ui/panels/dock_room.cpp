#include "ui/panels/dock_room.h"

#include <QDockWidget>
#include <QMainWindow>

namespace voxmark::ui {
namespace {

constexpr int kRoomForPanelsBelow = 860;  ///< pixels of the window's height

}  // namespace

void leaveRoomForSlices(QMainWindow& window) {
  if (window.height() >= kRoomForPanelsBelow) return;
  for (QDockWidget* dock : window.findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
    if (window.dockWidgetArea(dock) == Qt::BottomDockWidgetArea) dock->hide();
  }
}

}  // namespace voxmark::ui
