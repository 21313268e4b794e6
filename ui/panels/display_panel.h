#pragma once

#include <QWidget>

#include "ui/models/job_controller.h"
#include "ui/models/session.h"

class QComboBox;
class QGroupBox;

namespace voxmark::ui {

class LabelsBox;
class LayerHistogram;

/// How the active layer is drawn: window and level over its histogram, colours, labels, 3D preset.
class DisplayPanel : public QWidget {
  Q_OBJECT
 public:
  DisplayPanel(Session& session, JobController& jobs, QWidget* parent);
  /// Whether anybody sees the panel, which its dock has to say: one behind another tab counts as visible with Qt.
  void setShown(bool shown);
  [[nodiscard]] LabelsBox& labels() const { return *labels_; }

 Q_SIGNALS:
  void failed(const QString& message);

 private:
  QGroupBox* makeVolumeBox();
  void refresh();
  void watch();

  Session& session_;
  LayerHistogram* histogram_;
  LabelsBox* labels_;
  QComboBox* volumePreset_;
  bool shown_ = false;
};

}  // namespace voxmark::ui
