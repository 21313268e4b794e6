#pragma once

#include <QTimer>
#include <functional>
#include <memory>
#include <optional>

#include "ui/models/job_controller.h"
#include "ui/models/session.h"
#include "ui/render/volume_renderer.h"
#include "ui/widgets/vtk_widget.h"

namespace voxmark::ui {

/// The 3D view of the active layer: left turns, middle moves, right and the wheel zoom. Where no graphics card draws,
/// pictures are cast on other threads: a coarse one after every change, and the full one when the changes pause.
class VolumeView : public VtkWidget {
  Q_OBJECT
 public:
  VolumeView(Session& session, QWidget* parent);
  ~VolumeView() override;
  void resetView();
  /// What a finer picture than the one shown would be cast from; nothing where a graphics card draws, or there is
  /// nothing to see.
  [[nodiscard]] std::optional<render::RayScene> scene() const;
  /// As picture(), with the rays that were cast for it.
  [[nodiscard]] QImage pictureWith(const render::RayImage& rays, int scale);
  [[nodiscard]] std::string badge() const { return waiting_ ? "waits for all slices" : renderer_->badge(); }
  /// Whether what is shown belongs to the document as it is, in full quality.
  [[nodiscard]] bool upToDate() const { return !preparing_ && (missing_ == Missing::Nothing || !isVisible()); }

 Q_SIGNALS:
  void maximiseRequested();
  void badgeChanged();

 protected:
  void prepareFrame() override;
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  /// What the picture lacks still; after the coarse one comes the full one.
  enum class Missing { Nothing, Full, Coarse };

  VolumeView(std::unique_ptr<render::VolumeRenderer> renderer, Session& session, QWidget* parent);
  void refresh();
  /// Makes the frame that is looked at ready, unless it is not there yet: whatever was in the making is given up.
  void prepare();
  void interact();
  /// After any change: draws anew, whatever it is that draws.
  void redraw();
  void castCoarse();
  void castFull();
  void cast(const render::RayScene& scene, int divisor, double step, std::function<void()> then);

  std::unique_ptr<render::VolumeRenderer> renderer_;
  Session& session_;
  VolumePtr shown_;
  std::int64_t shownFrame_ = -1;
  LayerDisplay shownDisplay_;
  bool waiting_ = false;  ///< for the frame to be read
  bool preparing_ = false;
  Missing missing_ = Missing::Nothing;
  bool castingCoarse_ = false;
  QPointF last_;
  QTimer settle_;
  JobController jobs_;  ///< its own: what follows a user's action by itself waits for nobody and is not reported
};

}  // namespace voxmark::ui
