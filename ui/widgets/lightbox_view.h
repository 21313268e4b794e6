#pragma once

#include <optional>

#include "ui/models/session.h"
#include "ui/render/lightbox_renderer.h"
#include "ui/widgets/vtk_widget.h"

namespace voxmark::ui {

/// Many slices of one plane. The wheel and up/down scroll, a click puts the crosshair there; Shift and dragging set
/// window and level, the middle button moves, the right one and Ctrl+wheel zoom, all cells alike.
class LightboxView : public VtkWidget {
  Q_OBJECT
 public:
  LightboxView(Session& session, QWidget* parent);
  ~LightboxView() override;
  [[nodiscard]] const render::LightboxRenderer& lightbox() const { return *renderer_; }
  /// Makes `slice` the first one, as nearly as can be.
  void scrollTo(std::int64_t slice);

 Q_SIGNALS:
  void hovered(std::optional<voxmark::Vec3> world);
  void maximiseRequested();
  void scrolled();

 protected:
  void prepareFrame() override;
  void showEvent(QShowEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  /// Where the pointer is in a cell's own pixels.
  struct Place {
    const render::LightboxCell* cell;
    double x, y;
  };
  LightboxView(std::unique_ptr<render::LightboxRenderer> renderer, Session& session, QWidget* parent);
  void refresh();
  [[nodiscard]] std::optional<Place> placeOf(const QPointF& position) const;
  [[nodiscard]] std::optional<Vec3> worldAt(const QPointF& position) const;
  void moveCrosshair(const QPointF& position);
  void zoom(const QPointF& about, double factor);
  void pan(const QPointF& delta);
  void scrollBy(int notches);

  std::unique_ptr<render::LightboxRenderer> renderer_;
  Session& session_;
  Qt::MouseButton held_ = Qt::NoButton;
  bool window_ = false;  ///< the drag is for window and level
  QPointF last_;
  QPointF pressed_;
};

}  // namespace voxmark::ui
