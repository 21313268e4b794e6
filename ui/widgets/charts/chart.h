#pragma once

#include <QTimer>
#include <string>
#include <vector>

#include <qcustomplot.h>

namespace voxmark::ui {

/// What every chart of measurements can do: it follows the theme, zooms with the wheel or + and -, pans by dragging or
/// the arrows, shows all again on a double click or Home, says what lies under the pointer, and is saved as PNG, SVG or
/// CSV. Drawn anew at most ten times a second, and not while nobody sees it.
class Chart : public QCustomPlot {
  Q_OBJECT
 public:
  /// A heading and lines of cells.
  using Table = std::vector<std::vector<std::string>>;
  Chart(const QString& name, QWidget* parent);
  /// What the chart shows, as numbers.
  [[nodiscard]] virtual Table table() const = 0;
  /// What is said in place of data; empty: nothing.
  void setNote(const QString& note);
  /// Undoes zooming and panning.
  void showAll();
  /// The user has zoomed or panned since all was shown.
  [[nodiscard]] bool zoomed() const { return zoomed_; }
  [[nodiscard]] QString readout() const { return readout_; }
  /// Writes .png (twice the widget's size), .svg or .csv. Throws Error(Io), Error(Usage) for another ending.
  void save(const QString& path);
  /// Asks where to save it.
  void chooseFile();

 Q_SIGNALS:
  void readoutChanged(const QString& text);
  void failed(const QString& message);
  /// Zoomed or panned by hand.
  void moved();

 protected:
  /// What lies at a place of the widget; empty: nothing to say.
  [[nodiscard]] virtual QString readoutAt(const QPointF& at) const = 0;
  /// Sets the axes so that everything is in sight.
  virtual void fit() = 0;
  /// The theme has changed: series take their colours anew.
  virtual void recolour() {}
  /// Which axes the wheel and the pointer move.
  void setMovable(Qt::Orientations axes);
  /// New data: shows all unless the user has zoomed in.
  void dataChanged();
  void scheduleReplot();
  /// A line of names above the chart.
  void putLegendOnTop();
  [[nodiscard]] QColor ink(double part = 1) const;

  bool event(QEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void changeEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void applyTheme();
  void setReadout(const QString& text);
  void pan(double x, double y);
  void zoom(double factor);
  void movedByHand();
  [[nodiscard]] bool handles(int key) const;

  Qt::Orientations movable_ = Qt::Horizontal;
  QCPItemText* note_;
  QString readout_;
  QTimer replot_;
  bool zoomed_ = false;
  QPointF lastMove_;
};

}  // namespace voxmark::ui
