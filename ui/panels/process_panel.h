#pragma once

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QWidget>

#include "core/backend/backend.h"
#include "ui/models/job_controller.h"
#include "ui/models/session.h"

class QGroupBox;

namespace voxmark::ui {

/// Edits the document's pipeline and applies it to the active layer; the result is a new layer.
class ProcessPanel : public QWidget {
  Q_OBJECT
 public:
  ProcessPanel(Session& session, JobController& jobs, const BackendRegistry& backends, QWidget* parent);

 Q_SIGNALS:
  void failed(const QString& message);
  /// A step was added or a run begins: what the last error said no longer matters.
  void started();

 private:
  QGroupBox* makeAddBox();
  void addStep(const QString& label, const Operation& operation);
  void addCrop();
  void refresh();
  void apply();

  Session& session_;
  JobController& jobs_;
  const BackendRegistry& backends_;
  QListWidget* steps_;
  QLineEdit* crop_;
  QComboBox* normalize_;
  QComboBox* cast_;
  QComboBox* device_;
  QLabel* summary_;
  QPushButton* apply_;
};

}  // namespace voxmark::ui
