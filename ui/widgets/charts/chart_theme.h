#pragma once

#include <QColor>

class QCustomPlot;

namespace voxmark::ui {

/// `a` with the part `part` (0 to 1) of `b`.
[[nodiscard]] QColor mixedColour(const QColor& a, const QColor& b, double part);
/// Gives ground, axes, grid and legend the colours and the font of the widget.
void themeChart(QCustomPlot& chart);

}  // namespace voxmark::ui
