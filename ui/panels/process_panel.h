#pragma once

#include <QElapsedTimer>
#include <QWidget>

#include "core/backend/backend.h"
#include "ui/models/process_preview.h"
#include "ui/models/session.h"
#include "ui/models/step_runner.h"

class QGroupBox;
class QHBoxLayout;
class QPushButton;

namespace voxmark::ui {

class AddStepPopup;
class ProcessSummary;
class RunBar;
class StepEditor;
class StepList;
class StepsTarget;

/// Edits the document's steps, shows what they would make of the layer that they apply to, and applies them to it or to
/// several.
class ProcessPanel : public QWidget {
  Q_OBJECT
 public:
  ProcessPanel(Session& session, ProcessPreview& preview, StepRunner& runner, const BackendRegistry& backends,
               QWidget* parent);
  /// Opens the list of steps that there are.
  void askForStep();
  /// Adds a step of stepKinds() behind the chosen one, and chooses it.
  void addStep(const QString& id);
  void run();
  void runOnLayers();
  void saveSteps();
  void loadSteps();

 Q_SIGNALS:
  void failed(const QString& message);
  /// A step was added or a run begins: what the last error said no longer matters.
  void started();

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  QHBoxLayout* makeTools();
  QHBoxLayout* makeCompare();
  void refresh();
  void edit();
  void showTitle();
  /// The enabled ones.
  [[nodiscard]] Pipeline stepsUpTo(int row) const;
  [[nodiscard]] std::vector<std::optional<VolumeInfo>> outputs() const;

  Session& session_;
  ProcessPreview& preview_;
  StepRunner& runner_;
  StepList* list_;
  QGroupBox* box_;
  StepEditor* editor_;
  StepsTarget* target_;
  ProcessSummary* summary_;
  RunBar* run_;
  QPushButton* add_ = nullptr;
  AddStepPopup* popup_;
  int rows_ = 0;
  QElapsedTimer pressed_;  ///< since "Before" is down
};

}  // namespace voxmark::ui
