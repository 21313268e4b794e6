#pragma once

#include <QGroupBox>

#include "ui/models/session.h"

class QCheckBox;
class QComboBox;
class QFormLayout;

namespace voxmark::ui {

class ValueBox;

/// How the active layer's values become colours: map, thresholds, smoothing, and what is shown of vectors.
class LookBox : public QGroupBox {
  Q_OBJECT
 public:
  LookBox(Session& session, QWidget* parent);

 private:
  void makeThreshold(const char* name, const QString& text, std::optional<double> LayerDisplay::*which, double side);
  void makeVectors();
  void refresh();

  struct Threshold {
    std::optional<double> LayerDisplay::*which;
    QCheckBox* on;
    ValueBox* value;
  };
  Session& session_;
  QFormLayout* form_;
  QComboBox* map_;
  QCheckBox* invert_;
  QCheckBox* interpolate_;
  QComboBox* vectors_;
  std::vector<Threshold> thresholds_;
};

}  // namespace voxmark::ui
