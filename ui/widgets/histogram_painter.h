#pragma once

#include <QPalette>
#include <QRectF>
#include <memory>
#include <optional>

#include "core/document/layer_display.h"
#include "core/ops/value_distribution.h"
#include "ui/widgets/value_axis.h"

class QPainter;

namespace voxmark::ui {

/// All that a histogram's picture follows from.
struct HistogramPicture {
  std::shared_ptr<const ValueDistribution> whole;   ///< null: not counted yet
  std::shared_ptr<const ValueDistribution> detail;  ///< finer where it reaches; null: none
  ValueAxis axis;
  LayerDisplay display;
  bool logarithmic = false;
  bool empty = true;     ///< no layer: nothing is being counted
  bool windowed = true;  ///< false: colours are shown as they are stored
  std::optional<double> hovered;
};

/// Where the parts of the picture lie, from above: threshold markers, bars, colour strip, axis.
struct HistogramLayout {
  explicit HistogramLayout(const QRect& rect);
  QRectF markers;
  QRectF bars;
  QRectF strip;
  QRectF labels;
};

/// How many values a range holds, taking the bins' values as spread evenly.
[[nodiscard]] double valuesBetween(const HistogramPicture& picture, double low, double high);

void paintHistogram(QPainter& painter, const HistogramPicture& picture, const HistogramLayout& layout,
                    const QPalette& palette);

}  // namespace voxmark::ui
