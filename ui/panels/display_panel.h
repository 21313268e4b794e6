#pragma once

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSlider>
#include <QWidget>
#include <functional>

#include "ui/models/session.h"

class QGroupBox;
class QCheckBox;

namespace voxmark::ui {

/// How the active layer is drawn: window and level, presets, colour map, opacity, 3D preset.
class DisplayPanel : public QWidget {
  Q_OBJECT
 public:
  DisplayPanel(Session& session, QWidget* parent);
  /// The range without 0.1 % of the values on each side.
  void autoWindow();
  /// The window that the layer was first shown with.
  void resetWindow();

 private:
  void refresh();
  void change(const QString& label, const std::string& key, const std::function<void(LayerDisplay&)>& apply);
  QGroupBox* makeSliceBox();
  QGroupBox* makeVolumeBox();

  Session& session_;
  QDoubleSpinBox* width_;
  QDoubleSpinBox* level_;
  QComboBox* preset_;
  QComboBox* map_;
  QSlider* opacity_;
  QComboBox* volumePreset_;
  QCheckBox* interpolate_;
  QCheckBox* invert_;
};

}  // namespace voxmark::ui
