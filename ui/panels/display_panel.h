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

 Q_SIGNALS:
  void failed(const QString& message);

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  QGroupBox* makeVolumeBox();
  void refresh();

  Session& session_;
  LayerHistogram* histogram_;
  LabelsBox* labels_;
  QComboBox* volumePreset_;
};

}  // namespace voxmark::ui
