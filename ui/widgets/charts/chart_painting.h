#pragma once

#include <functional>

#include <qcustomplot.h>

namespace voxmark::ui {

/// A part of a chart that is painted by hand, in the coordinates of the axes and clipped to them.
class ChartPainting : public QCPAbstractPlottable {
  Q_OBJECT
 public:
  using Paint = std::function<void(QCPPainter&)>;
  ChartPainting(QCPAxis* x, QCPAxis* y, Paint paint) : QCPAbstractPlottable(x, y), paint_(std::move(paint)) {
    removeFromLegend();
    setSelectable(QCP::stNone);
  }
  double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }
  QCPRange getKeyRange(bool& found, QCP::SignDomain) const override { return none(found); }
  QCPRange getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const override { return none(found); }

 protected:
  void draw(QCPPainter* painter) override { paint_(*painter); }
  void drawLegendIcon(QCPPainter*, const QRectF&) const override {}

 private:
  static QCPRange none(bool& found) {
    found = false;
    return {};
  }
  Paint paint_;
};

}  // namespace voxmark::ui
