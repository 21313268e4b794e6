#pragma once

#include <QWidget>

class QHBoxLayout;

namespace voxmark::ui {

class Chart;
class ElidedLabel;

/// A chart under its title, with what lies under the pointer and the buttons that every chart has.
class ChartFrame : public QWidget {
  Q_OBJECT
 public:
  /// Takes the chart over. The title is the chart's accessible name.
  ChartFrame(Chart* chart, QWidget* parent);
  /// Puts a control before the buttons.
  void addControl(QWidget* control);
  /// What the line says while the pointer is elsewhere.
  void setSummary(const QString& text);
  [[nodiscard]] QString line() const;

 private:
  void refresh();

  Chart* chart_;
  QHBoxLayout* row_;
  ElidedLabel* line_;
  QString summary_;
};

}  // namespace voxmark::ui
