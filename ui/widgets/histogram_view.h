#pragma once

#include <QWidget>

#include "ui/widgets/histogram_painter.h"

namespace voxmark::ui {

/// A layer's histogram over its colours, in which the window and the thresholds are dragged. The wheel spreads the
/// values about the pointer (Ctrl: sets the window's width, Shift: its level), the middle or right button moves them, a
/// double click shows the window's surroundings. With the keyboard: left and right move the level, with Shift the
/// width, plus and minus spread, Home shows all values.
class HistogramView : public QWidget {
  Q_OBJECT
 public:
  explicit HistogramView(QWidget* parent);
  /// What is shown; `key` tells layers apart: another one is shown from its beginning.
  void show(const LayerDisplay& display, bool windowed, int key);
  /// There is no layer.
  void showNothing();
  void setDistribution(std::shared_ptr<const ValueDistribution> whole, std::shared_ptr<const ValueDistribution> detail);
  void setLogarithmic(bool on);
  /// From the lowest value to the highest.
  void showAll();
  /// The window with as much again on each side.
  void showWindow();
  [[nodiscard]] const HistogramPicture& picture() const { return picture_; }
  /// Where a value is drawn, in the widget's pixels.
  [[nodiscard]] int pixelOf(double value) const { return static_cast<int>(std::lround(axis().pixelOf(value))); }
  [[nodiscard]] QSize sizeHint() const override { return {280, 170}; }
  [[nodiscard]] QSize minimumSizeHint() const override { return {160, 120}; }

 Q_SIGNALS:
  /// The user drags; all until dragEnded() is one change.
  void windowDragged(const voxmark::DisplayWindow& window);
  void thresholdsDragged(std::optional<double> below, std::optional<double> above);
  void dragEnded();
  /// Another part of the values is in view.
  void looked(double low, double high);
  /// A text about the value under the pointer; empty when it has left.
  void hovered(const QString& text);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  enum class Grip { None, Low, High, Level, Below, Above, Axis };
  [[nodiscard]] ValueAxis axis() const;
  [[nodiscard]] Grip gripAt(const QPointF& position) const;
  void drag(double pixel);
  void setAxis(const ValueAxis& axis);
  void showUsual();
  void hover(const QPointF& position);

  HistogramPicture picture_;
  int key_ = -1;
  bool chosen_ = false;  ///< the user has chosen what is in view
  bool fresh_ = true;    ///< nothing has been shown of this layer yet
  Grip grip_ = Grip::None;
  double pressed_ = 0;  ///< pixel
  ValueAxis axisBefore_;
  DisplayWindow windowBefore_;
};

}  // namespace voxmark::ui
