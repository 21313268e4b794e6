#pragma once

#include <QStatusBar>
#include <optional>

#include "ui/models/job_controller.h"
#include "ui/models/session.h"

class QLabel;
class QProgressBar;
class QToolButton;

namespace voxmark::ui {

class ProcessPreview;

/// Coordinates and value on the left, the last action's stages, job progress with cancel, memory and device right.
class StatusLine : public QStatusBar {
  Q_OBJECT
 public:
  StatusLine(Session& session, JobController& jobs, const QString& device, QWidget* parent);
  ~StatusLine() override;
  /// Shows the place under the cursor, or the crosshair's.
  void showPlace(std::optional<voxmark::Vec3> world);
  [[nodiscard]] QString placeText() const;
  /// Whose values are told beside the layer's own.
  void setPreview(const ProcessPreview* preview);

 private:
  void updateMemory();

  Session& session_;
  const ProcessPreview* preview_ = nullptr;
  std::optional<Vec3> shown_;
  QLabel* place_;
  QLabel* stages_;
  QLabel* phase_;
  QProgressBar* progress_;
  QToolButton* cancel_;
  QLabel* memory_;
  std::uint64_t job_ = 0;
  int subscription_ = 0;
};

}  // namespace voxmark::ui
