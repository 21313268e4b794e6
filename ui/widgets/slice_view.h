#pragma once

#include <optional>

#include "ui/models/session.h"
#include "ui/render/slice_renderer.h"
#include "ui/widgets/vtk_widget.h"

namespace voxmark::ui {

/// One slice view: left button moves the crosshair, with Shift sets window and level; middle drags, right and
/// Ctrl+wheel zoom, the wheel and up/down turn slices, left/right frames.
class SliceView : public VtkWidget {
  Q_OBJECT
 public:
  SliceView(render::Plane plane, Session& session, QWidget* parent);
  ~SliceView() override;
  [[nodiscard]] const render::SliceRenderer& slices() const { return *renderer_; }
  /// Shows slice `index`, clamped.
  void showSlice(std::int64_t index);
  void resetView();

 Q_SIGNALS:
  /// World position under the cursor; nothing when it has left.
  void hovered(std::optional<voxmark::Vec3> world);
  void maximiseRequested();
  void sliceChanged();

 protected:
  void prepareFrame() override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  SliceView(std::unique_ptr<render::SliceRenderer> renderer, Session& session, QWidget* parent);
  enum class Drag { None, Crosshair, Window, Pan, Zoom };
  void refresh();
  /// The frame of a series, `step` from the present one.
  void showFrame(int step);
  void moveCrosshair(const QPointF& position);
  void setSliceState(const SliceViewState& state);
  void dragWindow(const QPointF& delta);

  std::unique_ptr<render::SliceRenderer> renderer_;
  Session& session_;
  Drag drag_ = Drag::None;
  QPointF last_;
  QPointF pressed_;
  Vec3 crosshairBefore_{};  ///< at the last press
};

}  // namespace voxmark::ui
