#pragma once

#include <QGroupBox>

#include "ui/models/layer_histogram.h"

class QLabel;

namespace voxmark::ui {

class HistogramView;
class ValueBox;

/// Window and level of the active layer: by preset, in the histogram, in numbers.
class WindowBox : public QGroupBox {
  Q_OBJECT
 public:
  WindowBox(Session& session, LayerHistogram& histogram, QWidget* parent);

 private:
  void makeNumbers();
  QWidget* makeHistogramBar();
  void refresh();
  void setWindow(const QString& label, const DisplayWindow& window, const std::string& key);

  Session& session_;
  LayerHistogram& histogram_;
  HistogramView* view_;
  QLabel* hovered_;
  ValueBox* width_;
  ValueBox* level_;
  ValueBox* low_;
  ValueBox* high_;
  QWidget* numbers_;
};

}  // namespace voxmark::ui
