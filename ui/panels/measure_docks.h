#pragma once

#include "ui/panels/main_window.h"

namespace voxmark::ui {

/// The docks Measurements, Plots and Timeline, before the others at the bottom; Timeline in front.
void addMeasureDocks(MainWindow& window);
/// What measures, plays and inspects, by name: in the menus Tools and View.
void addMeasureActions(MainWindow& window);

}  // namespace voxmark::ui
