#pragma once

#include <QTimer>
#include <optional>
#include <vector>

#include <qcustomplot.h>

#include "ui/models/curves.h"

namespace voxmark::ui {

/// Curves over one axis, in the colours of the theme, with a legend, a marker that can be clicked and dragged, and a
/// line under the pointer. Drawn anew at most a dozen times a second.
class CurvePlot : public QCustomPlot {
  Q_OBJECT
 public:
  explicit CurvePlot(QWidget* parent);
  /// `dots`: samples are shown as such too.
  void setCurves(std::vector<Curve> curves, bool dots);
  void setTitles(const QString& x, const QString& y);
  /// What is said in place of curves; empty: nothing.
  void setNote(const QString& note);
  void setMarker(std::optional<double> x);
  [[nodiscard]] const std::vector<Curve>& curves() const { return curves_; }
  [[nodiscard]] std::optional<double> marker() const { return marker_; }
  [[nodiscard]] QString xTitle() const { return xAxis->label(); }
  [[nodiscard]] QString yTitle() const { return yAxis->label(); }
  /// Where `x` is in the widget.
  [[nodiscard]] int pixelOf(double x) const { return static_cast<int>(xAxis->coordToPixel(x)); }
  /// A picture of twice the widget's size. False where it cannot be written.
  [[nodiscard]] bool saveTo(const QString& path);

 Q_SIGNALS:
  /// The pointer is over the curves at x; nothing when it has left.
  void hovered(std::optional<double> x);
  /// The left button is pressed, or held, at x.
  void picked(double x);

 protected:
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void changeEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void applyTheme();
  [[nodiscard]] bool seen() const;
  void scheduleReplot();
  void redraw();
  void fitAxes();
  [[nodiscard]] std::optional<double> xAt(const QPointF& position) const;

  std::vector<Curve> curves_;
  bool dots_ = false;
  std::optional<double> marker_;
  std::optional<double> pointer_;
  QCPItemStraightLine* markerLine_;
  QCPItemStraightLine* pointerLine_;
  QCPItemText* note_;
  QTimer replot_;
  bool stale_ = true;  ///< to be plotted once it is seen
};

}  // namespace voxmark::ui
