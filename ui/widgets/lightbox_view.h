#pragma once

#include <memory>
#include <optional>

#include "ui/models/legend_labels.h"
#include "ui/models/process_preview.h"
#include "ui/models/session.h"
#include "ui/render/lightbox_renderer.h"
#include "ui/widgets/tools/view_tool.h"
#include "ui/widgets/vtk_widget.h"

namespace voxmark::ui {

/// Many slices of one plane. The wheel and up/down scroll: by a row, or by a slice where all of the volume is covered.
/// Buttons do what they do in the slice views as far as that is about looking: crosshair, window, moving, zooming; a
/// double-click shows the slice alone.
class LightboxView : public VtkWidget {
  Q_OBJECT
 public:
  LightboxView(Session& session, QWidget* parent);
  ~LightboxView() override;
  [[nodiscard]] const render::LightboxRenderer& lightbox() const { return *renderer_; }
  /// Shows what the steps would make of the active layer.
  void setPreview(ProcessPreview* preview);
  /// Makes `slice` the first one, as nearly as can be.
  void scrollTo(std::int64_t slice);
  /// What the legend lists of a layer of labels.
  void setLegendLabels(const LegendLabels* labels);

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
  LightboxView(std::unique_ptr<render::LightboxRenderer> renderer, Session& session, QWidget* parent);
  void refresh();
  /// The pointer as the tool of `cell` takes it; the place in the volume is that of whatever cell it is over.
  [[nodiscard]] PointerPlace placeIn(const render::LightboxCell& cell, const QPointF& position) const;
  [[nodiscard]] const render::LightboxCell* cellAt(const QPointF& position) const;
  [[nodiscard]] std::optional<Vec3> worldAt(const QPointF& position) const;
  void scroll(int notches);
  void showFrame(int step);
  void letGo();

  std::unique_ptr<render::LightboxRenderer> renderer_;
  Session& session_;
  const LegendLabels* labels_ = nullptr;
  const render::LightboxCell* pressedCell_ = nullptr;
  std::unique_ptr<ViewTool> held_;
  Vec3 crosshairBefore_{};  ///< at the last press
};

}  // namespace voxmark::ui
