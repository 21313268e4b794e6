#pragma once

class QMainWindow;

namespace voxmark::ui {

/// Leaves the slices enough of a small window: the panels at the bottom start hidden there. The Panels of the View menu
/// bring them back.
void leaveRoomForSlices(QMainWindow& window);

}  // namespace voxmark::ui
