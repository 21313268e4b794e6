#pragma once

#include <QTimer>
#include <memory>
#include <optional>
#include <string>

#include "ui/models/legend_labels.h"
#include "ui/models/process_preview.h"
#include "ui/models/session.h"
#include "ui/render/slice_renderer.h"
#include "ui/widgets/tools/mark_hit.h"
#include "ui/widgets/tools/view_tool.h"
#include "ui/widgets/vtk_widget.h"

namespace voxmark::render {
class LegendOverlay;
}

namespace voxmark::ui {

/// One slice view. What buttons and wheel do is in the mouse presets (mouse_bindings.h) and the tools; up/down turn
/// slices, left/right frames, Delete removes the selected mark.
class SliceView : public VtkWidget {
  Q_OBJECT
 public:
  SliceView(render::Plane plane, Session& session, QWidget* parent);
  ~SliceView() override;
  [[nodiscard]] const render::SliceRenderer& slices() const { return *renderer_; }
  /// Shows slice `index`, clamped.
  void showSlice(std::int64_t index);
  void resetView();
  /// Where the view asks for what the steps of the Process panel make of the active layer.
  void setPreview(ProcessPreview* preview);
  /// What the legend lists of a layer of labels.
  void setLegendLabels(const LegendLabels* labels);

 Q_SIGNALS:
  /// World position under the cursor; nothing when it has left.
  void hovered(std::optional<voxmark::Vec3> world);
  void maximiseRequested();
  void sliceChanged();

 protected:
  bool event(QEvent* event) override;
  void prepareFrame() override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  SliceView(std::unique_ptr<render::SliceRenderer> renderer, Session& session, QWidget* parent);
  void refresh();
  /// The frame of a series, `step` from the present one.
  void showFrame(int step);
  void setSliceState(const SliceViewState& state);
  [[nodiscard]] ToolContext context();
  [[nodiscard]] PointerPlace placeOf(const QPointF& position) const;
  /// Makes the document's tool the one at hand.
  void takeTool();
  /// What a press begins; null where the button does nothing.
  [[nodiscard]] ViewTool* toolOfPress(const QMouseEvent& event);
  [[nodiscard]] std::optional<MarkHit> markUnder(const QPointF& position) const;
  [[nodiscard]] const Mark* selectedMark() const;
  void showMarks();
  void showCursor(const PointerPlace& at);
  void moveWithoutButton(const PointerPlace& at, Qt::KeyboardModifiers modifiers);
  /// Gives up what is half done, else lets go of the selected mark; false where there was neither.
  bool cancel();
  [[nodiscard]] bool handlesKey(int key) const;

  std::unique_ptr<render::SliceRenderer> renderer_;
  std::unique_ptr<render::LegendOverlay> legend_;
  Session& session_;
  std::string toolName_;
  std::unique_ptr<ViewTool> tool_;   ///< the document's, which may be half done between two clicks
  std::unique_ptr<ViewTool> other_;  ///< what another button does, or dragging a mark
  ViewTool* held_ = nullptr;         ///< the one of the two whose button is down
  Qt::MouseButton button_ = Qt::NoButton;
  QPointF pressed_;
  Vec3 crosshairBefore_{};  ///< at the last press
  ProcessPreview* preview_ = nullptr;
  const LegendLabels* labels_ = nullptr;
  QTimer patience_;
  bool waiting_ = false;  ///< for the preview of a plane: the last picture stays
};

}  // namespace voxmark::ui
