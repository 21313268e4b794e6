#pragma once

#include "ui/panels/main_window.h"

namespace voxmark::ui {

/// The docks at the bottom: Measurements, Plots, Timeline and Log; Timeline in front.
void addMeasureDocks(MainWindow& window);
/// What measures, plays and inspects, by name: in the menus Tools and View.
void addMeasureActions(MainWindow& window);

}  // namespace voxmark::ui
