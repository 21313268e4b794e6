#pragma once

#include <QTimer>

#include "ui/models/job_controller.h"
#include "ui/models/session.h"
#include "ui/render/volume_renderer.h"
#include "ui/widgets/vtk_widget.h"

namespace voxmark::ui {

/// The 3D view of the active layer: left turns, middle moves, right and the wheel zoom.
class VolumeView : public VtkWidget {
  Q_OBJECT
 public:
  VolumeView(Session& session, JobController& jobs, QWidget* parent);
  ~VolumeView() override;
  void resetView();
  [[nodiscard]] std::string badge() const { return renderer_->badge(); }
  /// Whether what is shown belongs to the document as it is.
  [[nodiscard]] bool upToDate() const { return !preparing_; }

 Q_SIGNALS:
  void maximiseRequested();
  void badgeChanged();

 protected:
  void prepareFrame() override;
  void paintGL() override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  VolumeView(std::unique_ptr<render::VolumeRenderer> renderer, Session& session, JobController& jobs, QWidget* parent);
  void refresh();
  void interact();

  std::unique_ptr<render::VolumeRenderer> renderer_;
  Session& session_;
  JobController& jobs_;
  VolumePtr shown_;
  std::int64_t shownFrame_ = -1;
  LayerDisplay shownDisplay_;
  bool preparing_ = false;
  QPointF last_;
  QTimer settle_;
};

}  // namespace voxmark::ui
