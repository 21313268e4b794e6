#pragma once

#include <QFileDialog>
#include <QString>

#include "core/base/error.h"

namespace voxmark::ui {

class Chart;

/// Writes a chart as .png (twice its size on the screen), .svg or, as numbers, .csv. Throws Error: Io, Usage.
void saveChart(Chart& chart, const QString& path);
/// A dialog, not yet open, that asks for the file of a chart. Deletes itself.
[[nodiscard]] QFileDialog* chartDialog(Chart& chart);

}  // namespace voxmark::ui
